"""What the pages of one request show of the hours to come; rows that were read, and no queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil
from typing import Any

from timelog.allocation import LEAST, MOST, asked, shares
from timelog.climb import Course
from timelog.fan import OTHERS, Fan, Range
from timelog.models import Forecast
from timelog.models.forecast import key_of
from timelog.reach import Standing
from timelog.spans import Span, span

TOLD = 8  # outcomes before a share of them says something


@dataclass(frozen=True)
class Allocation:
    """The slider where it stands, and what would then come when."""

    percent: int
    now: int
    film_hours: float  # a week, as the two below
    writing_hours: float
    farthest: int
    film: Span
    book: Span | None
    way: dict[str, Any] | None

    least, most = LEAST, MOST

    @property
    def writing(self) -> int:
        """What is left for writing, in percent."""
        return 100 - self.percent

    @property
    def film_seconds(self) -> int:
        """Seconds a week for film."""
        return round(3600 * self.film_hours)

    @property
    def book_seconds(self) -> int:
        """Seconds of writing that the book still needs; whole hours, since more is not known."""
        return 3600 * ceil(self.way["hours"]) if self.way else 0

    @property
    def writing_seconds(self) -> int:
        """Seconds a week for writing."""
        return round(3600 * self.writing_hours)


class Ahead:
    """The forecasts that stand, of the line and of each milestone's kinds."""

    def __init__(self, rows: Sequence[Any], line: frozenset[int], today: date) -> None:
        self.by_key: dict[str, Any] = {row.kinds: row for row in rows if row.fan}
        self.line = line
        self.today = today

    @property
    def row(self) -> Forecast | None:
        """That of the line."""
        return self.by_key.get(key_of(self.line))

    def of(self, kinds: Iterable[int]) -> Any:
        """That of some kinds, if there is one."""
        return self.by_key.get(key_of(kinds))

    @cached_property
    def fan(self) -> Fan | None:
        """The bands of the line."""
        return Fan.from_kept(self.row.fan) if self.row and self.row.fan else None

    @property
    def flat_pace(self) -> int:
        """Seconds a week that other people's logs were laid upon."""
        if self.fan is None:
            return 0
        return round(3600 * self.fan.hours(52, 2) / 52 / OTHERS[1])

    @property
    def is_stale(self) -> bool:
        """Whether a new one may be due: none was made today."""
        return self.row is None or self.row.made_on != self.today

    # --- the score -------------------------------------------------------------------------------
    @property
    def scored(self) -> int:
        """How many 80 % bands have been held against what came."""
        return next((row.scored for row in self.by_key.values()), 0)

    @property
    def held(self) -> int:
        """How many of them held."""
        return next((row.held for row in self.by_key.values()), 0)

    @property
    def percent_held(self) -> int:
        """The same as percent."""
        return round(100 * self.held / self.scored) if self.scored else 0

    @property
    def is_told(self) -> bool:
        """Whether these are enough to say something."""
        return self.scored >= TOLD

    @property
    def first_due(self) -> date | None:
        """When the first of those that wait can be told."""
        return next((row.first_due for row in self.by_key.values()), None)

    # --- dates -----------------------------------------------------------------------------------
    def range(self, one: Standing) -> tuple[Range, date] | None:
        """When a milestone is reached, in weeks from a day; None where nothing is foretold."""
        row = self.of(one.goal.kinds)
        if row is None:
            return None
        missing = one.goal.hours - row.seconds / 3600
        return Fan.from_kept(row.fan).when(missing), row.made_on

    def span(self, one: Standing) -> Span | None:
        """The same as days."""
        found = self.range(one)
        return span(*found, self.today) if found else None

    @cached_property
    def course(self) -> Course | None:
        """What the picture of the line shows."""
        if self.row is None or self.fan is None:
            return None
        return Course(self.row.made_on, self.row.seconds, self.fan)

    @property
    def table(self) -> list[tuple[date, list[int | None]]]:
        """(last day, whole hours in all of the five lines) of a month, a quarter, half a year, then
        of each year."""
        if self.row is None or self.fan is None:
            return []
        last = self.fan.weeks[-1]
        weeks = [week for week in (4, 13, 26, *range(52, last + 1, 52)) if week <= last]
        empty = set() if self.fan.has_inner else {1, 3}
        return [
            (
                self.row.made_on + timedelta(days=7 * week - 1),
                [
                    None if n in empty else round(self.row.seconds / 3600 + self.fan.hours(week, n))
                    for n in range(5)
                ],
            )
            for week in weeks
        ]

    # --- another share ---------------------------------------------------------------------------
    def allocate(
        self,
        rows: Iterable[tuple[date, int, int]],
        writing: Collection[int],
        written: str,
        farthest: int = 0,
    ) -> Allocation | None:
        """Both dates at the share that was asked for."""
        now = shares(rows, self.line, writing, self.today)
        if now is None or self.row is None or self.fan is None or not farthest:
            return None
        percent = asked(written, now)
        to_film, to_writing = now.speeds(percent)
        missing = farthest - self.row.seconds / 3600
        film = span(self.fan.when(missing, to_film), self.row.made_on, self.today)
        words = self.of(writing)
        book = None
        if words is not None and words.way:
            found = Fan.from_kept(words.fan).when(words.way["hours"], to_writing)
            book = span(found, words.made_on, self.today)
        way = words.way if words is not None else None
        hours = now.film * to_film, now.writing * to_writing
        return Allocation(percent, now.now, *hours, farthest, film, book, way)
