"""Wall clocks and instants: what a clock showed, in a zone, is one instant, two, or none.

Lengths are taken between instants in UTC; Python's difference of two times in one zone is that of
the wall clock, which is wrong by an hour on the nights when the clock is changed (PEP 495).
"""

import math
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .dates import read_day
from .record import NotRead, Refused

_half = {"am": 0, "a.m.": 0, "上午": 0, "pm": 12, "p.m.": 12, "下午": 12}
_halves = "|".join(map(re.escape, _half))
_clock = re.compile(
    rf"(?P<before>{_halves})?\s*(?P<h>\d{{1,2}})[:.：](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d+)?)?"
    rf"\s*(?P<after>{_halves})?$"
)


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises NotRead."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NotRead("no_zone", name[:60]) from None


def day_of(local: datetime, starts_at: int) -> date:
    """The day a wall clock belongs to when days begin at the hour `starts_at`."""
    return local.date() - timedelta(days=local.hour < starts_at)


def read_clock(written: str) -> time:
    """The time of "9:05", "09:05:30", "9:05 PM", "下午9:05". Raises ValueError."""
    found = _clock.fullmatch(unicodedata.normalize("NFKC", written).strip().lower())
    if found is None:
        raise ValueError(written)
    hour, half = int(found["h"]), found["before"] or found["after"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(written)
        hour = hour % 12 + _half[half]
    return time(hour, int(found["m"]), int(found["s"] or 0))


def read_moment(written: str, order: str = "", day: date | None = None) -> datetime:
    """A date with a time, or a time of `day`; aware where it tells its zone or offset.

    Raises ValueError.
    """
    text = written.strip()
    try:
        if len(text) > 10 and text[:4].isdecimal():
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    normal = unicodedata.normalize("NFKC", text).lower()
    found = _clock.search(normal)
    if found is None:
        raise ValueError(written)
    clock = read_clock(normal[found.start() :])
    before = normal[: found.start()].strip(" ,t")
    if before:
        day = read_day(before, order)
    if day is None:
        raise ValueError(written)
    return datetime.combine(day, clock)


def from_epoch(seconds: object) -> datetime:
    """The instant so many seconds after 1970. Raises Refused."""
    try:
        value = float(seconds)  # type: ignore[arg-type]
        if not math.isfinite(value):
            raise ValueError
        return datetime.fromtimestamp(value, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise Refused("moment", seconds) from None


def from_iso(written: object) -> datetime:
    """An instant of ISO 8601 with an offset, or 20201001T130339Z. Raises Refused."""
    try:
        found = datetime.fromisoformat(str(written))
    except ValueError:
        raise Refused("moment", written) from None
    if found.tzinfo is None:
        raise Refused("moment", written)
    return found


def seen(wall: datetime, zone: ZoneInfo) -> tuple[list[datetime], str]:
    """The instants (UTC) at which a clock in `zone` shows `wall`, and "twice", "never" or "".

    One that is never shown is read as that much later, as if the clock had not been changed.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return [first], ""
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        return [first], "never"
    return [first, second], "twice"


def between(
    start: datetime, end: datetime, seconds: int | None, zone: ZoneInfo | None
) -> tuple[datetime, datetime, str]:
    """The instants of a start and an end, and a doubt ("twice", "never") where there is one.

    A time that came twice is settled by the length the file tells, if just one reading fits it.
    """
    starts, first = readings(start, zone)
    ends, last = readings(end, zone)
    pairs = [(one, other) for one in starts for other in ends if other >= one]
    fitting = [pair for pair in pairs if (pair[1] - pair[0]).total_seconds() == seconds]
    doubt = first or last
    if len(fitting) == 1 and doubt == "twice":
        doubt = ""
    one, other = (fitting or pairs or [(starts[0], ends[0])])[0]
    return one, other, doubt


def readings(moment: datetime, zone: ZoneInfo | None) -> tuple[list[datetime], str]:
    """The instants a written moment can be. Raises NotRead when its zone must be asked for."""
    if moment.tzinfo is not None:
        return [moment.astimezone(UTC)], ""
    if zone is None:
        raise NotRead("zone")
    return seen(moment, zone)
