"""Words of the manuscript in templates."""

from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.writing import pass_words
from projects.writing.measure import in_words
from projects.writing.models import Book, Work
from projects.writing.nearby import Nearby
from projects.writing.outline import Line, Outline
from projects.writing.progress import State
from projects.writing.reading import to_html
from projects.writing.worked import signed

register = template.Library()
# The editor's script names its device so; an import has none.
DEVICES = {"laptop": _("laptop"), "phone": _("phone"), "tablet": _("tablet"), "import": ""}


@register.filter
def prose(text: str) -> SafeString:
    """A scene's text for reading."""
    return mark_safe(to_html(text))  # noqa: S308 (reading.py escapes all but its own elements)


@register.filter
def numbered_prose(text: str) -> SafeString:
    """The same, each paragraph with the number of its line, for a way back to the editor."""
    return mark_safe(to_html(text, lines=True))  # noqa: S308 (as above)


@register.simple_tag
def length(book: Book, counted: Any) -> str:
    """{% length book chapter %}: the counts of a chapter, scene or book in the book's unit."""
    return in_words(getattr(counted, book.counts_in), book.counts_in)


@register.filter
def device(named: str) -> str:
    """The device a revision came from, in the reader's language: "laptop · Firefox"."""
    kind, dot, browser = named.partition(" · ")
    return f"{DEVICES.get(kind, kind)}{dot}{browser}"


@register.filter
def counted(number: int, unit: str) -> str:
    """2310 with "zishu" -> 2,310 字."""
    return in_words(number, unit)


@register.filter
def grouped(number: int) -> str:
    """2310 -> 2,310."""
    return f"{number:,}"


@register.filter
def plus_minus(work: Work) -> str:
    """+412 −388."""
    return signed(work)


@register.simple_tag
def work_said(work: Work, unit: str) -> str:
    """For who cannot see the signs: "412 words inserted, 388 deleted"."""
    said = in_words(work.inserted, unit)
    return gettext("%(inserted)s inserted, %(deleted)s deleted") % {
        "inserted": said,
        "deleted": f"{work.deleted:,}",
    }


# --- rewrite passes -----------------------------------------------------------------------------
@register.filter
def pass_name(number: int) -> str:
    """2 -> "Second pass"."""
    return pass_words.pass_name(number)


@register.filter
def state_name(state: State) -> str:
    """untouched, in work or done."""
    return pass_words.state_name(state)


@register.filter
def rested(at: date | datetime) -> str:
    """How long ago that was, in days: today, yesterday, 12 days."""
    day = timezone.localdate(at) if isinstance(at, datetime) else at
    return pass_words.days_ago(day, timezone.localdate())


@register.simple_tag
def done_mark(kind: str, pk: int, state: State, title: str, live: bool) -> SafeString:
    """The mark before a "chapter" or "scene": a button while its pass is open.

    It stands in a form that has the token; a thousand of them are drawn for a long book.
    """
    told = {"title": title, "state": pass_words.state_name(state)}
    if not live:
        said = gettext("%(title)s: %(state)s") % told
        return format_html(
            '<span class="done-mark {}" role="img" aria-label="{}"></span>', state, said
        )
    done = state == "done"
    said = gettext("%(title)s is done: take it back") if done else gettext("Mark %(title)s as done")
    url = reverse(f"writing:{kind}_{'undone' if done else 'done'}", args=[pk])
    return format_html(
        '<button class="done-mark {}" id="done-{}-{}" formaction="{}" hx-post="{}" '
        'aria-label="{}" title="{}"></button>',
        *(state, kind, pk, url, url, said % told, told["state"]),
    )


@register.simple_tag
def pass_ticks(outline: Outline | Nearby, line: Line) -> SafeString:
    """A chapter's passes as ticks: those before the last whole, the last as far as it is."""
    if outline.current is None or line.state is None:
        return SafeString()
    number = min(outline.current.rewrite.number, 4)
    now = "now" if line.now and line.state != "done" else line.state
    ticks = [("done",)] * (number - 1) + [(now,)]
    return format_html(
        '<span class="passes" role="img" aria-label="{}">{}</span>',
        pass_words.state_name(line.state),
        format_html_join("", '<i class="{}"></i>', ticks),
    )
