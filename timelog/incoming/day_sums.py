"""Sums of a day: what is measured second by second is kept as one row for each day and name.

Such a row is all of its day up to when the file was made; a later file may say more of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from . import rows
from .moments import day_of
from .record import Aside, Reading

LEAST = 60  # seconds; less is a window that was passed by

Piece = tuple[datetime, datetime]


class DaySums:
    """Seconds by day and name, in a zone whose days begin at an hour."""

    def __init__(self, zone: ZoneInfo, starts_at: int) -> None:
        self.zone, self.starts_at = zone, starts_at
        self.seconds: dict[tuple[date, str], float] = defaultdict(float)

    def add(self, start: datetime, end: datetime, name: str) -> None:
        """Add the time between two instants, cut where days begin."""
        while start < end:
            day = day_of(start.astimezone(self.zone), self.starts_at)
            cut = min(end, max(self.begin(day + timedelta(days=1)), start + timedelta(seconds=1)))
            self.seconds[day, name] += (cut - start).total_seconds()
            start = cut

    def begin(self, day: date) -> datetime:
        """The instant (UTC) at which a day begins."""
        return datetime.combine(day, time(self.starts_at), self.zone).astimezone(UTC)

    def into(self, reading: Reading, least: int = LEAST) -> None:
        """A row for each, the earliest first; those under `least` seconds together are left out."""
        short = [length for length in self.seconds.values() if 0 < length < least]
        for number, ((day, name), length) in enumerate(sorted(self.seconds.items()), 1):
            if length >= least:
                row = partial(rows.dated, number, day, round(length), kind=name, so_far=True)
                reading.take(number, row)
        if short:
            about = f"{len(short)}, {rows.clock(sum(short))}"
            reading.left_out.append(Aside(0, "short", about))


def union(pieces: Iterable[Piece]) -> list[Piece]:
    """The same instants as pieces that do not touch, in order."""
    whole: list[Piece] = []
    for start, end in sorted(pieces):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        elif end > start:
            whole.append((start, end))
    return whole


def common(piece: Piece, others: list[Piece], first: int) -> Iterator[tuple[int, Piece]]:
    """(its place, what is common) of those of `others` (in order) from `first` on that meet
    `piece`; where none does, its place with nothing common."""
    start, end = piece
    place = first
    while place < len(others) and others[place][1] <= start:
        place += 1
    yield place, (start, start)
    while place < len(others) and others[place][0] < end:
        yield place, (max(start, others[place][0]), min(end, others[place][1]))
        place += 1
