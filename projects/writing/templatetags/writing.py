"""Words of the manuscript in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.writing.measure import in_words
from projects.writing.models import Book, Work
from projects.writing.reading import to_html
from projects.writing.worked import signed

register = template.Library()
# The editor's script names its device so; an import has none.
DEVICES = {"laptop": _("laptop"), "phone": _("phone"), "tablet": _("tablet"), "import": ""}


@register.filter
def prose(text: str) -> SafeString:
    """A scene's text for reading."""
    return mark_safe(to_html(text))  # noqa: S308 (reading.py escapes all but its own elements)


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
