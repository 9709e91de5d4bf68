"""ActivityWatch: its export of buckets.

Buckets are an object by their ids, in the published schema an array. A window in front of an empty
chair is no work: time counts only where the watcher of the same machine saw somebody there. What
is counted is the application, a row for each day.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from . import rows
from .day_sums import DaySums, Piece, common, union
from .moments import from_iso, zone_named
from .record import Aside, NotRead, Reading, Refused, Wishes
from .source import Source, dicts

WINDOW, AWAY = "currentwindow", "afkstatus"
Event = tuple[datetime, datetime, dict[str, Any]]


def fits(source: Source) -> bool:
    """Anything with buckets."""
    return isinstance(source.json, dict) and "buckets" in source.json


def read(source: Source, wishes: Wishes) -> Reading:
    """Read it. Raises NotRead."""
    if not fits(source):
        raise NotRead("not_this", "ActivityWatch")
    buckets = source.json["buckets"]
    found = list(dicts(list(buckets.values()) if isinstance(buckets, dict) else buckets))
    by_type = defaultdict(list)
    for bucket in found:
        by_type[str(bucket.get("type"))].append(bucket)
    reading = Reading()
    present: dict[str, list[Piece]] = defaultdict(list)
    for bucket in by_type[AWAY]:
        present[host(bucket)] += there(events(bucket, reading))
    sums = DaySums(zone_named(wishes.zone or wishes.home), wishes.day_starts_at)
    for bucket in by_type[WINDOW]:
        known = union(present[host(bucket)]) if host(bucket) in present else None
        if known is None:
            reading.asides.append(("no_watcher", str(bucket.get("id", host(bucket)))))
        count(events(bucket, reading), known, sums)
    sums.into(reading)
    for bucket in found:
        if str(bucket.get("type")) not in {WINDOW, AWAY}:
            reading.left_out.append(Aside(0, "bucket", str(bucket.get("id", ""))[:60]))
    if not by_type[WINDOW]:
        raise NotRead("no_windows")
    return reading


def host(bucket: dict[str, Any]) -> str:
    """The machine a bucket is of."""
    return str(bucket.get("hostname", ""))


def there(found: list[Event]) -> Iterator[Piece]:
    """When somebody was there."""
    return ((start, end) for start, end, data in found if data.get("status") == "not-afk")


def count(found: list[Event], present: list[Piece] | None, sums: DaySums) -> None:
    """Add each window's time; an event lasts at most until the next one begins."""
    place = 0
    for number, (start, end, data) in enumerate(found):
        if number + 1 < len(found):
            end = min(end, found[number + 1][0])
        name = rows.one_line(data.get("app"))[:80]
        if present is None:
            sums.add(start, end, name)
            continue
        for here, (first, last) in common((start, end), present, place):
            place = here
            sums.add(first, last, name)


def events(bucket: dict[str, Any], reading: Reading) -> list[Event]:
    """The events of a bucket, the earliest first; what is none is noted."""
    found: list[Event] = []
    for number, event in enumerate(dicts(bucket.get("events")), 1):
        length, data = event.get("duration"), event.get("data")
        try:
            start = from_iso(event.get("timestamp")).astimezone(UTC)
            if not isinstance(length, int | float) or not 0 <= length < 366 * 86400:
                raise Refused("length", length)
        except Refused as why:
            reading.put_aside(number, why)
            continue
        found.append(
            (start, start + timedelta(seconds=length), data if isinstance(data, dict) else {})
        )
    return sorted(found, key=lambda event: event[0])
