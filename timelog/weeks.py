"""The last weeks against what the author means them to be. Plain values only; all in percent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from timelog.pace import FAMILIES, stack

WEEKS = 12


@dataclass(frozen=True)
class Column:
    """One week: (family, y, height) from the ground up, and `notch`, where writing should reach."""

    x: float
    monday: date
    seconds: int
    writing: int
    pieces: tuple[tuple[str, float, float], ...]
    notch: float | None
    is_now: bool

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def begins_month(self) -> bool:
        """Whether the first of a month is in it."""
        return self.sunday.day <= 7

    @property
    def percent(self) -> int:
        """How much of it was writing."""
        return round(100 * self.writing / self.seconds) if self.seconds else 0


class Bar(NamedTuple):
    """One week of one kind."""

    x: float
    y: float
    height: float
    seconds: int


@dataclass(frozen=True)
class Aim:
    """One kind against its hours a week: a bar for each week, and where the aim stands, `y`.

    `width` and `notch` are those of a bar of `seconds`, the length spent in the week that is shown.
    """

    kind: int
    seconds: int
    aim: int
    width: float
    notch: float
    weeks: tuple[Bar, ...]
    y: float

    @property
    def is_there(self) -> bool:
        """Whether the week has as much."""
        return self.seconds >= self.aim


def last_weeks(rows: Iterable[tuple[date, str, int]], monday: date, aim: int) -> tuple[Column, ...]:
    """Fold (day, family, seconds) into the WEEKS weeks up to that of `monday`; `aim` in percent."""
    spent: dict[date, dict[str, int]] = {
        monday - timedelta(weeks=n): dict.fromkeys(FAMILIES, 0) for n in reversed(range(WEEKS))
    }
    for day, family, seconds in rows:
        of_week = spent.get(day - timedelta(days=day.weekday()))
        if of_week is not None and seconds > 0:
            of_week[family] += seconds
    tallest = max(sum(week.values()) for week in spent.values()) or 1
    return tuple(_column(n, day, week, tallest, aim) for n, (day, week) in enumerate(spent.items()))


def _column(n: int, monday: date, spent: dict[str, int], tallest: int, aim: int) -> Column:
    total = sum(spent.values())
    notch = round(100 - aim * total / tallest, 3) if total and aim else None
    return Column(
        x=_x(n),
        monday=monday,
        seconds=total,
        writing=spent["writing"],
        pieces=stack(spent, tallest),
        notch=notch,
        is_now=n == WEEKS - 1,
    )


def _x(n: int) -> float:
    return round(100 * n / WEEKS, 3)


def aims(
    rows: Iterable[tuple[date, int, int]], wanted: Mapping[int, int], shown: date, now: date
) -> tuple[Aim, ...]:
    """Fold (day, kind, seconds) by `wanted`, kind -> seconds a week.

    `shown` and `now` are Mondays: of the week on the page, and of the last of the WEEKS weeks.
    """
    spent: dict[tuple[int, date], int] = {}
    for day, kind, seconds in rows:
        key = (kind, day - timedelta(days=day.weekday()))
        spent[key] = spent.get(key, 0) + max(0, seconds)
    mondays = [now - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    found = []
    for kind, aim in wanted.items():
        here = spent.get((kind, shown), 0)
        lengths = [spent.get((kind, monday), 0) for monday in mondays]
        full, tallest = max(here, aim), max(*lengths, aim)
        heights = [100 * length / tallest for length in lengths]
        found.append(
            Aim(
                kind=kind,
                seconds=here,
                aim=aim,
                width=round(100 * here / full, 3),
                notch=round(100 * aim / full, 3),
                weeks=tuple(
                    Bar(_x(n), round(100 - height, 3), round(height, 3), length)
                    for n, (length, height) in enumerate(zip(lengths, heights, strict=True))
                ),
                y=round(100 - 100 * aim / tallest, 3),
            )
        )
    return tuple(found)
