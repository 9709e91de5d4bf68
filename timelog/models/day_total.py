"""The totals of each day: rows of their own, so that no page adds up a log."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Sum

from timelog.outlook import daily_of
from timelog.tasks import ask_later

from .kind import Kind


class DayTotalQuerySet(models.QuerySet["DayTotal"]):
    """Which totals."""

    def between(self, first: date, last: date) -> "DayTotalQuerySet":
        """Those of the days from `first` to `last`, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def since(self, first: date) -> "DayTotalQuerySet":
        """Those from `first` on."""
        return self.filter(day__gte=first)

    def rises(self) -> "models.QuerySet[DayTotal, Any]":
        """(day, kind, seconds) of each."""
        return self.values_list("day", "kind", "seconds")

    def daily(self, kinds: Collection[int], until: date, since: date | None = None) -> list[float]:
        """Hours of each day up to `until`, the kinds together: see outlook.daily_of."""
        rows = self.filter(kind__in=kinds, day__lte=until).order_by().values("day")
        sums = rows.annotate(sum=Sum("seconds")).values_list("day", "sum")
        return daily_of(dict(sums), since, until)


class DayTotal(models.Model):
    """Seconds of one kind on one day; the sum of its entries, always."""

    day = models.DateField()
    kind = models.ForeignKey(Kind, models.CASCADE, related_name="days")
    seconds = models.BigIntegerField(default=0)

    objects = DayTotalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind"], name="one_total_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind_id} {self.seconds}"

    @classmethod
    def add(cls, day: date, kind_id: int, seconds: int) -> None:
        """Add `seconds` (less than zero takes away) to the day and to the kind's own sum."""
        if not seconds:
            return
        total = cls.objects.filter(day=day, kind_id=kind_id)
        if not total.update(seconds=F("seconds") + seconds):
            cls.objects.get_or_create(day=day, kind_id=kind_id)
            total.update(seconds=F("seconds") + seconds)
        Kind.objects.filter(pk=kind_id).update(seconds=F("seconds") + seconds)
        ask_later()

    @classmethod
    def add_all(cls, sums: Mapping[tuple[date, int], int]) -> None:
        """Add many (day, kind) -> seconds at once, in a few queries."""
        changes = sorted((key, seconds) for key, seconds in sums.items() if seconds)
        DayTotal.objects.bulk_create(
            [DayTotal(day=day, kind_id=kind) for (day, kind), _seconds in changes],
            ignore_conflicts=True,
            batch_size=500,
        )
        wanted = dict(changes)
        days = [day for (day, _kind), _seconds in changes]
        totals = DayTotal.objects.between(min(days), max(days)) if days else DayTotal.objects.none()
        rows = [row for row in totals.order_by("day", "kind") if (row.day, row.kind_id) in wanted]
        by_kind: dict[int, int] = {}
        for row in rows:
            seconds = wanted[row.day, row.kind_id]
            row.seconds = F("seconds") + seconds
            by_kind[row.kind_id] = by_kind.get(row.kind_id, 0) + seconds
        DayTotal.objects.bulk_update(rows, ["seconds"], batch_size=300)
        for kind_id, seconds in sorted(by_kind.items()):
            Kind.objects.filter(pk=kind_id).update(seconds=F("seconds") + seconds)
        ask_later()
