"""Tags of the public page: words in two languages, pictures, drawings from numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from studio.lib.styles import sheet_addresses
from studio.public import composition, tongues
from studio.public.composition import Card
from studio.public.feeds import letter_in
from studio.public.stills import Still, source_name
from studio.public.tongues import Words

register = template.Library()
EAGER = '<img src="{}" alt="{}" width="{}" height="{}"{} fetchpriority="high">'
LAZY = '<img src="{}" alt="{}" width="{}" height="{}"{} loading="lazy" decoding="async">'
SHEETS = ("tokens", "fonts", "base", "components/text", "pages/public")


@register.simple_tag
def public_sheets() -> SafeString:
    """The few styles the public page needs."""
    addresses = ((each,) for name in SHEETS for each in sheet_addresses(name))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)


# --- words --------------------------------------------------------------------------------------
@register.filter
def main(words: Words, lang: str) -> SafeString | str:
    """The words for a page in `lang`; those in the other language say so."""
    own, said = tongues.main(words, lang)
    if own == lang or not said:
        return said
    return format_html('<span class="own" lang="{}">{}</span>', own, said)


@register.filter
def plainly(words: Words, lang: str) -> str:
    """The same for a title or an attribute."""
    return tongues.main(words, lang)[1]


@register.filter
def other(words: Words, lang: str) -> SafeString | str:
    """The same in the other language, if there is one."""
    own, said = tongues.other(words, lang)
    return format_html('<span class="other" lang="{}">{}</span>', own, said) if said else ""


@register.filter
def spelled(number: int) -> str:
    """7 -> seven, 七."""
    return composition.spelled(number)


@register.filter
def day(iso: str | None) -> date | None:
    """A day of a payload."""
    return date.fromisoformat(iso) if iso else None


@register.filter
def month(iso: str | None) -> str:
    """The month of a day, as a film or a milestone tells it."""
    return date_format(date.fromisoformat(iso), "YEAR_MONTH_FORMAT") if iso else ""


@register.filter
def letter(card: Card, lang: str) -> dict[str, Any]:
    """The text of a letter for a page in `lang`."""
    return letter_in(card, lang)


@register.filter
def letter_address(card: Card, lang: str) -> str:
    """Where a letter is read."""
    kwargs = {"lang": lang, "public_id": card.public_id}
    return reverse("public:progress_letter", kwargs=kwargs)


# --- pictures -----------------------------------------------------------------------------------
def files_of(picture: Any) -> list[tuple[str, int]]:
    """(address, width) of each size, the largest first; a draft shows the studio's own copies."""
    if isinstance(picture, Still):
        return [
            (reverse("images:rendition", args=[picture.version, source_name(side)]), side)
            for side, _most in picture.sides
        ]
    return [
        (reverse("public:progress_media", args=[name]), width) for name, width in picture["files"]
    ]


@register.simple_tag
def still(picture: Any, alt: str = "", sizes: str = "", eager: bool = False) -> SafeString | str:
    """An image in the sizes there are."""
    if not picture:
        return ""
    files = files_of(picture)
    size = (
        (picture.width, picture.height)
        if isinstance(picture, Still)
        else (picture["width"], picture["height"])
    )
    more = ""
    if len(files) > 1:
        srcset = ", ".join(f"{address} {width}w" for address, width in files)
        more = format_html(' srcset="{}" sizes="{}"', srcset, sizes or "100vw")
    form = EAGER if eager else LAZY
    return format_html(form, files[0][0], alt, *size, more)


@register.filter
def source(picture: Any) -> str:
    """The address of its largest size."""
    return files_of(picture)[0][0] if picture else ""


# --- drawings -----------------------------------------------------------------------------------
@register.filter
def edge(leaves: Sequence[Sequence[Any]]) -> list[Any]:
    """A book seen from the side."""
    return composition.edge(leaves)


@register.filter
def counted(book: dict[str, Any]) -> tuple[str, str]:
    """How much of a book is how far: a number, and of what."""
    return composition.counted(book)


@register.filter
def shades(year: dict[str, Any]) -> list[tuple[int, str]]:
    """(level, path) of a year by days: weeks beside each other, Monday on top."""
    paths: dict[int, list[str]] = {}
    for place, level in enumerate(year["values"]):
        week, weekday = divmod(place, 7)
        paths.setdefault(level, []).append(f"M{week * 10} {weekday * 10}h8v8h-8z")
    return sorted((level, "".join(parts)) for level, parts in paths.items())


@register.filter
def columns(year: dict[str, Any]) -> str:
    """The path of a year by weeks: one column each, the highest 60 high."""
    most = max(year["values"], default=0) or 1
    parts = []
    for week, hours in enumerate(year["values"]):
        height = round(60 * hours / most, 1)
        if height:
            parts.append(f"M{week * 10} {60 - height:g}h8v{height:g}h-8z")
    return "".join(parts)
