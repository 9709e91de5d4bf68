"""Which entries of the log, and writing one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Max, Min, Prefetch, Q, Sum
from django.utils import timezone

from timelog.overlap import Stretch

from .change import TimeChange
from .clock import ClockQuerySet
from .day_total import DayTotal
from .detour import Detour
from .kind import Kind
from .link import TimeLink


class TimeEntryQuerySet(ClockQuerySet):
    """Which entries."""

    def closed(self) -> "TimeEntryQuerySet":
        """Those that have ended."""
        return self.filter(open=None)

    def unnamed(self) -> "TimeEntryQuerySet":
        """Those on a detour that has no name, or whose detour was removed."""
        nameless = Q(detour=None) | Q(detour__trashed=True)
        return self.closed().filter(nameless, kind__family=Kind.Family.DETOUR)

    def total(self) -> int:
        """Seconds of all of them."""
        return int(self.aggregate(sum=Sum("seconds"))["sum"] or 0)

    def give(self, detour: Detour) -> int:
        """Give `detour` the hours since it began that have no name; says how many entries."""
        return self.unnamed().filter(day__gte=detour.began).update(detour=detour)

    def spans_since(self, first: date) -> Any:
        """(start, end, zone) of those whose hours are known, of the days from `first`."""
        known = self.closed().exclude(started_at=None).exclude(ended_at=None)
        return known.filter(day__gte=first).values_list("started_at", "ended_at", "zone")

    def latest_notes(self, number: int) -> Any:
        """(kind, note) of the latest entries with a note, the latest first."""
        rows: Any = self.exclude(note="").order_by("-pk").values_list("kind", "note")
        return rows[:number]

    def batches(self) -> "models.QuerySet[Any, Any]":
        """What was brought in at once, the latest first: rows of what each batch holds."""
        rows: models.QuerySet[Any, Any] = (
            self.exclude(batch=None)
            .order_by()
            .values("batch")
            .annotate(
                source=Max("source"),
                entries=Count("pk"),
                sum=Sum("seconds"),
                first=Min("day"),
                last=Max("day"),
                made=Min("created"),
            )
            .order_by("-made")
        )
        return rows

    def in_week(self, monday: date) -> "TimeEntryQuerySet":
        """Those of the seven days from `monday`, newest first."""
        return (
            self.closed()
            .select_related("kind")
            .filter(day__gte=monday, day__lt=monday + timedelta(days=7))
            .order_by("-day", F("started_at").desc(nulls_last=True), "-pk")
            .prefetch_related(
                Prefetch("links", TimeLink.objects.with_things(), to_attr="shown_links")
            )
        )

    def overlapping(self, start: datetime, end: datetime) -> "TimeEntryQuerySet":
        """Those that share time with the stretch from `start` to `end`, the earliest first."""
        timed = self.closed().filter(started_at__lt=end, ended_at__gt=start)
        return timed.select_related("kind").order_by("started_at", "pk")

    def latest_lengths(self, kind: int, number: int = 20) -> list[int]:
        """Seconds of the latest entries of a kind that the clock made."""
        rows = self.closed().filter(kind=kind, by_clock=True).order_by("-pk")
        return list(rows.values_list("seconds", flat=True)[:number])

    def perhaps_too_long(self, seconds: int, since: datetime) -> "TimeEntryQuerySet":
        """Those of the clock that took so long, ended since then and were not looked at."""
        ended = self.closed().filter(by_clock=True, vouched_at=None, started_at__gt=since)
        return ended.select_related("kind").filter(seconds__gte=seconds).order_by("-started_at")

    def unlinked(self) -> "TimeEntryQuerySet":
        """Those with a beginning and an end of which it was not yet seen what they went to."""
        return self.closed().filter(linked=None, started_at__isnull=False, ended_at__isnull=False)

    def log(self, kind: Kind, day: date, seconds: int, note: str = "", **fields: Any) -> Any:
        """Write an entry by hand."""
        with transaction.atomic():
            entry = self.create(kind=kind, day=day, seconds=seconds, note=note, **fields)
            DayTotal.add(day, kind.pk, seconds)
        return entry

    def place(
        self,
        fields: dict[str, Any],
        moved: Mapping[int, Stretch] | None = None,
        old: Any = None,
    ) -> "TimeChange | None":
        """Write an entry (kind, day, seconds, note, and stretch if it is known when), or correct
        `old`, and move others out of its way; all of it as one change that can be undone."""
        moved = moved or {}
        others = list(self.filter(pk__in=moved))
        what = TimeChange.What.EDIT if old else TimeChange.What.ADD
        with TimeChange.recorded(what, *([old] if old else []), *others) as work:
            for row in work.rows:
                if row.pk in moved:
                    row.move(moved[row.pk])
                else:
                    row.correct(**fields)
            made = work.rows if old else [*work.rows, self.write(**fields)]
            work.made = made
        return work.change

    def write(
        self, kind: Kind, day: date, seconds: int, note: str, stretch: Stretch | None = None
    ) -> Any:
        """A row by hand; the totals are the caller's."""
        entry = self.model(
            kind=kind, day=day, seconds=seconds, note=note, vouched_at=timezone.now()
        )
        if stretch:
            entry.started_at, entry.ended_at = stretch.start, stretch.end
            entry.zone = stretch.zone
        entry.save(force_insert=True)
        return entry
