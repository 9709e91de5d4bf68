"""At which hours of which days of the week the work was done. Plain values only.

An hour is one of the wall clock where the work was done, and a day is the author's, which may begin
at four in the morning: so the hours of a night stand at the end of the evening they belong to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from studio.lib.heat import PITCH, SIZE, level, quarters

HOUR = timedelta(hours=1)
LONGEST = timedelta(hours=36)  # an entry that is longer tells nothing of hours


@dataclass(frozen=True)
class Cell:
    """An hour of a day of the week: seconds in it, 0 to 4 for how much that is, and its place."""

    hour: int
    seconds: int
    level: int
    x: int


@dataclass(frozen=True)
class Row:
    """A day of the week; `weekday` is some day of that name."""

    weekday: date
    y: int
    cells: tuple[Cell, ...]

    @property
    def seconds(self) -> int:
        """Of the whole day."""
        return sum(cell.seconds for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """Seven rows of 24 hours, from the hour at which a day begins; `full` is its largest cell."""

    rows: tuple[Row, ...]
    hours: tuple[int, ...]
    full: tuple[Row, Cell] | None

    width, height = 24 * PITCH - (PITCH - SIZE), 7 * PITCH - (PITCH - SIZE)

    @property
    def labels(self) -> list[tuple[int, int]]:
        """(x, hour) of each third hour."""
        return [(n * PITCH, hour) for n, hour in enumerate(self.hours) if hour % 3 == 0]

    @property
    def by_hour(self) -> list[tuple[int, list[Cell]]]:
        """The same by hour: those with anything, each with the seven days."""
        columns = [(hour, [row.cells[n] for row in self.rows]) for n, hour in enumerate(self.hours)]
        return [each for each in columns if any(cell.seconds for cell in each[1])]


def zone_named(name: str, other: ZoneInfo) -> ZoneInfo:
    """The zone of this name, or `other` where there is no such zone."""
    try:
        return ZoneInfo(name) if name else other
    except (ZoneInfoNotFoundError, ValueError):
        return other


def grid(
    spans: Iterable[tuple[datetime, datetime, ZoneInfo]], starts_at: int, monday: date
) -> Grid:
    """Fold (start, end, zone) into the grid; instants are aware, `monday` only names the rows."""
    spent: dict[tuple[int, int], int] = {}
    for start, end, zone in spans:
        if timedelta() < end - start <= LONGEST:
            for key, seconds in pieces(start, end, zone, starts_at):
                spent[key] = spent.get(key, 0) + seconds
    marks = quarters(list(spent.values()))
    hours = tuple((starts_at + n) % 24 for n in range(24))
    rows = []
    for weekday in range(7):
        cells = []
        for n, hour in enumerate(hours):
            seconds = spent.get((weekday, hour), 0)
            cells.append(Cell(hour, seconds, level(seconds, marks), n * PITCH))
        rows.append(Row(monday + timedelta(days=weekday), weekday * PITCH, tuple(cells)))
    worked = [(row, cell) for row in rows for cell in row.cells if cell.seconds]
    full = max(worked, key=lambda each: each[1].seconds, default=None)
    return Grid(tuple(rows), hours, full)


def pieces(
    start: datetime, end: datetime, zone: ZoneInfo, starts_at: int
) -> Iterable[tuple[tuple[int, int], int]]:
    """((day of the week, hour of the wall clock), seconds) of each hour that is touched.

    Goes forward in UTC, so an hour that comes twice counts twice and one that is left out never.
    """
    at, end = start.astimezone(UTC), end.astimezone(UTC)
    while at < end:
        local = at.astimezone(zone)
        into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        until = min(end, at + HOUR - into)
        day = local.date() - timedelta(days=local.hour < starts_at)
        yield (day.weekday(), local.hour), round((until - at).total_seconds())
        at = until
