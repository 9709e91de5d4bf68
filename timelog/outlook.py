"""What can be said of the hours to come: from one's own log, or, before there is enough of it, from
other people's. Plain values only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from timelog.fan import HORIZONS, Fan, Range, day_of, is_enough
from timelog.reach import Step

A_WEEK = 7


class Carried(NamedTuple):
    """Hours carried over: since when they were gathered, if that is known, until when, seconds."""

    began: date | None
    as_of: date
    seconds: int


class Material(NamedTuple):
    """All that a forecast is made of, as of the morning of `today`.

    `daily` are the hours of each day up to the night before, since the log or this level began;
    `seconds` are all there are.
    """

    today: date
    seconds: int
    daily: tuple[float, ...]
    carried: tuple[Carried, ...]
    level: date | None


@dataclass(frozen=True)
class Outlook:
    """What is said: the fan, when each number of hours is reached, and whose logs say it."""

    is_own: bool
    fan: Fan
    ranges: Mapping[int, Range]

    def quantiles(self, today: date) -> dict[str, list[float | str | None]]:
        """The few figures that are kept for good: by "4 w" hours gained, by "2000 h" days."""
        found: dict[str, list[float | str | None]] = {}
        for weeks in HORIZONS:
            if weeks in self.fan.weeks:
                found[f"{weeks} w"] = [*self.fan.rows[self.fan.weeks.index(weeks)]]
        for hours, range_ in self.ranges.items():
            days = [day_of(week, today) for week in range_]
            found[f"{hours} h"] = [day.isoformat() if day else None for day in days]
        return found


def look(
    material: Material,
    hours: Sequence[int],
    misses: Mapping[int, float] | None = None,
    further: Sequence[float] = (),
) -> Outlook | None:
    """The outlook on reaching each of `hours` in all; None when not even a pace is known.

    The fan goes as far as the last of these, and of `further` hours without a date.
    """
    here = material.seconds / 3600
    ahead = [mark for mark in hours if mark > here]
    missing = max(here, *ahead, *further) - here if ahead or further else 0.0
    if is_enough(material.daily):
        from timelog.forecast import fan, seed_of  # numpy, which only the worker needs

        seed = seed_of(material.today.isoformat(), material.daily)
        found = fan(material.daily, missing, seed, misses)
    else:
        pace = pace_known(material)
        if not pace:
            return None
        found = Fan.of_others(7 * pace, missing)
    return Outlook(
        is_own=is_enough(material.daily),
        fan=found,
        ranges={mark: found.when(mark - here) for mark in ahead},
    )


def pace_known(material: Material) -> float:
    """Hours a day over all days of which the hours are known; 0 when there are none.

    Those are the log's, once it has a week, and the time over which hours carried over were
    gathered, where the author said when it began and where it belongs to this level.
    """
    days: set[int] = set()
    hours = 0.0
    for began, as_of, seconds in material.carried:
        if began is None or began >= as_of or (material.level and as_of <= material.level):
            continue
        days.update(range(began.toordinal(), as_of.toordinal()))
        hours += seconds / 3600
    if len(material.daily) >= A_WEEK:
        last = material.today.toordinal()
        days.update(range(last - len(material.daily), last))
        hours += sum(material.daily)
    return hours / len(days) if days else 0.0


def years_at(missing: float, a_day: float) -> float:
    """Years that `missing` hours take at a flat pace of `a_day` hours."""
    return missing / a_day / 365


def spent_between(rise: Iterable[Step], first: date, end: date) -> int:
    """Seconds that were spent, not carried over, from `first` up to the night before `end`."""
    steps = [Step(date.min, 0, carried=False), *rise]
    return sum(
        step.seconds - before.seconds
        for before, step in pairwise(steps)
        if not step.carried and first <= step.day < end
    )


def daily_of(rows: Mapping[date, int], since: date | None, until: date) -> list[float]:
    """Hours of each day up to `until`, none left out: from the first day that has any, or from
    `since` should that be later. `rows` are seconds by day."""
    first = min((day for day, seconds in rows.items() if seconds > 0), default=None)
    if first is None:
        return []
    begun = max(first, since) if since else first
    count = (until - begun).days + 1
    return [round(rows.get(begun + timedelta(days=n), 0) / 3600, 4) for n in range(max(0, count))]
