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
    "components/forms",
    "components/overlays",
    "components/pictures",
    "components/hours",
    "components/clock",
    "utilities",
)


TOGETHER = SHEETS[-1]  # whose file holds all of them, once they are collected


def styles_together() -> str:
    """All of them in one text; the first sheet names the order of the layers."""
    root = Path(settings.BASE_DIR) / "static" / "css"
    return "".join((root / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)


@cache
def sheet_addresses() -> list[str]:
    """Where the styles are served, in their order."""
    names = (TOGETHER,) if settings.STATIC_IS_BUILT else SHEETS
    return [static(f"css/{name}.css") for name in names]


@cache
def stylesheet_links() -> SafeString:
    """Link elements."""
    addresses = ((each,) for each in sheet_addresses())
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)
