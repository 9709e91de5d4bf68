"""What a path is, by its content and shape, and its reading."""

import hashlib
import zipfile
from pathlib import Path

from . import markdown, plain_text
from .files import MOST_FILES, Refused, files_below
from .novelwriter import PROJECT, read_novelwriter
from .tree import Manuscript

LATER = "export it as Markdown or plain text and bring that in."


class Unreadable(ValueError):
    """Nothing could be read; the message says why and what to do, in one sentence."""


def read(path: Path, key: str = "") -> Manuscript:
    """Read a file or a folder: novelWriter 1.5, Markdown, plain text. Raises Unreadable.

    `key` names the source when its place does not: an upload lies somewhere else each time.
    """
    if not path.exists():
        raise Unreadable(f"{path} does not exist; give a file or a folder.")
    try:
        manuscript = _read(path, key or source_key(path))
    except Refused as error:
        raise Unreadable(f"{path.name}: {error}") from None
    if path.is_file() and manuscript.refused and not manuscript.books:
        raise Unreadable(f"{path.name}: {manuscript.refused[0].reason}")
    return manuscript


def _read(path: Path, key: str) -> Manuscript:
    if path.name == PROJECT or (path / PROJECT).is_file():
        return read_novelwriter(path)
    if path.is_dir():
        return _read_folder(path, key)
    if other := other_format(path):
        raise Unreadable(f"{path.name} is {other}, which cannot be read yet; {LATER}")
    if path.suffix.lower() in markdown.ENDINGS:
        return markdown.read_markdown(path, key)
    return plain_text.read_plain_text(path, key)


def _read_folder(path: Path, key: str) -> Manuscript:
    """By the files that are most in it."""
    if next(path.glob("*.scrivx"), None):
        raise Unreadable(f"{path.name} is a Scrivener project, which cannot be read yet; {LATER}")
    if (path / "MANUSKRIPT").is_file():
        raise Unreadable(f"{path.name} is a Manuskript project, which cannot be read yet; {LATER}")
    marked = files_below(path, markdown.ENDINGS)
    texts = files_below(path, plain_text.ENDINGS)
    if max(len(marked), len(texts)) > MOST_FILES:
        raise Unreadable(f"{path.name} holds more than {MOST_FILES:,} files; choose one book's.")
    if marked and len(marked) >= len(texts):
        return markdown.read_markdown(path, key)
    if texts:
        return plain_text.read_plain_text(path, key)
    raise Unreadable(
        f"{path.name} holds no manuscript; Markdown, plain text and novelWriter 1.5 can be read."
    )


def source_key(path: Path) -> str:
    """The same for the same place, so that a second reading finds what the first one made."""
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    return f"{place}:{path.name}"


def other_format(path: Path) -> str:
    """The name of a format known by its first bytes that is not read here, else nothing."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(b"%PDF"):
        return "a PDF"
    if head.startswith(b"{\\rtf"):
        return "an RTF document"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "an old Word document"
    return ""


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:2000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "a damaged archive"
    if "word/document.xml" in names:
        return "a Word document"
    if "META-INF/container.xml" in names:
        return "an EPUB"
    if "content.xml" in names:
        return "an OpenDocument text"
    return "an archive; unpack it first, or it"
