"""What the pages of one request show of the hours, each part read once."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from studio.store.models import Setting
from timelog.days import Days, monday_of
from timelog.models import DayTotal, Kind, Milestone, TimeEntry
from timelog.pace import Horizon, Week, horizon, week

PACE_DAYS = 28


@dataclass
class Hours:
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
        """What the clock runs on."""
        return TimeEntry.objects.running()

    @cached_property
    def kinds(self) -> list[Any]:
        """All kinds with their totals, in the author's order."""
        return list(Kind.objects.with_totals())

    @property
    def spent_on(self) -> list[Any]:
        """The kinds with any hours."""
        return [kind for kind in self.kinds if kind.total]

    @property
    def total(self) -> int:
        """Whole hours of all kinds."""
        return int(sum(kind.total for kind in self.kinds) // 3600)

    @property
    def choices(self) -> list[Any]:
        """The kinds one can start."""
        return [kind for kind in self.kinds if not kind.retired]

    @cached_property
    def kept(self) -> dict[str, Any]:
        """The settings of time."""
        return Setting.read_all("time.zone", "time.day_starts_at", "aim.writing")

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
    def recent(self) -> list[tuple[date, int, int]]:
        """(day, kind, seconds) of the last four weeks and this one."""
        first = min(monday_of(self.today), self.today - timedelta(days=PACE_DAYS - 1))
        rows = DayTotal.objects.between(first, self.today + timedelta(days=7))
        return list(rows.values_list("day", "kind", "seconds"))

    @cached_property
    def week(self) -> Week:
        """This week so far."""
        families = {kind.pk: kind.family for kind in self.kinds}
        monday = monday_of(self.today)
        rows = [(day, families[kind], seconds) for day, kind, seconds in self.recent]
        return week(rows, monday, self.today, self.aim)

    @cached_property
    def horizon(self) -> Horizon | None:
        """The way to the last milestone."""
        rows = list(Milestone.objects.values_list("pk", "hours", "kinds"))
        totals = {kind.pk: kind.total for kind in self.kinds}
        since = self.today - timedelta(days=PACE_DAYS - 1)
        spent = [(kind, seconds) for day, kind, seconds in self.recent if day >= since]
        return horizon(rows, totals, spent, self.today, PACE_DAYS)
