"""A log kept in Markdown: headings that are days, and under them lines that begin with a length.

### 22 Sep 2021
* *0.5 hours* Read the project guidance
"""

import re
from datetime import date
from functools import partial

from timelog import duration

from . import rows
from .dates import order_of, read_day
from .record import Aside, LeftOut, NotRead, Reading, Refused, Spent, Wishes
from .source import Source

_heading = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_item = re.compile(
    r"\s*[-*+]\s+(?P<mark>\*\*|__|\*|_)(?P<length>[^*_]{1,40})(?P=mark)[\s:–—-]*(?P<note>.*)"
)
_bullet = re.compile(r"\s*[-*+]\s+(.*)")


def fits(source: Source) -> bool:
    """A day as a heading and a length in emphasis."""
    if source.is_json or b"\x00" in source.data[:4000]:
        return False
    head = source.data[:20000].decode("utf-8", "replace").splitlines()
    return any(is_day(line) for line in head) and any(_item.fullmatch(line) for line in head)


def is_day(line: str) -> bool:
    """Whether a line is a heading that is a day in some order of its numbers."""
    found = _heading.fullmatch(line.rstrip())
    return found is not None and any(readable(found[1], order) for order in ("dmy", "mdy"))


def readable(written: str, order: str) -> date | None:
    """The day of a heading, if it is one."""
    try:
        return read_day(written[:60], order)
    except ValueError:
        return None


def read(source: Source, wishes: Wishes) -> Reading:
    """Read it. Raises NotRead."""
    lines = source.text.splitlines()
    heads = [found[1] for line in lines if (found := _heading.fullmatch(line.rstrip()))]
    order = wishes.date_order or order_of(heads)
    reading, day = Reading(), None
    for number, line in enumerate(lines, 1):
        if head := _heading.fullmatch(line.rstrip()):
            day = readable(head[1], order)
            if day is None:
                reading.left_out.append(Aside(number, "words", rows.one_line(head[1])[:60]))
        elif found := _item.fullmatch(line):
            reading.take(number, partial(item, number, day, found))
        elif bullet := _bullet.fullmatch(line):
            reading.left_out.append(Aside(number, "no_length", rows.one_line(bullet[1])[:60]))
    if not reading.spent and not reading.refused:
        raise NotRead("nothing")
    return reading


def item(number: int, day: date | None, found: re.Match[str]) -> Spent:
    """One line. Raises Refused."""
    written = found["length"].strip()
    try:
        seconds = duration.seconds(written)
    except ValueError:
        if re.search(r"\d", written):
            raise Refused("length", written) from None
        raise LeftOut("no_length", rows.noted(written, found["note"])) from None
    if day is None:
        raise Refused("no_day")
    return rows.dated(number, day, seconds, note=rows.one_line(found["note"]))
