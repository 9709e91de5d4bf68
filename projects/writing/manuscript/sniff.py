"""What a path is, by its content and shape, and its reading."""

import hashlib
import zipfile
from pathlib import Path

from studio.lib.sentence import Sentence

from . import markdown, plain_text
from .files import MOST_FILES, Refused, about, files_below
from .novelwriter import PROJECT, read_novelwriter
from .tree import Manuscript


class Unreadable(ValueError):
    """Nothing could be read; the message says why and what to do, in one sentence."""


def read(path: Path, key: str = "") -> Manuscript:
    """Read a file or a folder: novelWriter 1.5, Markdown, plain text. Raises Unreadable.

    `key` names the source when its place does not: an upload lies somewhere else each time.
    """
    if not path.exists():
        raise Unreadable(Sentence("%(file)s does not exist; give a file or a folder.", file=path))
    try:
        manuscript = _read(path, key or source_key(path))
    except Refused as error:
        raise Unreadable(about(path.name, error)) from None
    if path.is_file() and manuscript.refused and not manuscript.books:
        raise Unreadable(about(path.name, manuscript.refused[0].reason))
    return manuscript


def _read(path: Path, key: str) -> Manuscript:
    if path.name == PROJECT or (path / PROJECT).is_file():
        return read_novelwriter(path)
    if path.is_dir():
        return _read_folder(path, key)
    if other := other_format(path):
        raise Unreadable(other)
    if path.suffix.lower() in markdown.ENDINGS:
        return markdown.read_markdown(path, key)
    return plain_text.read_plain_text(path, key)


def _read_folder(path: Path, key: str) -> Manuscript:
    """By the files that are most in it."""
    if next(path.glob("*.scrivx"), None):
        raise Unreadable(not_yet(path, Sentence("a Scrivener project")))
    if (path / "MANUSKRIPT").is_file():
        raise Unreadable(not_yet(path, Sentence("a Manuskript project")))
    marked = files_below(path, markdown.ENDINGS)
    texts = files_below(path, plain_text.ENDINGS)
    if max(len(marked), len(texts)) > MOST_FILES:
        raise Unreadable(
            Sentence(
                "%(file)s holds more than %(most)s files; choose one book's.",
                file=path.name,
                most=f"{MOST_FILES:,}",
            )
        )
    if marked and len(marked) >= len(texts):
        return markdown.read_markdown(path, key)
    if texts:
        return plain_text.read_plain_text(path, key)
    raise Unreadable(
        Sentence(
            "%(file)s holds no manuscript; Markdown, plain text and novelWriter 1.5 can be read.",
            file=path.name,
        )
    )


def source_key(path: Path) -> str:
    """The same for the same place, so that a second reading finds what the first one made."""
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    return f"{place}:{path.name}"


def not_yet(path: Path, what: Sentence) -> Sentence:
    """A format that is known by its shape and not read here."""
    return Sentence(
        "%(file)s is %(what)s, which cannot be read yet; export it as Markdown or plain text and "
        "bring that in.",
        file=path.name,
        what=what,
    )


def other_format(path: Path) -> Sentence | None:
    """Why a file cannot be read, when its first bytes are of a format that is not read here."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(b"%PDF"):
        return not_yet(path, Sentence("a PDF"))
    if head.startswith(b"{\\rtf"):
        return not_yet(path, Sentence("an RTF document"))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return not_yet(path, Sentence("an old Word document"))
    return None


def _zipped(path: Path) -> Sentence:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:2000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Sentence("%(file)s is a damaged archive; save or pack it again.", file=path.name)
    if "word/document.xml" in names:
        return not_yet(path, Sentence("a Word document"))
    if "META-INF/container.xml" in names:
        return not_yet(path, Sentence("an EPUB"))
    if "content.xml" in names:
        return not_yet(path, Sentence("an OpenDocument text"))
    return Sentence("%(file)s is an archive; unpack it and give the folder.", file=path.name)
