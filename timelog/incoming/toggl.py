"""Toggl Track: the detailed report as CSV, and the entries its interfaces give as JSON.

The CSV begins with a byte order mark, its last heading names a currency or none, and it tells no
zone: the times are those of the profile.
"""

from collections.abc import Iterator
from datetime import UTC, timedelta
from functools import partial
from typing import Any

from . import rows, timed
from .moments import from_iso
from .record import LeftOut, Reading, Refused, Spent, Wishes
from .source import Source, dicts, listed

COLUMNS = {
    "start_day": ("start date",),
    "start_time": ("start time",),
    "end_day": ("end date", "stop date"),
    "end_time": ("end time", "stop time"),
    "length": ("duration",),
    "kind": ("project",),
    "note": ("description", "task"),
    "tags": ("tags",),
    "person": ("email", "user", "member"),
}


def fits(source: Source) -> bool:
    """The headings of a detailed report, or a list of entries of the interface."""
    if source.is_json:
        return any("duration" in each and "start" in each for each in entries_of(source.json)) or (
            any("time_entries" in each for each in dicts(source.json))
        )
    return source.has_headings("start date", "start time", "duration", "description")


def read(source: Source, wishes: Wishes) -> Reading:
    """Read either. Raises NotRead."""
    if not source.is_json:
        return timed.read(source, wishes, COLUMNS, ("start_day", "start_time", "length"))
    reading = Reading()
    for number, each in enumerate(entries_of(source.json), 1):
        reading.take(number, partial(entry, number, each, wishes))
    return reading


def entries_of(value: Any) -> Iterator[dict[str, Any]]:
    """Entries of `me/time_entries`, and those inside the groups of a detailed report (v3)."""
    for each in dicts(value):
        inner = each.get("time_entries")
        if isinstance(inner, list):
            shared = {key: each.get(key) for key in ("description", "project_name", "project_id")}
            yield from ({**shared, **one} for one in dicts(inner))
        elif "start" in each and ("stop" in each or "workspace_id" in each or "wid" in each):
            yield each


def entry(number: int, each: dict[str, Any], wishes: Wishes) -> Spent:
    """One entry. Raises Refused."""
    start, length = from_iso(each.get("start")), each.get("duration", each.get("seconds"))
    note = rows.noted(each.get("description"), tags=listed(each.get("tags")))
    if not each.get("stop") or (isinstance(length, int) and length < 0):
        raise LeftOut("open", rows.noted(f"{start:%Y-%m-%d %H:%M}", note))
    if not isinstance(length, int | None):
        raise Refused("length", length)
    end = start + timedelta(seconds=length) if length is not None else from_iso(each["stop"])
    project = each.get("project_name") or each.get("project_id") or each.get("pid")
    kind = f"Toggl {project}" if isinstance(project, int) else project
    return rows.spent(number, start.astimezone(UTC), end, wishes, kind=kind, note=note)
