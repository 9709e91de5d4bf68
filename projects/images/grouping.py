"""Which picture a file is a version of, told from its name: a proposal, never the last word.

Marks of a version are taken off the end of the name, one by one; what is left is the picture.
Conservative: names that differ in anything else are different pictures, and so are equal names in
different folders. Wrong groups are worse than none (immich-go #1129, #1401).
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from studio.lib.sentence import Sentence

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_GAP = r"[\s_.\-·]*"
# With a gap or a Han character before it, so that "Kiev2" or "photocopy" is left alone.
_EDGE = r"(?:(?<=[\s_.\-·)）\]])|(?<=[\u3400-\u9fff])|^)"
_marks = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_GAP}[(（\[]\s*\d{{1,3}}\s*[)）\]]$",  # (2)
        r"~\d{1,3}$",
        rf"{_GAP}{_EDGE}(?:v|ver|version|rev|revision){_GAP}\d{{1,4}}[a-z]?$",  # v3b
        rf"{_GAP}{_EDGE}(?:copy|final|draft|edit|edited|wip){_GAP}(?:\d{{1,3}})?$",
        rf"{_GAP}副本{_GAP}\d{{0,3}}$",
        rf"{_GAP}第{_NUMERAL}[版稿]$",  # 第3版
        rf"{_GAP}{_NUMERAL}[改稿]$",
        rf"{_GAP}(?:修?改|修订|版本){_NUMERAL}?[版稿]?$",  # 改3
        rf"{_GAP}(?:定|终|初|草|完成)稿{_GAP}\d{{0,3}}$",
        rf"{_GAP}最终版?{_GAP}\d{{0,3}}$",
    )
]
_number = re.compile(r"[\s_.\-]+\d{1,5}_?$")
# A number after one of these says which thing it is, not which version of it.
_counted = re.compile(
    r"(?:^|[\s_.\-])(?:shot|scene|sc|sh|frame|page|panel|board|img|dsc|dscn|pxl|image|picture"
    r"|photo|screenshot|screen shot|concept|chapter|ep|episode|take)$"
    r"|(?:镜头?|分镜|场|图片?|照片|第)$",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """Where a file belongs, and why."""

    key: tuple[str, str]
    title: str
    reason: Sentence


IN_FOLDER = Sentence("in the folder “%(name)s”").form
NAMED = Sentence("named “%(stem)s”").form
NAMED_WITHOUT = Sentence("named “%(stem)s” without “%(marks)s”").form


def read_back(reason: str) -> str:
    """A reason that was kept as plain text, as the sentence it was; any other text as it is."""
    for form in (NAMED_WITHOUT, NAMED, IN_FOLDER):
        found = re.fullmatch(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.*)", re.escape(form)), reason)
        if found:
            return Sentence(form, **found.groupdict())
    return reason


def stem_of(filename: str) -> str:
    """The picture's name: without ending and marks of a version; empty when only marks are left."""
    return split_name(filename)[0]


def split_name(filename: str) -> tuple[str, str]:
    """The name of the picture and the marks taken off it, as ("晨光", "_v3b (2)")."""
    whole = unicodedata.normalize("NFC", Path(filename).name)
    name = Path(whole).stem if not whole.startswith(".") else whole
    rest = name
    while True:
        shorter = _without_mark(rest)
        if shorter == rest:
            break
        rest = shorter
    return rest.strip(" _.-·"), name[len(rest) :]


def _without_mark(name: str) -> str:
    for mark in _marks:
        found = mark.search(name)
        if found is not None:
            return name[: found.start()]
    found = _number.search(name)
    if found is not None and found.start() and not _counted.search(name[: found.start()]):
        return name[: found.start()]
    return name


def place(path: Path) -> Place:
    """The picture that the file at `path` is proposed to be a version of."""
    stem, marks = split_name(path.name)
    if not stem:  # v1.png, v2.png: the folder is the name
        title = path.parent.name or path.stem
        return Place((str(path.parent), ""), pretty(title), Sentence(IN_FOLDER, name=title))
    marks = marks.strip()
    form = NAMED_WITHOUT if marks else NAMED
    reason = Sentence(form, stem=stem, marks=marks)
    return Place((str(path.parent), stem.casefold()), pretty(stem), reason)


def pretty(stem: str) -> str:
    """A stem as a title."""
    return " ".join(stem.replace("_", " ").split())


def natural(path: Path) -> list[tuple[int, int, str]]:
    """A key that sorts v2 before v10 and a name before its copies, folders apart."""
    text = unicodedata.normalize("NFC", str(path)).casefold()
    ending = path.suffix.casefold()
    text = text.removesuffix(ending)
    parts = re.split(r"(\d+)", text)
    key = [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
    return [*key, (0, 0, ending)]


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The files given, and those below the folders given, in natural order, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = [
                each
                for each in path.rglob("*")
                if each.is_file()
                and not any(part.startswith(".") for part in each.relative_to(path).parts)
            ]
            found.update(dict.fromkeys(sorted(below, key=natural)))
        else:
            found[path] = None
    return list(found)
