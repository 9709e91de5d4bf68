"""The import map: bare names for our modules, so that none names another's hashed address."""

import base64
import hashlib
import json
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from studio.lib.joined import names, needed, places


def address(name: str) -> str:
    """Where a module is served; several lie in one file where the files were collected."""
    return static(f"js/{places().get(name, name) if settings.STATIC_IS_BUILT else name}.js")


@cache
def importmap_json() -> str:
    """{"imports": {"lib/journal": "/static/js/lib/journal.1a2b3c.js", …}}."""
    imports = {name: address(name) for name in names()}
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


@cache
def preloads(name: str) -> SafeString:
    """Links to a module and what it imports, so that none waits until another has named it; and the
    module itself, so that nothing is laid out twice before it has begun.

    They must stand after the import map: the first module that is asked for closes it.
    """
    addresses = dict.fromkeys(address(each) for each in reversed(needed(name)))
    links = (format_html('<link rel="modulepreload" href="{}">', each) for each in addresses)
    script = format_html(
        '<script type="module" src="{}" blocking="render"></script>', address(name)
    )
    return mark_safe("".join([*links, script]))  # noqa: S308 (each was escaped)


@cache
def importmap_script() -> SafeString:
    """The element; its text must be exactly what the policy's hash was made of."""
    return mark_safe(f'<script type="importmap">{importmap_json()}</script>')  # noqa: S308


@cache
def importmap_hash() -> str:
    """The source expression that allows it (CSP Level 3, hash-source)."""
    digest = hashlib.sha256(importmap_json().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
