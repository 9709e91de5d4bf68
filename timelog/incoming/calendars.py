"""iCalendar (RFC 5545): what stands in a calendar as done.

One calendar is one kind, unless an event has a category. All-day events are no hours. Rules are
followed up to now by the wall clock of their zone; a time without a zone is read in the zone the
calendar names (`X-WR-TIMEZONE`, as Google writes it), else it is asked for.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from timelog.outgoing.calendars import OWN, PRODUCT

from . import own, recurrence, rows
from .moments import zone_named
from .record import MOST_ROWS, LeftOut, NotRead, Reading, Refused, Spent, Wishes
from .source import Source

LONGEST = timedelta(days=366)


def fits(source: Source) -> bool:
    """It says so in its first line."""
    return source.start[:15].upper() == b"BEGIN:VCALENDAR"


def read(source: Source, wishes: Wishes) -> Reading:
    """Read all calendars of the file. Raises NotRead."""
    from icalendar import Calendar  # takes a tenth of a second, and few files need it

    try:
        calendars = Calendar.from_ical(source.text, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        raise NotRead("calendar", str(error)[:60]) from None
    reading = Reading()
    for calendar in calendars:
        name = rows.one_line(calendar.get("X-WR-CALNAME")) or source.stem
        read_one(calendar, name, wishes, reading)
    if not reading.spent and not reading.refused and not reading.left_out:
        raise NotRead("nothing")
    return reading


def read_one(calendar: Any, name: str, wishes: Wishes, reading: Reading) -> None:
    """The events of one calendar."""
    events = list(calendar.walk("VEVENT"))
    if str(calendar.get("PRODID", "")) == PRODUCT:
        for number, event in enumerate(events, 1):
            own_event(number, event, reading)
        return
    floating = zone_of(calendar, wishes)
    moved = {
        (str(event.get("UID")), local(event.get("RECURRENCE-ID").dt, floating).astimezone(UTC))
        for event in events
        if event.get("RECURRENCE-ID") is not None and is_time(event.get("RECURRENCE-ID").dt)
    }
    for number, event in enumerate(events, 1):
        kind = category(event) or name
        try:
            for start, end in times(event, floating, wishes, moved):
                reading.take(number, partial(row, number, event, start, end, kind, wishes))
                if len(reading.spent) > MOST_ROWS:
                    raise NotRead("rows", f"{MOST_ROWS:,}")
        except Refused as why:
            reading.put_aside(number, why)
        except NotRead:
            raise
        except (ValueError, AttributeError):  # a value the library could not read
            reading.put_aside(number, Refused("line", rows.one_line(event.get("SUMMARY"))))


def own_event(number: int, event: Any, reading: Reading) -> None:
    """An entry that this studio wrote into a calendar."""
    record: dict[str, Any]
    record = {key: str(event.get(f"X-THROUGHLINE-{key.upper()}", "")) for key in ("start", "end")}
    record |= {
        key: str(event.get(f"X-THROUGHLINE-{key.upper().replace('_', '-')}", ""))
        for key in (*OWN, "id")
    }
    record = own.more(str(event.get("X-THROUGHLINE-MORE", ""))) | record
    record["note"] = str(event.get("DESCRIPTION", ""))
    record["said"] = category(event)
    try:
        own.take(number, "entry", record, reading)
        kinds = reading.own.setdefault("kinds", [])
        if record["kind"] not in {each["key"] for each in kinds}:
            name = "" if record["kind"] in own.FAMILIES else record["said"]
            told: dict[str, Any] = {"retired": False, "weekly": None, "in_part": True}
            told |= {"key": record["kind"], "said": record["said"], "family": record["family"]}
            kinds.append({**told, "name": name})
    except (KeyError, ValueError, TypeError, OverflowError):
        reading.put_aside(number, Refused("record", rows.one_line(event.get("SUMMARY"))))


def row(
    number: int, event: Any, start: datetime, end: datetime, kind: str, wishes: Wishes
) -> Spent:
    """One time of one event. Raises Refused."""
    zone = getattr(start.tzinfo, "key", "")
    zone = "" if zone in {"UTC", "Etc/UTC"} else zone
    note = rows.noted(event.get("SUMMARY"))
    return rows.spent(number, start, end, wishes, zone=zone, kind=kind, note=note)


def category(event: Any) -> str:
    """The first category of an event."""
    found = event.get("CATEGORIES")
    each = found[0] if isinstance(found, list) else found
    return rows.one_line(each.cats[0]) if each is not None and each.cats else ""


def zone_of(calendar: Any, wishes: Wishes) -> ZoneInfo | None:
    """The zone of times that name none."""
    named = rows.one_line(calendar.get("X-WR-TIMEZONE"))
    if named and not wishes.zone:
        try:
            return zone_named(named)
        except NotRead:
            return None
    return zone_named(wishes.zone) if wishes.zone else None


def times(
    event: Any, floating: ZoneInfo | None, wishes: Wishes, moved: set[tuple[str, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """When an event was, each time up to now. Raises Refused, NotRead."""
    summary = rows.one_line(event.get("SUMMARY"))[:60]
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise LeftOut("cancelled", summary)
    first, length = begin_and_length(event, floating, summary)
    starts = [first] if event.get("RRULE") is None else follow(event, first, wishes.now)
    extra = [local(day, floating) for day in dates(event, "RDATE") if is_time(day)]
    gone = {local(d, floating).astimezone(UTC) for d in dates(event, "EXDATE") if is_time(d)}
    own = event.get("RECURRENCE-ID") is not None
    uid, count = str(event.get("UID")), 0
    for start in sorted({*starts, *extra}, key=lambda each: each.astimezone(UTC)):
        at = start.astimezone(UTC)
        if at > wishes.now:
            if not count:
                raise LeftOut("to_come", f"{start:%Y-%m-%d} {summary}")
            break
        if at not in gone and (own or (uid, at) not in moved):
            count += 1
            yield start, at + length


def begin_and_length(
    event: Any, floating: ZoneInfo | None, summary: str
) -> tuple[datetime, timedelta]:
    """When it first began (with a zone), and how long it is. Raises Refused, NotRead."""
    start, end = event.get("DTSTART"), event.get("DTEND")
    if start is None:
        raise Refused("no_day")
    if start.dt.year < 1900:
        raise Refused("day", start.dt)
    if not isinstance(start.dt, datetime):
        raise LeftOut("all_day", f"{start.dt} {summary}")
    first = local(start.dt, floating)
    if event.get("DURATION") is not None:
        length = event.get("DURATION").dt
    elif end is None or not isinstance(end.dt, datetime):
        raise LeftOut("no_hours", f"{start.dt:%Y-%m-%d} {summary}")
    else:
        length = local(end.dt, floating).astimezone(UTC) - first.astimezone(UTC)
    if not isinstance(length, timedelta) or abs(length) > LONGEST:
        raise Refused("length", length)
    return first, length


def local(moment: datetime, floating: ZoneInfo | None) -> datetime:
    """A time with its zone. Raises NotRead when that must be asked for."""
    if moment.tzinfo is not None:
        return moment
    if floating is None:
        raise NotRead("zone")
    return moment.replace(tzinfo=floating)


def follow(event: Any, first: datetime, now: datetime) -> list[datetime]:
    """The times a rule gives up to now, by the wall clock. Raises Refused."""
    told, zone = event.get("RRULE"), first.tzinfo
    try:
        rule = recurrence.rule_of(told)
        last = min([naive(now, zone), *(naive(day, zone) for day in told.get("UNTIL", []))])
    except (ValueError, TypeError, AttributeError):
        raise Refused("rule", rows.one_line(getattr(told, "to_ical", str)())) from None
    begun = first.replace(tzinfo=None)
    days = recurrence.follow(rule, begun.date(), last.date())
    times = (datetime.combine(day, begun.time()) for day in days)
    return [each.replace(tzinfo=zone) for each in times if each <= last]


def naive(day: date, zone: tzinfo | None) -> datetime:
    """The wall clock in `zone` of an UNTIL, which may be a date."""
    if not isinstance(day, datetime):
        return datetime(day.year, day.month, day.day, 23, 59, 59)
    return (day.astimezone(zone) if day.tzinfo else day).replace(tzinfo=None)


def dates(event: Any, name: str) -> list[Any]:
    """All moments of EXDATE or RDATE lines."""
    found = event.get(name)
    lists = found if isinstance(found, list) else [found] if found is not None else []
    return [each.dt for one in lists for each in one.dts]


def is_time(day: Any) -> bool:
    """Whether it is a time and not a whole day."""
    return isinstance(day, datetime)
