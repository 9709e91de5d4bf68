"""Beeminder: a goal's data as its graph program takes it (`.bb`).

With `kyoom` the values add up, and each is what was done. Without it, and with days that count by
their last or greatest value, they are running totals: what was done is the rise since the day
before. Where days count by a sum, each value is again what was done.
"""

import math
import re
from datetime import date
from functools import partial
from typing import Any

from . import rows
from .record import LeftOut, NotRead, Reading, Refused, Wishes
from .source import Source

TOTALS = {"last", "max", "first", "min", ""}
Point = tuple[int, date, float, str]


def fits(source: Source) -> bool:
    """Parameters and data."""
    value = source.json
    return isinstance(value, dict) and isinstance(value.get("data"), list) and "params" in value


def read(source: Source, wishes: Wishes) -> Reading:
    """Read it. Raises NotRead."""
    if not fits(source):
        raise NotRead("not_this", "Beeminder")
    params = source.json["params"] if isinstance(source.json["params"], dict) else {}
    unit, kind = unit_of(params), str(params.get("yaxis") or source.stem)[:80]
    totals = not params.get("kyoom") and str(params.get("aggday") or "") in TOTALS
    reading, points = Reading(), []
    for number, each in enumerate(source.json["data"], 1):
        try:
            points.append(point(number, each))
        except Refused as why:
            reading.put_aside(number, why)
    if totals:
        rises(points, params, unit, kind, reading)
        return reading
    for number, day, value, note in points:
        row = partial(rows.dated, number, day, round(value * unit), kind=kind, note=note)
        reading.take(number, row)
    return reading


def point(number: int, each: Any) -> Point:
    """[day, value, remark], the last of which may be missing. Raises Refused."""
    if not isinstance(each, list) or len(each) < 2:
        raise Refused("line", each)
    value = each[1]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused("length", value)
    note = rows.one_line(each[2]) if len(each) > 2 else ""
    return number, day_of(each[0]), float(value), note


def rises(
    points: list[Point], params: dict[str, Any], unit: int, kind: str, reading: Reading
) -> None:
    """A row for each day whose total rose; of a day the last total counts, or the greatest."""
    days: dict[date, Point] = {}
    greatest = params.get("aggday") == "max"
    for each in sorted(points, key=lambda each: (each[1], each[0])):
        if not (greatest and each[1] in days and days[each[1]][2] > each[2]):
            days[each[1]] = each
    first = params.get("vini")
    before = float(first) if isinstance(first, int | float) else 0.0
    for number, day, value, note in days.values():
        if params.get("odom") and value == 0:
            reading.put_aside(number, LeftOut("no_hours", day))
        else:
            length = round(value * unit) - round(before * unit)
            row = partial(
                rows.dated, number, day, length, kind=kind, note=note, text=kind, so_far=True
            )
            reading.take(number, row)
        before = value


def day_of(written: Any) -> date:
    """20080214, "2008.02.14". Raises Refused."""
    digits = re.sub(r"\D", "", str(written))
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise Refused("day", written) from None


def unit_of(params: dict[str, Any]) -> int:
    """Seconds in one, by what the goal calls its unit; hours where it says nothing."""
    said = f"{params.get('gunits') or ''} {params.get('yaxis') or ''}".lower()
    if re.search(r"\bmin(?:ute)?s?\b", said):
        return 60
    return 1 if re.search(r"\bsec(?:ond)?s?\b", said) else 3600
