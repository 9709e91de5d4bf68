"""Originals in one archive, with a list of what they are.

Pure: knows files and names only. Pictures are packed already, so they are stored as they are; a
file is read once, in pieces, and its digest is compared on the way.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

CHUNK = 1024 * 1024
LONGEST = 80  # characters of a title in a name: every file system takes that in Chinese too
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of the format
# What Windows does not take in a name, and what no name should have.
_forbidden = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e]+')
_reserved = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_ending = re.compile(r"\.[a-z0-9]{1,8}")
COLUMNS = ("file", "shot", "image", "version", "picked", "sha256", "size", "original_name", "note")
Said = Callable[[int, int], None]


class Damaged(Exception):
    """A file is not what its digest says; the text is its name in the archive."""


class Item(NamedTuple):
    """One original: where it lies, and what the list says of it."""

    path: Path
    sha256: str
    size: int
    when: datetime
    title: str
    version: int
    original_name: str
    shot: str = ""
    picked: bool = False
    note: str = ""


def write(items: Sequence[Item], file: BinaryIO, said: Said) -> None:
    """Put the originals and manifest.csv and .json into `file`; `said` hears (bytes, of).

    Raises Damaged, OSError.
    """
    names = distinct(map(name_of, items))
    done, total = 0, sum(item.size for item in items)
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for item, name in zip(items, names, strict=True):
            info = ZipInfo(name, max(EARLIEST, item.when.timetuple()[:6]))
            info.external_attr = 0o644 << 16
            info.file_size = item.size  # beyond 4 GiB it takes the larger form
            digest = hashlib.sha256()
            with item.path.open("rb") as source, archive.open(info, "w") as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    target.write(chunk)
                    done += len(chunk)
                    said(done, total)
            if digest.hexdigest() != item.sha256:
                raise Damaged(name)
        rows = [row_of(item, name) for item, name in zip(items, names, strict=True)]
        archive.writestr("manifest.csv", as_csv(rows), ZIP_DEFLATED)
        archive.writestr("manifest.json", as_json(rows), ZIP_DEFLATED)


def name_of(item: Item) -> str:
    """The name in the archive, as "07-first light-v5.psd"; the shot only where there is one."""
    stem = plain(item.title, "picture")
    suffix = PurePath(item.original_name.replace("\\", "/")).suffix.lower()
    ending = suffix if _ending.fullmatch(suffix) else ""
    return "-".join(filter(None, (item.shot, stem, f"v{item.version}"))) + ending


def plain(title: str, otherwise: str) -> str:
    """A title as every file system takes it in a name; `otherwise` where nothing is left of it."""
    stem = " ".join(_forbidden.sub(" ", title).split())[:LONGEST].strip(" .-") or otherwise
    return f"{stem}_" if _reserved.fullmatch(stem) else stem


def distinct(names: Iterable[str]) -> list[str]:
    """The same names, a second of one with "-2" before its ending; case does not tell two apart."""
    taken: set[str] = {"manifest.csv", "manifest.json"}
    made = []
    for name in names:
        path, number, free = PurePath(name), 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{path.stem}-{number}{path.suffix}"
        taken.add(free.casefold())
        made.append(free)
    return made


def row_of(item: Item, name: str) -> dict[str, object]:
    """What the list says of one original."""
    values = (
        *(name, item.shot, item.title, item.version, item.picked),
        *(item.sha256, item.size, item.original_name, item.note),
    )
    return dict(zip(COLUMNS, values, strict=True))


def as_csv(rows: Iterable[dict[str, object]]) -> bytes:
    """For a spreadsheet: UTF-8 with the mark by which Excel knows it, no cell a formula."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(value: object) -> object:
    """Words that a spreadsheet would take for a formula, with a quote before them."""
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+-@\t\r") else value


def as_json(rows: Sequence[dict[str, object]]) -> bytes:
    """For a program."""
    return json.dumps({"files": rows}, ensure_ascii=False, indent=1).encode()
