"""Our own styles and modules as they are collected: joined where they are needed together, and
without what only people read.

Where no minifier is installed (it has no wheel for every system) modules keep their words.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

from studio.lib import styles
from studio.lib.joined import ROOTS, joined

try:
    import minify
except ImportError:
    minify = None

FOLDERS = {".js": "js", ".css": "css"}  # where ours lie
# In a style: what is quoted, a mark with what is empty round it, and what else is empty.
NOTHING = r"(?>\s+|/\*.*?\*/)"
BLANK = re.compile(
    rf"""(?P<kept>"[^"]*"|'[^']*')|{NOTHING}*(?P<mark>[{{}};]){NOTHING}*|{NOTHING}+""", re.S
)


class CollectedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files under hashed names, with compressed ones beside them."""

    def save(self, name: str, content: "File[bytes]", max_length: int | None = None) -> Any:
        """Keep a file of the tree; what comes from other packages stays as it is."""
        path = PurePath(name)
        if FOLDERS.get(path.suffix) == path.parts[0]:
            text = together(path) or content.read().decode()
            content = ContentFile(smaller(path.suffix, text).encode())
        return super().save(name, content, max_length)

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        """Give hashed names to the files as they were kept, not as they lie in the tree."""
        yield from super().post_process({name: (self, name) for name in paths}, **options)


def together(path: PurePath) -> str:
    """What a file holds that is collected in place of several; nothing for any other."""
    name = PurePath(*path.parts[1:]).with_suffix("").as_posix()
    if path.suffix == ".js":
        return joined(name) if name in ROOTS else ""
    return styles.together(name) if name in styles.TOGETHER else ""


def smaller(suffix: str, text: str) -> str:
    """A style or a module without comments and blanks, and with short names inside functions."""
    if suffix == ".css":
        return BLANK.sub(lambda found: found["kept"] or found["mark"] or " ", text).strip()
    return minify.string("application/javascript", text) if minify else text
