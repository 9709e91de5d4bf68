"""Words of the manuscript in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from projects.writing.measure import in_words
from projects.writing.models import Book
from projects.writing.reading import to_html

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
