"""Watson: its file `frames`, and what `watson log --json` prints."""

from datetime import datetime
from functools import partial
from typing import Any

from . import rows
from .moments import from_epoch, from_iso
from .record import LeftOut, NotRead, Reading, Refused, Spent, Wishes
from .source import Source, dicts, listed


def fits(source: Source) -> bool:
    """A list of lists that begin with two numbers, or of frames with a project."""
    value = source.json
    if not isinstance(value, list):
        return False
    return any(is_frame(each) for each in value) or any(
        {"project", "start", "stop", "tags"} <= each.keys() and "duration" not in each
        for each in dicts(value)
    )


def is_frame(each: Any) -> bool:
    """start, stop, project, and more."""
    return (
        isinstance(each, list)
        and len(each) >= 3
        and all(isinstance(n, int | float) for n in each[:2])
        and isinstance(each[2], str)
    )


def read(source: Source, wishes: Wishes) -> Reading:
    """Read either. Raises NotRead."""
    if not fits(source):
        raise NotRead("not_this", "Watson")
    reading = Reading()
    for number, each in enumerate(source.json, 1):
        reading.take(number, partial(frame, number, each, wishes))
    return reading


def frame(number: int, each: Any, wishes: Wishes) -> Spent:
    """One frame. Raises Refused."""
    start: datetime
    if isinstance(each, dict):
        if not each.get("stop"):
            raise LeftOut("open", each.get("project"))
        start, end = from_iso(each.get("start")), from_iso(each["stop"])
        project, tags = each.get("project"), each.get("tags")
    elif is_frame(each):
        start, end, project = from_epoch(each[0]), from_epoch(each[1]), each[2]
        tags = each[4] if len(each) > 4 else []
    else:
        raise Refused("line", each)
    note = rows.noted(tags=listed(tags))
    return rows.spent(number, start, end, wishes, kind=project, note=note)
