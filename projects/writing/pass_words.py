"""What is said of passes, in the reader's language."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from .progress import State, amount

PASSES = (
    gettext_noop("First draft"),
    gettext_noop("Second pass"),
    gettext_noop("Third pass"),
    gettext_noop("Fourth pass"),
    gettext_noop("Fifth pass"),
    gettext_noop("Sixth pass"),
    gettext_noop("Seventh pass"),
    gettext_noop("Eighth pass"),
    gettext_noop("Ninth pass"),
    gettext_noop("Tenth pass"),
)
BOOKS = (
    gettext_noop("Book One"),
    gettext_noop("Book Two"),
    gettext_noop("Book Three"),
    gettext_noop("Book Four"),
    gettext_noop("Book Five"),
    gettext_noop("Book Six"),
    gettext_noop("Book Seven"),
    gettext_noop("Book Eight"),
    gettext_noop("Book Nine"),
    gettext_noop("Book Ten"),
)


def pass_name(number: int) -> str:
    """1 -> "First draft", 2 -> "Second pass"; from 11 on "Pass 11"."""
    return _(PASSES[number - 1]) if number <= len(PASSES) else _("Pass %(n)d") % {"n": number}


def book_name(number: int) -> str:
    """2 -> "Book Two", its place on the shelf; from 11 on "Book 11"."""
    return _(BOOKS[number - 1]) if number <= len(BOOKS) else _("Book %(n)d") % {"n": number}


def how_far(share: float) -> str:
    """0.52 -> "half done"; see progress.amount."""
    return {
        "nothing": pgettext("pass", "not begun"),
        "begun": pgettext("pass", "just begun"),
        "quarter": pgettext("pass", "a quarter done"),
        "third": pgettext("pass", "a third done"),
        "almost half": pgettext("pass, a little less than", "half done"),
        "half": pgettext("pass", "half done"),
        "two thirds": pgettext("pass", "two thirds done"),
        "three quarters": pgettext("pass", "three quarters done"),
        "nearly": pgettext("pass", "nearly done"),
        "done": pgettext("pass", "all done"),
    }[amount(share)]


def pass_sentence(number: int, share: float | None, *, is_open: bool = True) -> str:
    """ "Second pass, half done"; "Second pass, finished" when closed; None says the name only."""
    name = pass_name(number)
    if not is_open:
        return _("%(pass)s, %(state)s") % {"pass": name, "state": pgettext("pass", "finished")}
    if share is None:
        return name
    return _("%(pass)s, %(state)s") % {"pass": name, "state": how_far(share)}


def of_book(place: int, sentence: str) -> str:
    """ "Book Two: second pass, half done"."""
    told = {"book": book_name(place), "sentence": sentence[:1].lower() + sentence[1:]}
    return _("%(book)s: %(sentence)s") % told


def state_name(state: State) -> str:
    """untouched, in work or done."""
    return {
        "untouched": pgettext("scene in a pass", "untouched"),
        "work": pgettext("scene in a pass", "in work"),
        "done": pgettext("scene in a pass", "done"),
    }[state]


def days_ago(day: date, today: date) -> str:
    """How long a text has rested: today, yesterday, 12 days."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,}"}
