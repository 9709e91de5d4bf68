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

from .group_words import IN_FOLDER, NAMED, NAMED_WITHOUT

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_SAID = rf"(?P<said>{_NUMERAL})"
_GAP = r"[\s_.\-·]*"
# With a gap or a Han character before it, so that "Kiev2" or "photocopy" is left alone.
_EDGE = r"(?:(?<=[\s_.\-·)）\]])|(?<=[\u3400-\u9fff])|^)"
# Marks that say "another state of this"; `said` is the number of the version, where it says one.
_marks = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_GAP}{_EDGE}(?:v|ver|version|rev|revision){_GAP}(?P<said>\d{{1,4}})[a-z]?版?$",  # v3b
        rf"{_GAP}{_EDGE}(?:copy|final|draft|edit|edited|wip|recovered|backup|bak|fixed){_GAP}"
        r"(?:\d{1,3})?$",
        rf"{_GAP}{_EDGE}(?:upscaled?|enhanced|hires|inpaint(?:ed)?|outpaint(?:ed)?|[248]x|x[248])"
        rf"{_GAP}(?:\d{{1,3}})?$",
        rf"{_GAP}(?:副本|备份){_GAP}\d{{0,3}}$",
        rf"{_GAP}第{_SAID}[版稿]$",  # 第3版
        rf"{_GAP}{_SAID}[改稿]$",
        rf"{_GAP}(?:修?改|修订|版本){_SAID}?[版稿]?$",  # 改3
        rf"{_GAP}(?:定|终|初|草|完成)稿{_GAP}\d{{0,3}}$",
        rf"{_GAP}(?:最终|完成|最新|终)版?{_GAP}\d{{0,3}}$",
        rf"{_GAP}{_EDGE}(?:放大|高清|精修|调色){_GAP}\d{{0,3}}$",
    )
]
# Marks that a file may also bear by chance: a second download, a number of something else.
_weak_marks = [
    re.compile(rf"{_GAP}[(（\[]\s*\d{{1,3}}\s*[)）\]]$"),  # (2)
    re.compile(r"~\d{1,3}$"),
]
# One to three figures; more of them are years and serial numbers, but for ComfyUI's own "_00012_".
_number = re.compile(r"[\s_.\-]+(?:(?P<said>\d{1,3})|\d{5}_)$")
# A number after one of these says which thing it is, not which version of it.
_counted = re.compile(
    r"(?:^|[\s_.\-])(?:shot|scene|sc|sh|frame|page|panel|board|img|dsc|dscn|pxl|image|picture"
    r"|photo|screenshot|screen shot|concept|chapter|ep|episode|take|part|day|no|act)$"
    r"|(?:镜头?|分镜|场|图片?|照片|第)$",
    re.IGNORECASE,
)
_day = re.compile(r"(?:19|20)\d\d[-_. 年]?[01]?\d[-_. 月]?[0-3]?\d")  # the figures after it: a time
_uuid = re.compile(
    r"[\s_-]+(?P<job>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:_(?P<of>\d))?$", re.IGNORECASE
)
_edited_on_phone = re.compile(r"^IMG_E(\d{4,})$")
# "final2 copy" beside "final2": what both are called may say nothing, and still they are one.
_copy = re.compile(
    rf"{_GAP}(?:{_EDGE}copy|副本|拷贝){_GAP}(?:\d{{1,3}}|[(（]\d{{1,3}}[)）])?$", re.IGNORECASE
)
# Names that programs give to anything.
_generic = re.compile(
    r"(?:comfyui(?:[\s_-]?temp[\s_-]?\w*)?|untitled|unnamed|image|images|img|picture|photo|pasted"
    r"|pasted image|output|download|result|render|screenshot|screen shot|new|file|temp|tmp|grid|out"
    r"|未标题|未命名|无标题|图片|图像|照片|截图|截屏|屏幕截图|下载|新建|粘贴)(?:[\s_-]*\d*)",
    re.IGNORECASE,
)
_NUMERALS = "一二三四五六七八九"
MOST_NUMBER = 999


class Name(NamedTuple):
    """What a file's name says.

    `stem` is the picture's name, `marks` what was taken off it; `number` the version it says it
    is; `strong` whether a mark says so in words; `generic` whether a program gave the name.
    """

    stem: str
    marks: str
    number: int | None
    strong: bool
    generic: bool


class Place(NamedTuple):
    """Where a file belongs, and why."""

    key: tuple[str, str]
    title: str
    reason: Sentence


def stem_of(filename: str) -> str:
    """The picture's name: without ending and marks of a version; empty when only marks are left."""
    return read_name(filename).stem


def split_name(filename: str) -> tuple[str, str]:
    """The name of the picture and the marks taken off it, as ("晨光", "_v3b (2)")."""
    return read_name(filename)[:2]


