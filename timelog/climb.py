"""All hours as one line, from the first day to today, and on as a fan of what is foretold, or at a
flat pace where nothing is. Plain values only.

Geometry for a picture of `width` by `height` points; x grows with time, y falls with hours.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from timelog.duration import whole_hours
from timelog.fan import Fan, day_of
from timelog.reach import Standing, Step

LEFT, RIGHT, TOP, BOTTOM = 44, 16, 26, 26
MOST_POINTS = 120
APART = 15  # two words on the upright axis


@dataclass(frozen=True)
class Label:
    """A mark of an axis: where, and what it stands for: hours, or a day and how to call it."""

    at: float
    hours: int = 0
    day: date | None = None
    names_year: bool = False
    names_month: bool = False


@dataclass(frozen=True)
class Mark:
    """A point on the line: a milestone to come, or so many seconds carried over."""

    x: float
    y: float
    seconds: int
    day: date

    @property
    def hours(self) -> int:
        """Its seconds as whole hours."""
        return whole_hours(self.seconds)


class Course(NamedTuple):
    """What is foretold: from the morning of a day on, on top of so many seconds."""

    since: date
    seconds: int
    fan: Fan


@dataclass(frozen=True)
class Climb:
    """The picture: what is known is drawn full; the middle of the fan, or the flat projection,
    dashed. `outer` and `inner` are the bands, which reach over the edges and are to be clipped."""

    width: int
    height: int
    seconds: int
    since: date
    path: str
    dash: str
    now: tuple[float, float]
    levels: tuple[Label, ...]
    dates: tuple[Label, ...]
    carried: tuple[Mark, ...]
    ahead: tuple[Mark, ...]
    top: int
    outer: str = ""
    inner: str = ""

    left, top_edge = LEFT, TOP

    @property
    def ground(self) -> tuple[int, int]:
        """How wide and how high the part inside the axes is."""
        return self.width - LEFT - RIGHT, self.height - TOP - BOTTOM

    @property
    def hours(self) -> int:
        """Whole hours in all."""
        return whole_hours(self.seconds)

    @property
    def base(self) -> float:
        """Where no hours are."""
        return float(self.height - BOTTOM)

    @property
    def end(self) -> int:
        """Where the ground ends."""
        return self.width - RIGHT

    @property
    def flips(self) -> bool:
        """Whether the words stand left of today's point, since there is no room on its right."""
        return self.now[0] > self.width * 0.6

    @property
    def words_above(self) -> bool:
        """Whether they stand above it, since the ground is too near."""
        return self.now[1] > self.base - 24

    @property
    def leaves(self) -> bool:
        """Whether the farthest milestone lies beyond the right edge."""
        return bool(self.ahead) and self.ahead[-1].x > self.end

    @property
    def last_at(self) -> float:
        """Where the words of the farthest milestone end (or have their middle)."""
        return min(self.ahead[-1].x, float(self.end)) if self.ahead else 0.0

    @property
    def ends_words(self) -> bool:
        """Whether they end there, since there is no room for half of them on its right."""
        return self.last_at > self.width - 56


def climb(
    rise: Sequence[Step],
    marks: Sequence[Standing],
    today: date,
    width: int,
    height: int,
    course: Course | None = None,
) -> Climb | None:
    """Draw `rise` and the way to `marks`, the milestones of the same kinds; None without hours."""
    if not rise:
        return None
    since, seconds = rise[0].day, rise[-1].seconds
    coming = _coming(marks, course)
    far_end = max((day for day in _ends(marks, course) if day), default=None)
    span = max(1, (today - since).days)
    # What lies very far off would press all that is known into a sliver: the line then leaves
    # the picture on its right.
    ahead = min((far_end - today).days * 1.04, max(6 * span, 6 * 365)) if far_end else span / 5
    span += max(14, ceil(ahead))
    farthest = max((mark.goal.hours for mark in marks), default=0)
    top = farthest if farthest * 3600 >= seconds else _round_up(seconds / 3600)

    def at(day: date, spent: float) -> tuple[float, float]:
        x = LEFT + (width - LEFT - RIGHT) * (day - since).days / span
        y = TOP + (height - TOP - BOTTOM) * (1 - spent / (top * 3600))
        return round(x, 1), round(y, 1)

    def line(number: int) -> list[tuple[float, float]]:
        assert course is not None
        points = ((day_of(week, course.since), more) for week, more in course.fan.line(number))
        return [at(day, course.seconds + 3600 * more) for day, more in points if day]

    dots = tuple(Mark(*at(day, hours * 3600), hours * 3600, day) for hours, day in coming)
    dash = outer = inner = ""
    if course and any(mark.to_go for mark in marks):
        dash = _path(line(2))
        outer = _path([*line(0), *reversed(line(4))])
        inner = _path([*line(1), *reversed(line(3))]) if course.fan.has_inner else ""
    elif dots:
        dash = _path([at(today, seconds), _clip(at(today, seconds), dots[-1], width - RIGHT)])
    return Climb(
        width=width,
        height=height,
        seconds=seconds,
        since=since,
        path=_path([at(day, spent) for day, spent in _points(rise, today)]),
        dash=dash,
        now=at(today, seconds),
        levels=_levels(top, marks, height),
        dates=_dates(since, span, width),
        carried=tuple(
            Mark(*at(step.day, step.seconds), step.seconds - before, step.day)
            for before, step in zip((0, *(step.seconds for step in rise)), rise, strict=False)
            if step.carried
        ),
        ahead=dots,
        top=top,
        outer=outer,
        inner=inner,
    )


