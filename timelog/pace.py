"""The week against its aim, and the way to the next milestone at a flat pace. Plain values only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from timelog.duration import in_minutes, whole_hours
from timelog.reach import due, goals

FAMILIES = ("writing", "video", "detour")


@dataclass(frozen=True)
class Share:
    """One family's part of a week: seconds, percent of the week, and where its bar begins."""

    family: str
    seconds: int
    percent: int
    x: float
    width: float


@dataclass(frozen=True)
class DayBar:
    """One day: its date, seconds in all, and (family, y, height) of each piece, in percent."""

    day: date
    seconds: int
    pieces: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class Week:
    """Seven days from `monday`."""

    monday: date
    seconds: int
    shares: tuple[Share, ...]
    days: tuple[DayBar, ...]
    aim: int
    short: int
    days_left: int

    is_over: bool = False

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def week(rows: Iterable[tuple[date, str, int]], monday: date, today: date, aim: int = 50) -> Week:
    """Fold (day, family, seconds) into the week that begins on `monday`.

    `short` is how many seconds of writing are missing to `aim` percent of the week so far, if
    nothing else were done from now on: the s for which (w + s) / (t + s) = aim. 0 when none are.
    """
    by_day = {monday + timedelta(days=n): dict.fromkeys(FAMILIES, 0) for n in range(7)}
    for day, family, seconds in rows:
        if day in by_day and seconds > 0:
            by_day[day][family] += seconds
    sums = {family: sum(day[family] for day in by_day.values()) for family in FAMILIES}
    total = sum(sums.values())
    shares, x = [], 0.0
    percents = _percents([sums[family] for family in FAMILIES])
    for family, percent in zip(FAMILIES, percents, strict=True):
        width = 100 * sums[family] / total if total else 0.0
        shares.append(Share(family, sums[family], percent, round(x, 3), round(width, 3)))
        x += width
    tallest = max((sum(day.values()) for day in by_day.values()), default=0) or 1
    days = tuple(_bar(day, spent, tallest) for day, spent in by_day.items())
    missing = (aim * total / 100 - sums["writing"]) / (1 - aim / 100) if aim < 100 else 0
    left = (monday + timedelta(days=6) - today).days
    short = max(0, round(missing))
    return Week(monday, total, tuple(shares), days, aim, short, max(0, left), is_over=left < 0)


def _bar(day: date, spent: dict[str, int], tallest: int) -> DayBar:
    return DayBar(day, sum(spent.values()), stack(spent, tallest))


def stack(spent: Mapping[str, int], tallest: int) -> tuple[tuple[str, float, float], ...]:
    """(family, y, height) of each family's piece, from the ground up; y counts from the top, as
    in SVG, and all in percent of `tallest`."""
    pieces, top = [], 100.0
    for family in FAMILIES:
        height = 100 * spent[family] / tallest
        if height:
            top -= height
            pieces.append((family, round(top, 3), round(height, 3)))
    return tuple(pieces)


def _percents(values: Sequence[int]) -> list[int]:
    """Whole percents that add up to 100 (largest remainder), or all 0."""
    total = sum(values)
    if not total:
        return [0] * len(values)
    exact = [100 * value / total for value in values]
    whole = [int(value) for value in exact]
    order = sorted(range(len(values)), key=lambda n: exact[n] - whole[n], reverse=True)
    for n in order[: 100 - sum(whole)]:
        whole[n] += 1
    return whole


@dataclass(frozen=True)
class Horizon:
    """All hours on one line: where the author stands between 0 and `farthest` hours."""

    hours: int
    farthest: int
    at: float
    next_hours: int | None
    to_next: int
    by: date | None
    ticks: tuple[tuple[float, str], ...] = field(default=())

    @property
    def flips(self) -> bool:
        """Whether the words stand left of the mark, since there is no room on its right."""
        return self.at > 55


def horizon(
    milestones: Iterable[tuple[int, int, int | None]],
    totals: dict[int, int],
    spent: Iterable[tuple[int, int]],
    today: date,
    pace_days: int,
) -> Horizon | None:
    """The line to the farthest milestone, with the next one of the same kinds and its date.

    `milestones`: (id, hours, kind), a row a kind. `totals`: seconds in all by kind. `spent`:
    (kind, seconds) of the last `pace_days` days. The date is a flat projection of that pace and no
    forecast; None when nothing was spent.
    """
    marks = goals((pk, hours, "", kind) for pk, hours, kind in milestones)
    if not marks:
        return None
    line = max(marks, key=lambda goal: goal.hours)
    same = [goal.hours for goal in marks if goal.kinds == line.kinds]
    seconds = sum(totals.get(kind, 0) for kind in line.kinds)
    upcoming = next((hours for hours in same if hours * 60 > in_minutes(seconds)), None)
    to_next, by = 0, None
    if upcoming:
        pace = sum(each for kind, each in spent if kind in line.kinds)
        by = due(upcoming * 3600 - seconds, pace, pace_days, today).day
        to_next = ceil((upcoming * 60 - in_minutes(seconds)) / 60)
    at = min(100.0, 100 * seconds / (line.hours * 3600))
    return Horizon(
        hours=whole_hours(seconds),
        farthest=line.hours,
        at=round(at, 3),
        next_hours=upcoming,
        to_next=to_next,
        by=by,
        ticks=_ticks(line.hours, set(same)),
    )


def _ticks(farthest: int, marks: set[int]) -> tuple[tuple[float, str], ...]:
    """Ten steps of the line; those with words are 0, the half, the milestones and the end."""
    ticks: dict[float, str] = {float(10 * step): "" for step in range(11)}
    ticks[0.0], ticks[50.0] = "0", f"{farthest // 2:,}"
    for mark in marks:
        ticks[round(100 * mark / farthest, 3)] = f"{mark:,}"
    return tuple(sorted(ticks.items()))
