"""The styles every page needs."""

from functools import cache

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


@cache
def stylesheet_links() -> SafeString:
    """Link elements; the first sheet names the order of the layers."""
    addresses = ((static(f"css/{name}.css"),) for name in SHEETS)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)
