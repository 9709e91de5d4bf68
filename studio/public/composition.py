"""The public page, put together from copies: sections, headlines, order.

It gets payloads and nothing else, so it serves the page, the previews and whatever is made later
from publications alone. Sentences are in the language that is active.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.writing.edge import Leaf, bars
from studio.lib.han_dates import in_han
from studio.lib.templatetags.studio import page_is_chinese

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True)
class Card:
    """One copy, or a draft of one; `standing` is public, changed or private in a preview."""

    kind: str
    payload: dict[str, Any]
    public_id: str = ""
    tag: str = ""
    since: datetime | None = None
    updated: datetime | None = None
    standing: str = "public"

    @property
    def day(self) -> date | None:
        """The day it speaks of."""
        day = self.payload.get("day")
        return date.fromisoformat(day) if day else None


class Page:
    """Sections by name; what nothing was published for is empty."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards = list(cards)

    def one(self, kind: str) -> Card | None:
        """The last card of a kind."""
        return next((card for card in reversed(self.cards) if card.kind == kind), None)

    def each(self, kind: str) -> list[Card]:
        """The cards of a kind."""
        return [card for card in self.cards if card.kind == kind]

    @property
    def front(self) -> Card | None:
        return self.one("front")

    @property
    def intention(self) -> Card | None:
        return self.one("intention")

    @property
    def frame(self) -> Card | None:
        return self.one("frame")

    @property
    def hours(self) -> Card | None:
        return self.one("hours")

    @property
    def making(self) -> Card | None:
        return self.one("making")

    @property
    def concepts(self) -> Card | None:
        return self.one("concepts")

    @property
    def names(self) -> list[list[str]]:
        """The work's, if published."""
        return self.front.payload["names"] if self.front else []

    # --- books ------------------------------------------------------------------------------------
    @property
    def books(self) -> list[Card]:
        """In their order on the shelf."""
        return sorted(self.each("book"), key=lambda card: roman_value(card.payload["numeral"]))

    @property
    def books_headline(self) -> list[str]:
        """A sentence for each book that has a word, at most two: the last ones done."""
        said = [sentence(card.payload) for card in self.books]
        return [words for words in said if words][-2:] or [_("Books")]

    # --- films ------------------------------------------------------------------------------------
    @property
    def films(self) -> list[Card]:
        """The released ones, the first released first."""
        return sorted(self.each("film"), key=lambda card: card.payload["day"])

    @property
    def has_films(self) -> bool:
        """Whether there is anything about films."""
        return bool(self.films or self.making or self.concepts)

    @property
    def films_headline(self) -> list[str]:
        """Twenty-five films. Two are done."""
        if self.concepts:
            total, done = self.concepts.payload["total"], self.concepts.payload["released"]
            words = ngettext("%(count)s film.", "%(count)s films.", total)
            lines = [words % {"count": spelled(total, first=True)}]
            if done:
                words = ngettext("%(count)s is done.", "%(count)s are done.", done)
                lines.append(words % {"count": spelled(done, first=True)})
            return lines
        return [_("Films")]

    # --- hours ------------------------------------------------------------------------------------
    @property
    def milestones(self) -> list[Card]:
        """Those reached, the earliest first; those without a day stand before them."""
        return sorted(self.each("milestone"), key=lambda card: card.payload["day"] or "")

    @property
    def next(self) -> dict[str, Any] | None:
        """The milestone ahead, when the hours are public."""
        line = self.hours.payload["line"] if self.hours else None
        return line if line and line["next"] else None

    # --- letters ----------------------------------------------------------------------------------
    @property
    def letters(self) -> list[Card]:
        """The newest first."""
        found = self.each("letter")
        return sorted(found, key=lambda card: (card.payload["day"], card.since), reverse=True)

    # --- all of it --------------------------------------------------------------------------------
    @property
    def updated(self) -> datetime | None:
        """When any of it was last published."""
        return max((card.updated for card in self.cards if card.updated), default=None)


def sentence(book: dict[str, Any]) -> str:
    """What the headline says of one book."""
    number = roman_value(book["numeral"])
    said = {"book": spelled(number, first=True, ordinal=True)}
    verb, done, chapters = book["verb"], book["done"], book["chapters"]
    if verb == "planned" or not chapters:
        return ""
    whole = done == chapters
    half = abs(done / chapters - 0.5) < 0.06
    if verb == "finished":
        if whole:
            return _("Book %(book)s is finished.") % said
        return (_("Book %(book)s is half finished.") if half else "") % said
    if verb == "rewritten":
        if whole:
            return _("Book %(book)s is rewritten.") % said
        return (_("Book %(book)s is half rewritten.") if half else begun(done)) % said
    if whole:
        return _("Book %(book)s is written.") % said
    return (_("Book %(book)s is half written.") if half else begun(done)) % said


def begun(done: int) -> str:
    """Neither half nor whole."""
    return _("Book %(book)s is under way.") if done else ""


def counted(book: dict[str, Any]) -> tuple[str, str]:
    """("13 of 26", "chapters rewritten")."""
    done, chapters, verb = book["done"], book["chapters"], book["verb"]
    if verb == "planned":
        return str(chapters), ngettext("chapter planned", "chapters planned", chapters)
    words = {
        "written": ngettext("chapter written", "chapters written", chapters),
        "rewritten": ngettext("chapter rewritten", "chapters rewritten", chapters),
        "finished": ngettext("chapter finished", "chapters finished", chapters),
    }
    return _("%(done)d of %(all)d") % {"done": done, "all": chapters}, words[verb]


def edge(leaves: Sequence[Sequence[Any]]) -> list[Any]:
    """The bars of a book seen from the side."""
    return bars([Leaf(length, tone, now, "") for length, tone, now in leaves])


def spelled(number: int, first: bool = False, ordinal: bool = False) -> str:
    """25 -> "Twenty-five", in Chinese 二十五 (两 for a count of two); from 100 on, digits."""
    if not 0 <= number < 100:
        return f"{number:,}"
    if page_is_chinese():
        return "两" if number == 2 and not ordinal else in_han(number)
    if number < 20:
        word = ONES[number]
    else:
        tens, ones = divmod(number, 10)
        word = TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
    return word.capitalize() if first else word


def roman_value(numeral: str) -> int:
    """XIV -> 14; digits are taken as they are."""
    if numeral.isdigit():
        return int(numeral)
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for letter, following in zip(numeral, [*numeral[1:], ""], strict=True):
        value = values[letter]
        total += -value if values.get(following, 0) > value else value
    return total
