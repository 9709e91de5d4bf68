"""One row of any format, checked and put into the one shape."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from .columns import LONGEST_KIND
from .moments import day_of
from .record import LeftOut, Refused, Spent, Wishes

MOST_SECONDS = 24 * 3600
LONGEST_NOTE = 500
LONGEST_TEXT = 4000


def one_line(written: object) -> str:
    """White space as single spaces; nothing where nothing was written."""
    return "" if written is None else " ".join(str(written)[:LONGEST_TEXT].split())


def noted(*parts: object, tags: Iterable[object] = ()) -> str:
    """Words side by side, each once, and tags as #tag."""
    words = dict.fromkeys(said for part in parts if (said := one_line(part)))
    marks = " ".join(f"#{said}" for tag in tags if (said := one_line(tag)))
    return " · ".join([*words, *([marks] if marks else [])])


def spent(
    line: int,
    start: datetime,
    end: datetime,
    wishes: Wishes,
    *,
    seconds: int | None = None,
    zone: str = "",
    kind: object = "",
    note: str = "",
    text: str = "",
    doubt: str = "",
) -> Spent:
    """A row between two instants. Raises Refused.

    `seconds` is its length where that is told, less than the whole when breaks were taken off. The
    day is that of the wall clock in `zone`, of the offset that `start` came with, or at home.
    """
    whole = round((end - start).total_seconds())
    length = whole if seconds is None else seconds
    if whole < 0 or length < 0:
        raise Refused("negative", clock(length if whole >= 0 else whole))
    if length > whole:
        doubt = doubt or "length"
    home = zone or wishes.zone or wishes.home
    local = start if not zone and start.utcoffset() else start.astimezone(ZoneInfo(home))
    name = home if local.utcoffset() == start.astimezone(ZoneInfo(home)).utcoffset() else ""
    row = dated(line, day_of(local, wishes.day_starts_at), length, kind=kind, note=note, text=text)
    return Spent(
        **{
            **vars(row),
            "start": start.astimezone(UTC),
            "end": end.astimezone(UTC),
            "zone": name,
            "doubt": doubt or row.doubt,
        }
    )


def dated(
    line: int,
    day: date,
    seconds: int,
    *,
    kind: object = "",
    note: str = "",
    text: str = "",
    so_far: bool = False,
) -> Spent:
    """A row of a day and a length alone. Raises Refused."""
    name = one_line(kind)
    if seconds < 0:
        raise Refused("negative", clock(seconds))
    if seconds == 0:
        raise LeftOut("no_hours", noted(f"{day}", note))
    if seconds > MOST_SECONDS:
        raise Refused("too_long", clock(seconds))
    if not 1900 <= day.year <= 2100:
        raise Refused("day", day)
    if len(name) > LONGEST_KIND:
        raise Refused("long_kind", name)
    cut = note if len(note) <= LONGEST_NOTE else note[: LONGEST_NOTE - 1] + "…"
    said = text or ("" if cut == note else note)
    return Spent(
        line, day, seconds, name, cut, doubt="" if cut == note else "cut", text=said, so_far=so_far
    )


def clock(seconds: float) -> str:
    """-5400 -> "-1:30:00"."""
    whole = abs(round(seconds))
    sign = "-" if seconds < 0 else ""
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
