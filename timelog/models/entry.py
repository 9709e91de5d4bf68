"""Entries of the log, the one running clock, and the totals of each day.

Instants are kept in UTC and durations are taken between instants, so a change to summer time adds
or removes nothing. An entry belongs to the day on which it began, by the author's own zone and the
hour at which their day begins. The totals of a day and of a kind are rows of their own, changed in
the same transaction as the entry, so that no page adds up a log.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from studio.store.days import Days
from timelog.outlook import daily_of
from timelog.tasks import ask_later

from .kind import Kind
from .known_again import KnownAgain

MOST_SECONDS = 24 * 3600


class TimeEntryQuerySet(KnownAgain["TimeEntry"]):
    """Which entries, and the clock."""

    def running(self) -> "TimeEntry | None":
        """What the clock runs on, if it runs."""
        return self.select_related("kind").filter(open=True).first()

    def closed(self) -> "TimeEntryQuerySet":
        """Those that have ended."""
        return self.filter(open=None)

    def latest_notes(self, number: int) -> "models.QuerySet[TimeEntry, Any]":
        """(kind, note) of the latest entries with a note, the latest first."""
        return self.exclude(note="").order_by("-pk").values_list("kind", "note")[:number]

    def batches(self) -> "models.QuerySet[TimeEntry, Any]":
        """What was brought in at once, the latest first: rows of what each batch holds."""
        return (
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

    def in_week(self, monday: date) -> "TimeEntryQuerySet":
        """Those of the seven days from `monday`, newest first."""
        return (
            self.closed()
            .select_related("kind")
            .filter(day__gte=monday, day__lt=monday + timedelta(days=7))
            .order_by("-day", F("started_at").desc(nulls_last=True), "-pk")
        )

    def start(
        self,
        kind: Kind,
        note: str = "",
        *,
        key: UUID | None = None,
        now: datetime | None = None,
        days: Days | None = None,
    ) -> "TimeEntry":
        """Start the clock on `kind`; what ran before is stopped at the same instant.

        What runs already goes on when it is the same kind and no other note. `key` is the
        client's: the same key again answers with the same entry. When two devices start at once
        the database lets one through, and both get that one.
        """
        now, days = now or timezone.now(), days or Days.of_the_studio()
        known = self.filter(key=key).select_related("kind").first() if key else None
        if known is not None:
            return known
        try:
            with transaction.atomic():
                before = self.select_for_update(of=("self",)).filter(open=True).first()
                if before and before.kind_id == kind.pk and note in {"", before.note}:
                    return before
                self.stop(now=now)
                return self.create(
                    kind=kind,
                    note=note,
                    key=key,
                    day=days.of(now),
                    zone=days.zone_name,
                    started_at=now,
                    open=True,
                )
        except IntegrityError:
            running = self.filter(key=key).first() if key else None
            running = running or self.running()
            if running is None:
                raise
            return running

    def stop(self, *, now: datetime | None = None) -> "TimeEntry | None":
        """Stop the clock. The first stop wins; a second one finds nothing and changes nothing."""
        now = now or timezone.now()
        with transaction.atomic():
            entry = self.select_for_update(of=("self",)).filter(open=True).first()
            if entry is None:
                return None
            # A clock that was set back while it ran must not give negative time.
            assert entry.started_at is not None
            ended = max(now, entry.started_at)
            seconds = round((ended - entry.started_at).total_seconds())
            self.filter(pk=entry.pk).update(open=None, ended_at=ended, seconds=seconds)
            entry.refresh_from_db()
            DayTotal.add(entry.day, entry.kind_id, seconds)
        return entry

    def log(
        self, kind: Kind, day: date, seconds: int, note: str = "", **fields: Any
    ) -> "TimeEntry":
        """Write an entry by hand."""
        with transaction.atomic():
            entry = self.create(kind=kind, day=day, seconds=seconds, note=note, **fields)
            DayTotal.add(day, kind.pk, seconds)
        return entry


class TimeEntry(models.Model):
    """Time spent on one kind of work."""

    kind = models.ForeignKey(Kind, models.PROTECT, related_name="entries", verbose_name=_("Kind"))
    day = models.DateField(_("Day"), db_index=True)
    seconds = models.PositiveIntegerField(null=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=60, blank=True)
    note = models.CharField(pgettext_lazy("time", "Note"), max_length=500, blank=True)
    # True while the clock runs, else NULL: a unique column holds one True and any number of NULLs,
    # on SQLite and on PostgreSQL alike.
    open = models.BooleanField(null=True, default=None, unique=True, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=200, null=True, unique=True)
    batch = models.UUIDField(null=True, db_index=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "time entries"
        # Of one row: each page asks which kind the clock runs on.
        indexes = [models.Index(fields=["kind"], condition=Q(open=True), name="the_running_one")]
        constraints = [
            models.CheckConstraint(
                condition=Q(open=True, seconds=None, started_at__isnull=False)
                | Q(open=None, seconds__isnull=False),
                name="an_entry_runs_or_has_a_length",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.seconds}"

    def elapsed(self, now: datetime | None = None) -> int:
        """Seconds so far, or its length when it has ended; never negative."""
        if self.seconds is not None:
            return self.seconds
        assert self.started_at is not None
        return max(0, round(((now or timezone.now()) - self.started_at).total_seconds()))

    def change(self, *, kind: Kind, day: date, seconds: int, note: str) -> None:
        """Correct it. A new length keeps the start and moves the end."""
        with transaction.atomic():
            old = TimeEntry.objects.select_for_update().get(pk=self.pk)
            DayTotal.add(old.day, old.kind_id, -(old.seconds or 0))
            self.kind, self.day, self.seconds, self.note = kind, day, seconds, note
            if old.day != day:
                self.started_at = self.ended_at = None
            elif self.started_at and seconds != old.seconds:
                self.ended_at = self.started_at + timedelta(seconds=seconds)
            self.save()
            DayTotal.add(day, kind.pk, seconds)

    def remove(self) -> dict[str, Any]:
        """Take it out of the log; what it returns brings it back by `bring_back`."""
        with transaction.atomic():
            old = TimeEntry.objects.select_for_update().get(pk=self.pk)
            if old.seconds is not None:
                DayTotal.add(old.day, old.kind_id, -old.seconds)
            old.delete()
        return {
            # Also of one that had none: undone twice, it must come back once.
            "key": str(old.key or uuid4()),
            "kind_id": old.kind_id,
            "day": old.day.isoformat(),
            "seconds": old.seconds,
            "note": old.note,
            "zone": old.zone,
            "source": old.source,
            "source_key": old.source_key,
            "started_at": old.started_at and old.started_at.isoformat(),
            "ended_at": old.ended_at and old.ended_at.isoformat(),
            "batch": old.batch and str(old.batch),
        }

    @classmethod
    def bring_back(cls, removed: dict[str, Any]) -> "TimeEntry":
        """Undo `remove`; a second time finds it back already."""
        here = Q(key=removed["key"]) | Q(source_key__isnull=False, source_key=removed["source_key"])
        known = cls.objects.filter(here).first()
        if known is not None:
            return known
        fields = dict(removed)
        for name in ("started_at", "ended_at"):
            fields[name] = fields[name] and datetime.fromisoformat(fields[name])
        kind = Kind.objects.get(pk=fields.pop("kind_id"))
        day = date.fromisoformat(fields.pop("day"))
        return cls.objects.log(kind, day, fields.pop("seconds"), fields.pop("note"), **fields)


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
        total, _made = cls.objects.get_or_create(day=day, kind_id=kind_id)
        cls.objects.filter(pk=total.pk).update(seconds=F("seconds") + seconds)
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
