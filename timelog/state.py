"""What the pages of one request show of the hours, each part read once."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from projects.writing.worked import DAILY
from studio.lib.heat import Heat, first_day, heat
from studio.lib.prepared import prepared
from studio.store.days import Days, monday_of
from studio.store.models import Setting
from timelog.ahead import Ahead, Allocation
from timelog.climb import Climb, climb, table
from timelog.duration import whole_hours
from timelog.hours_of_day import Grid, grid, zone_named
from timelog.models import DayTotal, Detour, Forecast, Kind, Milestone, OpeningBalance, TimeEntry
from timelog.models.forecast import LEVEL, level_from
from timelog.pace import Horizon, Week, horizon, week
from timelog.reach import Goal, Standing, Step, goals, standing, steps
from timelog.silences import AFTER, LEFT, Silences
from timelog.spans import Span
from timelog.weeks import WEEKS, Aim, Column, aims, last_weeks

PACE_DAYS = 28
DETOURS = 5  # on the page of the hours; all have a page of their own

# The clock is on every page, and Today is open all day.
kinds = prepared(lambda: Kind.objects.with_totals())
KEYS = (
    "time.zone",
    "time.day_starts_at",
    "aim.writing",
    LEVEL,
    AFTER,
    LEFT,
    DAILY,
)  # the last for Today
settings = prepared(lambda: Setting.objects.under(*KEYS))
marks = prepared(lambda: Milestone.objects.marks())
forecasts = prepared(lambda: Forecast.objects.shown())
totals_since = prepared(lambda first: DayTotal.objects.since(first).rises())


@dataclass
class Hours(Silences):
    """Lazily read rows; `of(request)` gives every part of a page the same one."""

    @classmethod
    def of(cls, request: HttpRequest) -> "Hours":
        """The request's own."""
        known: Hours | None = getattr(request, "_hours", None)
        if known is None:
            known = cls()
            request._hours = known  # type: ignore[attr-defined]
        return known

    @cached_property
    def running(self) -> TimeEntry | None:
        """What the clock runs on; it came with the kinds."""
        for kind in self.kinds:
            if kind.open_id is not None:
                return TimeEntry(
                    pk=kind.open_id,
                    kind=kind,
                    started_at=kind.open_since,
                    note=kind.open_note,
                    zone=kind.open_zone,
                    vouched_at=kind.open_vouched,
                    open=True,
                )
        return None

    @cached_property
    def kinds(self) -> list[Any]:
        """All kinds with their totals, in the author's order."""
        return kinds()

    @property
    def spent_on(self) -> list[Any]:
        """The kinds with any hours."""
        return [kind for kind in self.kinds if kind.total]

    @property
    def total(self) -> int:
        """Whole hours of all kinds."""
        return whole_hours(sum(kind.total for kind in self.kinds))

    @property
    def choices(self) -> list[Any]:
        """The kinds one can start."""
        return [kind for kind in self.kinds if not kind.retired]

    @cached_property
    def kept(self) -> dict[str, Any]:
        """The settings of time."""
        return dict(settings())

    @cached_property
    def days(self) -> Days:
        """Which day it is."""
        return Days.from_settings(self.kept)

    @cached_property
    def today(self) -> date:
        """The author's day."""
        return self.days.today()

    @property
    def aim(self) -> int:
        """The share of each week that is to be writing, in percent."""
        aim = self.kept.get("aim.writing", 50)
        return aim if isinstance(aim, int) and 0 <= aim <= 100 else 50

    @cached_property
    def year(self) -> list[tuple[date, int, int]]:
        """(day, kind, seconds) of the weeks the map shows, and of days to come."""
        return totals_since(first_day(self.today))

    @cached_property
    def recent(self) -> list[tuple[date, int, int]]:
        """The same of the last four weeks only: all that Today shows, a small part of the rows."""
        known = self.__dict__.get("year")
        if known is None:
            return totals_since(self.today - timedelta(days=PACE_DAYS - 1))
        return [row for row in known if row[0] > self.today - timedelta(days=PACE_DAYS)]

    def by_family(self, rows: list[tuple[date, int, int]]) -> list[tuple[date, str, int]]:
        """The same with the kinds' families."""
        return [(day, self.families[kind], seconds) for day, kind, seconds in rows]

    @cached_property
    def families(self) -> dict[int, str]:
        """Family by kind."""
        return {kind.pk: kind.family for kind in self.kinds}

    @cached_property
    def week(self) -> Week:
        """This week so far."""
        return week(self.by_family(self.recent), monday_of(self.today), self.today, self.aim)

    @cached_property
    def heat(self) -> Heat:
        """The last 53 weeks as a map of days."""
        return heat(((day, seconds) for day, _kind, seconds in self.year), self.today)

    @cached_property
    def weeks(self) -> tuple[Column, ...]:
        """The last twelve weeks against the aim."""
        return last_weeks(self.by_family(self.year), monday_of(self.today), self.aim)

    @cached_property
    def clockwork(self) -> Grid:
        """At which hours of which days the last twelve weeks were worked."""
        first = monday_of(self.today) - timedelta(weeks=WEEKS - 1)
        spans = [
            (start, end, zone_named(zone, self.days.zone))
            for start, end, zone in TimeEntry.objects.spans_since(first)
        ]
        return grid(spans, self.days.starts_at, first)

    @cached_property
    def detours(self) -> list[Any]:
        """Those that go on, and those that wait for a word on whether they paid off."""
        return list(Detour.objects.waiting(self.today.year)[:DETOURS])

    @property
    def has_weeks(self) -> bool:
        """Whether there is anything in them."""
        return any(column.seconds for column in self.weeks)

    @property
    def weeks_table(self) -> list[tuple[Column, list[int]]]:
        """The same newest first, each with the seconds of the kinds that have an aim."""
        lengths = [[bar.seconds for bar in aim.weeks] for _kind, aim in self.aims()]
        rows = [(column, [of[n] for of in lengths]) for n, column in enumerate(self.weeks)]
        return rows[::-1]

    def aims(
        self, rows: list[tuple[date, int, int]] | None = None, monday: date | None = None
    ) -> list[tuple[Any, Aim]]:
        """Each kind with hours to aim at, against the week from `monday`; `rows` must hold it."""
        wanted = {kind.pk: kind.weekly for kind in self.choices if kind.weekly}
        now = monday_of(self.today)
        found = aims(self.year if rows is None else rows, wanted, monday or now, now)
        by_pk = {kind.pk: kind for kind in self.kinds}
        return [(by_pk[aim.kind], aim) for aim in found]

    # --- the long way ----------------------------------------------------------------------------
    @cached_property
    def goals(self) -> list[Goal]:
        """The milestones."""
        return goals(marks())

    @cached_property
    def line(self) -> frozenset[int]:
        """The kinds of the line: those of the farthest milestone; without one, all."""
        farthest = max(self.goals, key=lambda goal: goal.hours, default=None)
        return farthest.kinds if farthest else frozenset(kind.pk for kind in self.kinds)

    @property
    def line_kinds(self) -> list[Any]:
        """The same as rows, in the author's order."""
        return [kind for kind in self.kinds if kind.pk in self.line]

    @cached_property
    def horizon(self) -> Horizon | None:
        """The way to the last milestone."""
        rows = [(goal.pk, goal.hours, kind) for goal in self.goals for kind in goal.kinds]
        totals = {kind.pk: kind.total for kind in self.kinds}
        spent = [(kind, seconds) for _day, kind, seconds in self.recent]
        return horizon(rows, totals, spent, self.today, PACE_DAYS)

    def pace_of(self, kinds: frozenset[int]) -> int:
        """Seconds of `kinds` in the last four weeks."""
        return sum(seconds for _day, kind, seconds in self.recent if kind in kinds)

    @property
    def pace(self) -> int:
        """Seconds a week on the line, of the last four weeks."""
        return round(self.pace_of(self.line) * 7 / PACE_DAYS)

    @cached_property
    def rises(self) -> dict[frozenset[int], list[Step]]:
        """How the hours of each milestone's kinds rose; two queries for all of them."""
        sets = {self.line, *(goal.kinds for goal in self.goals)}
        of_all = frozenset[int]().union(*sets)
        spent = list(DayTotal.objects.filter(kind__in=of_all).order_by("day").rises())
        carried = list(OpeningBalance.objects.rises())
        return {kinds: steps(kinds, spent, carried, self.today) for kinds in sets}

    @cached_property
    def standings(self) -> list[Standing]:
        """How far each milestone is."""
        return [
            standing(goal, self.rises[goal.kinds], self.pace_of(goal.kinds), PACE_DAYS, self.today)
            for goal in self.goals
        ]

    @property
    def milestones(self) -> list[tuple[Standing, list[Any], Span | None]]:
        """The same, each with its kinds as rows, and its days as they are foretold."""
        return [
            (
                one,
                [kind for kind in self.kinds if kind.pk in one.goal.kinds],
                self.ahead.span(one) if one.to_go else None,
            )
            for one in self.standings
        ]

    @cached_property
    def ahead(self) -> "Ahead":
        """What is foretold."""
        return Ahead(list(forecasts()), self.line, self.today)

    @property
    def arithmetic(self) -> list[tuple[int, float, float]]:
        """(hours, days, years) to each milestone of the line, as the pace alone would have it."""
        a_day, row = self.ahead.flat_pace / 7, self.ahead.row
        coming = [one for one in self.standings if one.goal.kinds == self.line and one.to_go]
        if not a_day or row is None:
            return []
        days = [(one.goal.hours, (one.goal.hours * 3600 - row.seconds) / a_day) for one in coming]
        return [(hours, each, each / 365) for hours, each in days]

    @property
    def level(self) -> date | None:
        """The day this level began on, if the author said so."""
        return level_from(self.kept.get(LEVEL))

    def allocation(self, asked: str) -> Allocation | None:
        """Both dates at another share of hours for film; None where there is nothing to share."""
        writing = {pk for pk, family in self.families.items() if family == "writing"} - self.line
        on_line = [one for one in self.standings if one.goal.kinds == self.line and one.to_go]
        farthest = max((one.goal.hours for one in on_line), default=0)
        return self.ahead.allocate(self.year, writing, asked, farthest)

    @property
    def since(self) -> date | None:
        """The first day of the line."""
        rise = self.rises[self.line]
        return rise[0].day if rise else None

    @cached_property
    def climbs(self) -> list[Climb]:
        """The line from the first day on, for a wide page and for a narrow one."""
        marks = [one for one in self.standings if one.goal.kinds == self.line]
        found = [
            climb(self.rises[self.line], marks, self.today, width, height, self.ahead.course)
            for width, height in ((640, 400), (350, 260))
        ]
        return [each for each in found if each]

    @property
    def climb_table(self) -> list[tuple[date, int]]:
        """What the line shows, in numbers."""
        return table(self.rises[self.line], self.today)
