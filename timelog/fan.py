"""Bands of hours to come: how many by a week, and in which week so many. Plain values only.

A fan says both: hours never fall, so the date by which a goal is reached with a chance of 90 % is
where the line that hours stay above with 90 % comes to the goal. It also says what a larger or a
smaller share of the days would do, since twice the hours a week are half the way.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

METHOD = 1  # counts up when forecasts are made in another way: all are then made anew
ENOUGH = 8  # weeks of log before it can speak for itself
HORIZONS = (4, 13, 26, 52)  # weeks; what is said of each is kept and scored
FARTHEST = 30 * 52  # weeks
MISSES = 0.2  # what an 80 % band may miss
LEARNS = 0.02  # how far one outcome moves the bands
TIGHTEST, WIDEST = 0.5, 0.01  # the share they may come to miss; at .5 they are the inner ones
# Four fifths of what followed a year of any pace in other people's logs, in parts of that
# pace: 81 pairs of neighbouring years in four public logs of five to nine years.
OTHERS = (0.77, 1.02, 1.59)


class Range(NamedTuple):
    """When, in weeks from the fan's first day: an 80 % and a 50 % band and the middle.

    None where it lies beyond the fan; the inner two also where nothing is known of them.
    """

    early: float | None
    soon: float | None
    middle: float | None
    late: float | None
    latest: float | None


@dataclass(frozen=True)
class Fan:
    """For each of `weeks` the hours gained by its end: lowest, low, middle, high, highest.

    Low and high are the 50 % band and None in a fan that has none.
    """

    weeks: tuple[int, ...]
    rows: tuple[tuple[float | None, ...], ...]

    @classmethod
    def of_others(cls, a_week: float, missing: float) -> "Fan":
        """What became of others at a pace of `a_week` hours, as far as `missing` hours may take."""
        low, middle, high = (part * a_week for part in OTHERS)
        ahead = max(52, round(min(FARTHEST, 1.2 * missing / low)) if low else 0)
        weeks = (26, 52, ahead) if ahead > 52 else (26, 52)
        rows = [[round(week * each, 2) for each in (low, middle, high)] for week in weeks]
        return cls(weeks, tuple((a, None, b, None, c) for a, b, c in rows))

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Fan":
        """From what `kept` gave."""
        return cls(tuple(kept["weeks"]), tuple(map(tuple, kept["rows"])))

    def kept(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"weeks": [*self.weeks], "rows": [[*row] for row in self.rows]}

    @property
    def has_inner(self) -> bool:
        """Whether it has a 50 % band."""
        return all(None not in row for row in self.rows)

    def line(self, number: int) -> list[tuple[float, float]]:
        """(week, hours) of one of the five lines, from nothing on."""
        found = [(0.0, 0.0)]
        for week, row in zip(self.weeks, self.rows, strict=True):
            value = row[number]
            if value is not None:
                found.append((float(week), value))
        return found

    def hours(self, week: float, number: int) -> float:
        """Hours of one line by the end of `week`, straight between the weeks that are kept."""
        line = self.line(number)
        at = min(bisect_left(line, (week, -1.0)), len(line) - 1)
        if at == 0:
            return 0.0
        (before, less), (after, more) = line[at - 1], line[at]
        part = min(1.0, (week - before) / (after - before))
        return less + part * (more - less)

    def when(self, hours: float, speed: float = 1.0) -> Range:
        """When `hours` are gained, should each week hold `speed` times what it would."""
        if hours <= 0:
            return Range(0.0, 0.0, 0.0, 0.0, 0.0)
        if speed <= 0:
            return Range(None, None, None, None, None)
        # The highest hours are the earliest day.
        return Range(*(_reach(self.line(number), hours / speed) for number in (4, 3, 2, 1, 0)))


def _reach(line: Sequence[tuple[float, float]], hours: float) -> float | None:
    """The week in which a rising line comes to `hours`, or None when it ends before."""
    if len(line) < 2:
        return None
    at = bisect_left(line, hours, key=lambda point: point[1])
    if at == len(line):
        return None
    (before, less), (after, more) = line[at - 1], line[at]
    return before + (after - before) * (hours - less) / (more - less)


def is_enough(daily: Sequence[float]) -> bool:
    """Whether a log, hours of each day, can speak for itself: eight weeks, and hours in them."""
    return len(daily) >= 7 * ENOUGH and sum(daily[-(len(daily) // 7 * 7) :]) > 0


def learn(miss: float, was_missed: bool, part: float = 1.0) -> float:
    """What an outer band is let miss from now on, after one more outcome (Gibbs and Candès 2021,
    "Adaptive conformal inference under distribution shift").

    `part` of an outcome: of a year told each week 1 / 52, since each shares all but a week.
    """
    return min(TIGHTEST, max(WIDEST, miss + part * LEARNS * (MISSES - was_missed)))


def day_of(week: float | None, since: date) -> date | None:
    """The day a week from `since` falls on; None for none and beyond the calendar."""
    if week is None:
        return None
    try:
        return since + timedelta(days=round(7 * week))
    except OverflowError:
        return None