def _coming(marks: Sequence[Standing], course: Course | None) -> list[tuple[int, date]]:
    """(hours, day) of the milestones to come: the most likely day, or that of a flat pace."""
    days = [(mark, _day(mark, course, 2) if course else mark.due.day) for mark in marks]
    return [(mark.goal.hours, day) for mark, day in days if mark.to_go and day]


def _ends(marks: Sequence[Standing], course: Course | None) -> list[date | None]:
    """How far the picture should reach: to the latest day of each milestone to come."""
    coming = [mark for mark in marks if mark.to_go]
    if course is None:
        return [mark.due.day for mark in coming]
    last = day_of(course.fan.weeks[-1], course.since)
    return [_day(mark, course, 4) or last for mark in coming]


def _day(mark: Standing, course: Course, number: int) -> date | None:
    """One of the days of a milestone's range."""
    weeks = course.fan.when(mark.goal.hours - course.seconds / 3600)
    return day_of(weeks[number], course.since)


def until(rise: Sequence[Step], day: date) -> int:
    """Seconds in all by the end of `day`."""
    found = bisect_right(rise, day, key=lambda step: step.day)
    return rise[found - 1].seconds if found else 0


def table(rise: Sequence[Step], today: date) -> list[tuple[date, int]]:
    """(last day, seconds in all by then) of each month; over two years long, of each year."""
    if not rise:
        return []
    since, rows = rise[0].day, []
    yearly = (today - since).days > 731
    year, month = since.year, 12 if yearly else since.month
    while True:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        rows.append((min(last, today), until(rise, min(last, today))))
        if last >= today:
            return rows
        year, month = (year + 1, 12) if yearly else (year + month // 12, month % 12 + 1)


def _points(rise: Sequence[Step], today: date) -> list[tuple[date, int]]:
    """What the line goes through: at most MOST_POINTS days, and each jump of hours carried over."""
    since = rise[0].day
    every = max(1, ceil((today - since).days / MOST_POINTS))
    days = [since + timedelta(days=n) for n in range(every, (today - since).days, every)]
    points = [(day, until(rise, day)) for day in (since, *days, today)]
    if not rise[0].carried:
        points.insert(0, (since, 0))
    for before, step in pairwise(rise):
        if step.carried:
            points += [(step.day, before.seconds), (step.day, step.seconds)]
    return sorted(set(points))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _clip(start: tuple[float, float], mark: Mark, end: float) -> tuple[float, float]:
    """The point of the line from `start` to `mark` at the right edge, if it goes beyond."""
    if mark.x <= end:
        return mark.x, mark.y
    part = (end - start[0]) / (mark.x - start[0])
    return float(end), round(start[1] + part * (mark.y - start[1]), 1)


def _round_up(hours: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … hours."""
    if hours <= 1:
        return 1
    tens = 10 ** floor(log10(hours))
    return next(int(step * tens) for step in (1, 2, 5, 10) if step * tens >= hours)


def _levels(top: int, marks: Sequence[Standing], height: int) -> tuple[Label, ...]:
    """The ground, the top, the next milestone, the others and the half, as far as there is room."""
    coming = sorted(mark.goal.hours for mark in marks if mark.to_go)
    passed = sorted((mark.goal.hours for mark in marks if not mark.to_go), reverse=True)
    kept: dict[int, float] = {}
    for hours in (0, top, *coming, *passed, top // 2):
        y = round(TOP + (height - TOP - BOTTOM) * (1 - hours / top), 1)
        if all(abs(y - other) >= APART for other in kept.values()):
            kept[hours] = y
    return tuple(Label(y, hours=hours) for hours, y in sorted(kept.items()))


def _dates(since: date, span: int, width: int) -> tuple[Label, ...]:
    """The first of January of every so many years, or the first of every so many months."""
    a_day = (width - LEFT - RIGHT) / span
    months = next((n for n in (1, 2, 3, 6) if n * 30.4 * a_day >= 62), 0)
    by_year = span > 3 * 365 or not months
    if by_year:
        years = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if n * 365 * a_day >= 40)
        last = since.year + span // 365 + 1
        firsts = [date(y, 1, 1) for y in range(since.year, last + 1) if y % years == 0]
    else:
        count = range(since.year * 12, (since.year + 4) * 12, months)
        firsts = [date(n // 12, n % 12 + 1, 1) for n in count]
    found: list[Label] = []
    for day in firsts:
        x = LEFT + (day - since).days * a_day
        if LEFT <= x <= width - RIGHT - 10:
            names_year = by_year or day.month == 1 or not found
            label = Label(round(x, 1), 0, day, names_year, names_month=not by_year)
            found.append(label)
    return tuple(found)
