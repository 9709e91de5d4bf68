"""The styles every page needs: apart in the tree, one file where they were collected."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

SHEETS = (
    "tokens",
    "fonts",
    "base",
    "layout",
    "components/text",
    "components/navigation",
    "components/controls",
    "components/find",
    "components/forms",
    "components/overlays",
    "components/pictures",
    "components/hours",
    "components/clock",
    "utilities",
)

# What a page's own sheet has beside it; a page links the one name.
BESIDE = {
    "pages/compare": (
        "pages/compare-strip",
        "pages/compare-panel",
        "components/recipe",
        "components/marks",
        "pages/family",
        "components/changes",
    ),
    "pages/public": (
        "pages/public-head",
        "pages/public-books",
        "pages/public-films",
        "pages/public-hours",
        "pages/public-letters",
    ),
    "pages/writing": (
        "pages/writing-outline",
        "pages/writing-margin",
        "pages/writing-reel",
        "pages/writing-banner",
        "pages/writing-twin",
        "pages/writing-chapter",
    ),
    "pages/concepts": (
        "pages/concepts-board",
        "pages/concepts-shots",
    ),
    "pages/book": (
        "pages/book-lines",
        "pages/book-hand",
    ),
    "pages/tools": (
        "pages/tools-matrix",
        "pages/tools-capability",
    ),
    "pages/images": (
        "pages/images-upload",
        "pages/images-versions",
    ),
    "pages/charts": (
        "pages/charts-ahead",
        "pages/charts-weeks",
    ),
}
# Each of these files holds several sheets once they are collected.
TOGETHER = {SHEETS[-1]: SHEETS, **{name: (name, *others) for name, others in BESIDE.items()}}


def together(name: str) -> str:
    """Several sheets in one text, in their order; the very first orders the layers."""
    root = Path(settings.BASE_DIR) / "static" / "css"
    return "".join((root / f"{each}.css").read_text(encoding="utf-8") for each in TOGETHER[name])


@cache
def sheet_addresses(name: str = SHEETS[-1]) -> list[str]:
    """Where the styles of every page, or of one, are served, in their order."""
    names = (name,) if settings.STATIC_IS_BUILT else TOGETHER.get(name, (name,))
    return [static(f"css/{each}.css") for each in names]


@cache
def stylesheet_links(name: str = SHEETS[-1]) -> SafeString:
    """Link elements for the styles of every page, or of one."""
    addresses = ((each,) for each in sheet_addresses(name))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)
