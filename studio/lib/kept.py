"""Parts that say the same in answer after answer."""

from collections.abc import Hashable
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


def kept_part(name: str, given: dict[str, Hashable]) -> SafeString:
    """The template `name`, rendered with what is `given` and nothing else: once for each language
    and each given, of which there are about as many as rooms."""
    write = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return write(name, get_language() or "", tuple(given.items()))


@lru_cache(maxsize=256)
def _rendered(name: str, language: str, given: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return mark_safe(render_to_string(name, dict(given)))  # noqa: S308 (a template's)
