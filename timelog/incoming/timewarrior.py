"""Timewarrior: its files of months (`data/2026-11.data`), and what `timew export` prints.

All is in UTC. Tags have no order and none is a project: of those of an entry, the one that the file
has most often is taken for the kind, and the others stay in the note.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from . import rows
from .moments import from_iso
from .record import Aside, LeftOut, NotRead, Reading, Refused, Spent, Wishes
from .source import Source, dicts, listed

_line = re.compile(r"inc (\d{8}T\d{6}Z)?(?: - (\d{8}T\d{6}Z))?(.*)")
_word = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_told = re.compile(r"\d{8}T\d{6}Z")

Found = tuple[int, str, str, list[str], str]  # line, start, end, tags, annotation


def fits(source: Source) -> bool:
    """Lines of a data file, or a list of its intervals."""
    if source.is_json:
        return any(_told.fullmatch(str(each.get("start", ""))) for each in dicts(source.json))
    return bool(re.match(rb"inc (\d{8}T\d{6}Z|#|-)", source.start))


def read(source: Source, wishes: Wishes) -> Reading:
    """Read either. Raises NotRead."""
    reading = Reading()
    found = exported(source.json) if source.is_json else lines(source.text, reading)
    often = Counter(tag for _, _, _, tags, _ in found for tag in tags)
    for each in found:
        reading.take(each[0], partial(entry, each, often, wishes))
    if not found and not reading.refused:
        raise NotRead("nothing")
    return reading


def lines(text: str, reading: Reading) -> list[Found]:
    """The intervals of a data file; other lines are noted."""
    found: list[Found] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _line.fullmatch(line.strip())
        if match and match[1]:
            tags, annotation = words_of(match[3])
            found.append((number, match[1], match[2] or "", tags, annotation))
        elif line.startswith("exc "):
            reading.left_out.append(Aside(number, "words", line[:60]))
        elif line.strip():
            reading.refused.append(Aside(number, "line", line[:60]))
    return found


def words_of(rest: str) -> tuple[list[str], str]:
    """The tags after the first `#` and the annotation after the second."""
    parts: list[list[str]] = [[]]
    for quoted, bare in _word.findall(rest):
        if bare == "#":
            parts.append([])
        else:
            parts[-1].append(re.sub(r"\\(.)", r"\1", quoted) if quoted else bare)
    _, tags, annotation = [*parts, [], []][:3]
    more = [" ".join(part) for part in parts[3:]]
    return tags, " # ".join([" ".join(annotation), *more])


def exported(value: Any) -> list[Found]:
    """The intervals of `timew export`."""
    return [
        (
            number,
            str(each.get("start", "")),
            str(each.get("end") or ""),
            [str(tag) for tag in listed(each.get("tags"))],
            rows.one_line(each.get("annotation")),
        )
        for number, each in enumerate(dicts(value), 1)
    ]


def entry(each: Found, often: Counter[str], wishes: Wishes) -> Spent:
    """One interval. Raises Refused."""
    number, written, ended, tags, annotation = each
    start = instant(written)
    kind = kind_of(tags, often)
    note = rows.noted(annotation, tags=[tag for tag in tags if tag != kind])
    if not ended:
        raise LeftOut("open", rows.noted(f"{start:%Y-%m-%d %H:%M}", note))
    text = rows.noted(annotation, tags=sorted(tags))
    return rows.spent(number, start, instant(ended), wishes, kind=kind, note=note, text=text)


def kind_of(tags: Sequence[str], often: Counter[str]) -> str:
    """Of its tags the one used most; of equals one word before several, then by the alphabet."""
    return min(tags, key=lambda tag: (-often[tag], " " in tag, tag), default="")


def instant(written: str) -> datetime:
    """20201001T130339Z. Raises Refused."""
    if not _told.fullmatch(written):
        raise Refused("moment", written)
    return from_iso(written)