def read_name(filename: str) -> Name:
    """What the name of a file says of its picture and its version."""
    whole = unicodedata.normalize("NFC", Path(filename).name)
    name = Path(whole).stem if not whole.startswith(".") else whole
    rest = name
    number: int | None = None
    strong = False
    while (found := _mark(rest)) is not None:
        at, said, in_words = found
        # The mark in words says it better than a figure, and the first better than the later.
        if said is not None and (in_words or not strong):
            number = said
        strong = strong or in_words
        rest = rest[:at]
    if edited := _edited_on_phone.match(rest):
        rest, strong = f"IMG_{edited[1]}", True
    stem = rest.strip(" _.-·")
    generic = not stem or _generic.fullmatch(stem) is not None
    return Name(stem, name[len(rest) :], number, strong, generic)


def _mark(name: str) -> tuple[int, int | None, bool] | None:
    """The last mark of a name: where it begins, the number it says, whether in words."""
    for mark in _marks:
        if found := mark.search(name):
            return found.start(), whole_number(found.groupdict().get("said")), True
    for mark in _weak_marks:
        if found := mark.search(name):
            return found.start(), None, False
    if found := _uuid.search(name):  # four candidates of one job
        return (found.start("of") - 1, None, True) if found["of"] else None
    found = _number.search(name)
    if found is None or found.start() < 2 or _day.search(name):
        return None
    if _counted.search(name[: found.start()]):
        return None
    said = found["said"] or ""  # a series that began with 01 is one of versions
    return found.start(), whole_number(said) if said.startswith("0") else None, False


def whole_number(written: str | None) -> int | None:
    """3 of "3", "03" or "三"; None of what is no number of a version."""
    if not written:
        return None
    if not written.isdecimal():
        tens, ten, ones = written.rpartition("十")
        number = 10 * (_NUMERALS.find(tens) + 1 or 1) if ten else 0
        number += _NUMERALS.find(ones) + 1 if ones else 0
    else:
        number = int(written)
    return number if 0 < number <= MOST_NUMBER else None


def without_ending(filename: str) -> str:
    """The name of a file as it is written, without its ending."""
    return Path(unicodedata.normalize("NFC", filename)).stem


def copied(filename: str) -> str:
    """The name a file says it is a copy of: "final2" of "final2 copy.png"; else nothing."""
    name = without_ending(filename)
    found = _copy.search(name)
    return name[: found.start()] if found else ""


def relation(one: str, other: str) -> str:
    """How the names of two files stand to each other.

    "marked": one picture by marks in words; "numbered": by a mere number, or as the copy of a name
    that says nothing; "same": the very same name; "counted": two of a series of different things;
    "generic": the name of `one` says nothing; else "other".
    """
    first, second = read_name(one), read_name(other)
    if first.generic:
        of = title_key(copied(one))
        return "numbered" if of and of == title_key(without_ending(other)) else "generic"
    if title_key(first.stem) == title_key(second.stem):
        if first.marks.strip() == second.marks.strip():
            return "same"
        return "marked" if first.strong or second.strong else "numbered"
    patterns = {re.sub(r"\d+", "#", each.stem.casefold()) for each in (first, second)}
    return "counted" if len(patterns) == 1 else "other"


def place(path: Path) -> Place:
    """The picture that the file at `path` is proposed to be a version of, by its name alone."""
    name = read_name(path.name)
    if not name.stem:  # v1.png, v2.png: the folder is the name
        folder = path.parent.name
        reason = Sentence(IN_FOLDER, name=folder) if folder else named(path.stem, "")
        return Place((str(path.parent), ""), pretty(folder or path.stem), reason)
    if name.generic:  # ComfyUI_00012_.png: what a program counts are different pictures
        whole = unicodedata.normalize("NFC", path.stem)
        return Place((str(path.parent), whole.casefold()), pretty(whole), named(whole, ""))
    # "Apollo 11" stays so until another file says that the number is that of a version.
    by_chance = not name.strong and name.number is None
    title = unicodedata.normalize("NFC", path.stem) if by_chance else name.stem
    return Place(
        (str(path.parent), name.stem.casefold()), pretty(title), named(name.stem, name.marks)
    )


def named(stem: str, marks: str) -> Sentence:
    """The reason a name gives."""
    form = NAMED_WITHOUT if marks.strip() else NAMED
    return Sentence(form, stem=stem, marks=marks.strip())


def pretty(stem: str) -> str:
    """A stem as a title: Midjourney's are without settings, job and the name of the account."""
    job = _uuid.search(stem)
    words = stem[: job.start()] if job else stem
    words = re.sub(r"[\s_]--\w.*$", "", words) if job else words
    return " ".join(words.replace("_", " ").split()) or stem


def title_key(stem: str) -> str:
    """A stem or title as it is compared and looked up: "first_light" is "First light"."""
    return " ".join(stem.replace("_", " ").split()).casefold()[:255]


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
