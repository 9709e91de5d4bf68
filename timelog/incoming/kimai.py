"""Kimai: timesheets of its interface as JSON, and the CSV or XLSX of its export.

A break is not work: `duration` leaves it out, while begin and end do not. The JSON tells the offset
of each time, the table no zone.
"""

from functools import partial
from typing import Any

from . import rows, timed
from .moments import from_iso
from .record import LeftOut, Reading, Refused, Spent, Wishes
from .source import Source, dicts, listed

COLUMNS = {
    "start_day": ("date", "datum", "日期"),
    "start": ("from", "begin", "start", "von", "beginn"),
    "end": ("to", "end", "bis", "ende"),
    "length": ("duration", "dauer", "duration (seconds)"),
    "kind": ("project", "projekt", "activity"),
    "note": ("description", "beschreibung", "activity", "tätigkeit"),
    "tags": ("tags",),
    "person": ("username", "user", "name", "benutzer"),
}


def fits(source: Source) -> bool:
    """Timesheets, or a table that speaks of a customer and of an activity."""
    if source.is_json:
        return any({"begin", "duration", "activity"} <= each.keys() for each in dicts(source.json))
    return any(
        {"date", word, "customer", "activity"} <= row
        for row in source.headings
        for word in ("from", "begin", "start")
    ) or source.has_headings("datum", "von", "kunde", "tätigkeit")


def read(source: Source, wishes: Wishes) -> Reading:
    """Read either. Raises NotRead."""
    if not source.is_json:
        return timed.read(source, wishes, COLUMNS, ("start_day", "start"))
    reading = Reading()
    for number, each in enumerate(dicts(source.json), 1):
        reading.take(number, partial(entry, number, each, wishes))
    return reading


def entry(number: int, each: dict[str, Any], wishes: Wishes) -> Spent:
    """One timesheet. Raises Refused."""
    start = from_iso(each.get("begin"))
    project, activity = each.get("project"), each.get("activity")
    kind = named(project, "Kimai project") or named(activity, "Kimai activity")
    did = named(activity, "")
    note = rows.noted(
        each.get("description"), did if did != kind else "", tags=listed(each.get("tags"))
    )
    if not each.get("end"):
        raise LeftOut("open", rows.noted(f"{start:%Y-%m-%d %H:%M}", note))
    end, told, rest = from_iso(each["end"]), each.get("duration"), each.get("break") or 0
    if not isinstance(told, int | None) or not isinstance(rest, int):
        raise Refused("length", told)
    whole = round((end - start).total_seconds())
    # Some releases tell the duration with the break in it.
    seconds = whole - rest if told is None or (rest and told >= whole) else told
    return rows.spent(number, start, end, wishes, seconds=seconds, kind=kind, note=note)


def named(thing: Any, otherwise: str) -> str:
    """The name of a project that is written out, else its number."""
    if isinstance(thing, dict):
        return rows.one_line(thing.get("name"))
    if isinstance(thing, int):
        return f"{otherwise} {thing}" if otherwise else ""
    return rows.one_line(thing)
