"""The import map: bare names for our modules, so that none names another's hashed address."""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ROOT = "js"
IMPORTED = re.compile(r'from "((?:lib|elements)/[\w-]+)"')


@cache
def importmap_json() -> str:
    """{"imports": {"lib/journal": "/static/js/lib/journal.1a2b3c.js", …}}."""
    root = Path(settings.BASE_DIR) / "static" / ROOT
    files = sorted(path.relative_to(root) for path in root.rglob("*.js"))
    imports = {str(path.with_suffix("")): static(f"{ROOT}/{path}") for path in files}
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


@cache
def modules_of(name: str) -> tuple[Path, ...]:
    """The file of a module of ours and of all that it imports, itself first."""
    root = Path(settings.BASE_DIR) / "static" / ROOT
    found = {name: root / f"{name}.js"}
    for path in (wanted := list(found.values())):
        for each in IMPORTED.findall(path.read_text()):
            if each not in found:
                found[each] = root / f"{each}.js"
                wanted.append(found[each])
    return tuple(found.values())


@cache
def preloads(name: str) -> SafeString:
    """Links to a module and what it imports, so that none waits until another has named it.

    They must stand after the import map: the first module that is asked for closes it.
    """
    root = Path(settings.BASE_DIR) / "static"
    links = (
        format_html('<link rel="modulepreload" href="{}">', static(str(path.relative_to(root))))
        for path in modules_of(name)
    )
    return mark_safe("".join(links))  # noqa: S308 (each was escaped)


@cache
def importmap_script() -> SafeString:
    """The element; its text must be exactly what the policy's hash was made of."""
    return mark_safe(f'<script type="importmap">{importmap_json()}</script>')  # noqa: S308


@cache
def importmap_hash() -> str:
    """The source expression that allows it (CSP Level 3, hash-source)."""
    digest = hashlib.sha256(importmap_json().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
