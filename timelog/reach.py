"""When hours were reached, and when they would be at a flat pace. Plain values only.

A flat pace is arithmetic and no forecast: so many hours are missing, so many were spent a day.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from timelog.duration import in_minutes

FARTHEST = 100 * 365  # days; a date farther off says nothing
A_YEAR = 366


class Goal(NamedTuple):
    """A milestone: so many hours of some kinds."""

    pk: int
    hours: int
    name: str
    kinds: frozenset[int]


class Step(NamedTuple):
    """How many seconds there were in all by the end of a day; `carried` when the day's rise is
    hours carried over."""

    day: date
    seconds: int
    carried: bool


class Due(NamedTuple):
    """The day a flat pace comes to; none without a pace, and none when `is_far`.

    `by_month` when it lies so far ahead that only its month should be said.
    """

    day: date | None
    is_far: bool = False
    by_month: bool = False


@dataclass(frozen=True)
class Standing:
    """How far a goal is: seconds so far, percent of the way, whole hours to go.

    `reached` is the day its hours were full; with `carried`, the day by which they were.
    """

    goal: Goal
    seconds: int
    percent: float
    to_go: int
    reached: date | None
    carried: bool
    due: Due


def goals(rows: Iterable[tuple[int, int, str, int | None]]) -> list[Goal]:
    """Fold (id, hours, name, kind), a row a kind; those that count nothing are left out."""
    found: dict[int, Goal] = {}
    for pk, hours, name, kind in rows:
        before = found[pk].kinds if pk in found else frozenset()
        found[pk] = Goal(pk, hours, name, before | ({kind} if kind is not None else frozenset()))
    counting = (goal for goal in found.values() if goal.kinds and goal.hours)
    return sorted(counting, key=lambda goal: (goal.hours, goal.pk))


def steps(
    kinds: frozenset[int],
    spent: Iterable[tuple[date, int, int]],
    carried: Iterable[tuple[date, int, int]],
    today: date,
) -> list[Step]:
    """The rise of `kinds`: `spent` and `carried` are (day, kind, seconds).

    A balance counts from the morning of its day. What is written down for days ahead counts today.
    """
    rises: dict[tuple[date, bool], int] = {}
    for is_spent, rows in ((False, carried), (True, spent)):
        for day, kind, seconds in rows:
            if kind in kinds and seconds > 0:
                key = (min(day, today), is_spent)
                rises[key] = rises.get(key, 0) + seconds
    found, total = [], 0
    for (day, is_spent), seconds in sorted(rises.items()):
        total += seconds
        found.append(Step(day, total, carried=not is_spent))
    return found


def due(missing: int, spent: int, days: int, today: date) -> Due:
    """The day on which `missing` seconds are full when `spent` seconds take `days` days."""
    if spent <= 0:
        return Due(None)
    ahead = ceil(missing * days / spent)
    if ahead >= FARTHEST:
        return Due(None, is_far=True)
    return Due(today + timedelta(days=ahead), by_month=ahead > A_YEAR)


def standing(goal: Goal, rise: Sequence[Step], spent: int, days: int, today: date) -> Standing:
    """How far `goal` is on `rise`, its kinds' steps, when `spent` seconds took the last `days`.

    Minutes decide, as pages round them: what reads 2,000 h has reached 2,000 hours.
    """
    seconds = rise[-1].seconds if rise else 0
    missing = goal.hours * 60 - in_minutes(seconds)
    percent = round(min(100.0, 100 * seconds / (goal.hours * 3600)), 3)
    if missing > 0:
        when = due(goal.hours * 3600 - seconds, spent, days, today)
        return Standing(goal, seconds, percent, ceil(missing / 60), None, False, when)
    first = bisect_left(rise, goal.hours * 60, key=lambda step: in_minutes(step.seconds))
    step = rise[first]
    return Standing(goal, seconds, 100.0, 0, step.day, step.carried, Due(None))
