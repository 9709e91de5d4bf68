"""WakaTime and Wakapi: the dump of an account, by day or by heartbeat, and summaries of the API.

A heartbeat says that a file was open; the time to the next one counts when that is at most
`GAP` away (the default of Wakapi). Days of a summary are those of its own zone.
"""

import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from . import rows
from .day_sums import DaySums
from .moments import from_epoch, zone_named
from .record import NotRead, Reading, Refused, Spent, Wishes
from .source import Source, dicts

GAP = timedelta(minutes=10)
NONE = "Unknown Project"  # its own word for nothing


def fits(source: Source) -> bool:
    """Days with a total or with heartbeats."""
    return any(is_day(each) for each in days_of(source.json))


def is_day(each: dict[str, Any]) -> bool:
    """Whether it is one of them."""
    return "heartbeats" in each or isinstance(each.get("grand_total"), dict)


def days_of(value: Any, depth: int = 2) -> Iterator[dict[str, Any]]:
    """The days of a dump or of summaries, also where a script has put them into an object."""
    if not isinstance(value, dict):
        return
    for key in ("days", "data"):
        inner = value.get(key)
        if isinstance(inner, list):
            yield from dicts(inner)
        elif isinstance(inner, dict) and is_day(inner):
            yield inner
    if depth:
        for inner in value.values():
            yield from days_of(inner, depth - 1)


def read(source: Source, wishes: Wishes) -> Reading:
    """Read it. Raises NotRead."""
    days = [each for each in days_of(source.json) if is_day(each)]
    if not days:
        raise NotRead("not_this", "WakaTime")
    reading = Reading()
    beats: list[tuple[datetime, str]] = []
    for number, each in enumerate(days, 1):
        try:
            if "heartbeats" in each:
                beats += heartbeats(each)
            else:
                of_day(number, each, reading)
        except Refused as why:
            reading.put_aside(number, why)
    sums = DaySums(zone_named(wishes.zone or wishes.home), wishes.day_starts_at)
    for (start, name), (end, _) in itertools.pairwise(sorted(beats)):
        if end - start <= GAP:
            sums.add(start, end, name)
    sums.into(reading, least=1)
    return reading


def heartbeats(day: dict[str, Any]) -> list[tuple[datetime, str]]:
    """(when, project) of each. Raises Refused."""
    return [
        (from_epoch(each.get("time")), project(each.get("project")))
        for each in dicts(day["heartbeats"])
    ]


def of_day(number: int, each: dict[str, Any], reading: Reading) -> None:
    """A row a project, and one for what of the day's total is of none. Raises Refused."""
    told = each.get("date") or (each.get("range") or {}).get("date")
    try:
        day = date.fromisoformat(str(told)[:10])
    except ValueError:
        raise Refused("day", told) from None
    shares = [(project(one.get("name")), seconds(one)) for one in dicts(each.get("projects"))]
    rest = seconds(each["grand_total"]) - sum(length for _, length in shares)
    if rest >= 1:
        shares.append(("", rest))
    for name, length in shares:
        reading.take(number, partial(row, number, day, length, name))


def row(number: int, day: date, length: float, name: str) -> Spent:
    """The time of a project on a day. Raises Refused."""
    return rows.dated(number, day, round(length), kind=name, so_far=True)


def project(name: Any) -> str:
    """Its name, "" where there is none."""
    said = rows.one_line(name)[:80]
    return "" if said == NONE else said


def seconds(thing: dict[str, Any]) -> float:
    """`total_seconds` of a total or a project. Raises Refused."""
    inner = thing.get("grand_total")
    told = (inner if isinstance(inner, dict) else thing).get("total_seconds", 0)
    if not isinstance(told, int | float) or isinstance(told, bool):
        raise Refused("length", told)
    return float(told)
