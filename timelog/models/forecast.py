"""Forecasts: made by the worker, kept, and held against what came.

One a day at most for each set of kinds that a milestone counts. It is made of whole days, so it
stands until the next one however the clock runs; it is made anew when what it was made of has
changed. The bands of the first of each week are kept as rows of their own and scored when their
time has come: seven forecasts of nearly the same days would be one outcome counted seven times.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from math import ceil, floor
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Min, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from studio.store.days import Days
from studio.store.models import Setting
from timelog import outlook
from timelog.books import Way, way_of_the_book
from timelog.duration import in_minutes
from timelog.fan import HORIZONS, METHOD, MISSES, learn
from timelog.reach import Goal, Step, goals, steps
from timelog.tasks import ask_later

from .day_total import DayTotal
from .kind import Kind, OpeningBalance
from .milestone import Milestone

LEVEL = "time.level_from"  # the setting: the day this level began on


class ForecastQuerySet(models.QuerySet["Forecast"]):
    """Which forecasts, and the making of them."""

    def shown(self) -> "ForecastQuerySet":
        """Those that stand now, each with `held` of `scored` of all bands, and `first_due`."""
        bands = ForecastBand.objects.order_by().values(all=Value(1))
        held = bands.filter(held=True).annotate(n=Count("pk")).values("n")
        scored = bands.exclude(held=None).annotate(n=Count("pk")).values("n")
        first_due = bands.filter(held=None).annotate(n=Min("due")).values("n")
        return self.filter(current=True).annotate(
            held=Coalesce(Subquery(held), 0),
            scored=Coalesce(Subquery(scored), 0),
            first_due=Subquery(first_due),
        )

    def begin_level(self, day: date | None) -> None:
        """Let what is foretold rest on the days from `day` on; None for all there are."""
        with transaction.atomic():
            if day:
                Setting.write(LEVEL, day.isoformat())
            else:
                Setting.forget(LEVEL)
            ask_later()

    def make(self, today: date | None = None) -> int:
        """Score what is due, then forecast what has changed; returns how many were made. Slow."""
        today = today or Days.of_the_studio().today()
        ForecastBand.objects.score(today)
        writing = Kind.objects.writing()
        wanted = sets_of(goals(Milestone.objects.marks()), writing)
        of_others = self.filter(current=True).exclude(kinds__in=map(key_of, wanted))
        of_others.update(current=False, fan=None)
        way = way_of_the_book(timezone.now(), lambda day: hours_since(writing, day))
        return sum(
            self._make_one(kinds, marks, today, way if kinds == writing else None)
            for kinds, marks in wanted.items()
        )

    def _make_one(
        self, kinds: frozenset[int], marks: Sequence[Goal], today: date, way: Way | None
    ) -> bool:
        """Forecast one set of kinds, if it is not so already."""
        key = key_of(kinds)
        material = material_of(kinds, today)
        misses = ForecastBand.objects.misses(key)
        hours = [mark.hours for mark in marks]
        content = sha256(repr((METHOD, today, material, misses, hours, way)).encode()).hexdigest()
        if self.filter(kinds=key, current=True, content=content).exists():
            return False
        further = [material.seconds / 3600 + way.hours] if way else []
        told = outlook.look(material, hours, misses, further)
        with transaction.atomic():
            before = self.filter(kinds=key, current=True)
            before.exclude(made_on=today).update(current=False, fan=None)
            if told is None:
                before.update(current=False, fan=None)
                return False
            fields = {
                "content": content,
                "seconds": material.seconds,
                "is_own": told.is_own,
                "fan": told.fan.kept(),
                "quantiles": told.quantiles(today),
                "way": way and way._asdict(),
                "current": True,
            }
            made, _new = self.update_or_create(made_on=today, kinds=key, defaults=fields)
            made.promise(told, misses)
        return True


class Forecast(models.Model):
    """What was said on a day of the hours of some kinds."""

    made_on = models.DateField()
    kinds = models.CharField(max_length=400)  # their ids, "1,4": a forecast outlives a milestone
    content = models.CharField(max_length=64)  # hash of all it was made of
    seconds = models.BigIntegerField()  # in all, before the day began
    is_own = models.BooleanField()  # else from other people's logs
    # The whole fan of the one that stands; of those before, their few figures are enough.
    fan = models.JSONField(null=True)
    # By "4 w" and "2000 h": the five figures; hours gained, or days.
    quantiles = models.JSONField(default=dict)
    way = models.JSONField(null=True)  # of the book in the making, where writing is foretold
    current = models.BooleanField(default=True, db_index=True)
    made = models.DateTimeField(auto_now=True)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "kinds"]
        constraints = [
            models.UniqueConstraint(fields=["made_on", "kinds"], name="one_forecast_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.made_on} {self.kinds}"

    @property
    def kind_ids(self) -> frozenset[int]:
        """The kinds it counts."""
        return kinds_of(self.kinds)

    def promise(self, told: "outlook.Outlook", misses: dict[int, float]) -> None:
        """Keep its bands to be scored, if it is the first of its week and from an own log."""
        monday = self.made_on - timedelta(days=self.made_on.weekday())
        week = Forecast.objects.filter(kinds=self.kinds, made_on__gte=monday)
        if not told.is_own or week.filter(made_on__lt=self.made_on, is_own=True).exists():
            return
        self.bands.all().delete()
        bands = [
            ForecastBand(
                forecast=self,
                weeks=weeks,
                low=told.fan.hours(weeks, 0),
                high=told.fan.hours(weeks, 4),
                miss=misses[weeks],
                due=self.made_on + timedelta(weeks=weeks),
            )
            for weeks in HORIZONS
        ]
        for hours, range_ in told.ranges.items():
            if range_.early is None:
                continue  # it says nothing that could fail
            latest = None if range_.latest is None else ceil(7 * range_.latest)
            due = None if latest is None else self.made_on + timedelta(days=latest)
            low = floor(7 * range_.early)
            bands.append(ForecastBand(forecast=self, hours=hours, low=low, high=latest, due=due))
        ForecastBand.objects.bulk_create(bands)


class ForecastBandQuerySet(models.QuerySet["ForecastBand"]):
    """Which bands, and their score."""

    def misses(self, kinds: str) -> dict[int, float]:
        """What the outer band of each horizon is let miss, learned from what became of others."""
        found = dict.fromkeys(HORIZONS, MISSES)
        scored = self.filter(forecast__kinds=kinds, weeks__isnull=False).exclude(held=None)
        for weeks, held in scored.order_by("due", "pk").values_list("weeks", "held"):
            assert weeks is not None
            found[weeks] = learn(found[weeks], not held, 1 / weeks)
        return found

    def score(self, today: date) -> None:
        """Hold against the log what can be told by now."""
        can_tell = Q(weeks__isnull=False, due__lte=today) | Q(hours__isnull=False)
        waiting = self.filter(can_tell, held=None).select_related("forecast")
        rises: dict[str, list[Step]] = {}
        for band in waiting.order_by("pk"):
            key = band.forecast.kinds
            if key not in rises:
                rises[key] = rise_of(kinds_of(key), today)
            band.settle(rises[key], today)


class ForecastBand(models.Model):
    """An 80 % band: of the hours of so many weeks, or of the days until so many hours in all."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="bands")
    weeks = models.PositiveSmallIntegerField(null=True)
    hours = models.PositiveIntegerField(null=True)
    low = models.FloatField()
    high = models.FloatField(null=True)  # none: beyond the fan
    miss = models.FloatField(default=MISSES)  # what it was let miss
    due = models.DateField(null=True, db_index=True)  # when it can be told at the latest
    held = models.BooleanField(null=True)

    objects = ForecastBandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks=None, hours__isnull=False) | Q(weeks__isnull=False, hours=None),
                name="a_band_is_of_hours_or_of_days",
            )
        ]

    def __str__(self) -> str:
        what = f"{self.weeks} weeks" if self.weeks else f"{self.hours} h"
        return f"{self.forecast} {what}"

    def settle(self, rise: Sequence[Step], today: date) -> None:
        """Say whether it held, as far as that can be told from `rise` by `today`."""
        begun = self.forecast.made_on
        if self.weeks:
            end = begun + timedelta(weeks=self.weeks)
            if end > today:
                return
            came = outlook.spent_between(rise, begun, end) / 3600
            # Kept figures are rounded to the hundredth.
            self.held = self.low - 0.01 <= came <= (self.high or 0) + 0.01
            self.save(update_fields=["held"])
            return
        reached = next((s for s in rise if in_minutes(s.seconds) >= (self.hours or 0) * 60), None)
        if reached is not None and (reached.carried or reached.day < begun):
            self.delete()  # hours carried over, or written down later: nothing was foretold
        elif reached is not None:
            days = (reached.day - begun).days
            self.held = self.low <= days and (self.high is None or days <= self.high)
            self.save(update_fields=["held"])
        elif self.due is not None and today > self.due:
            self.held = False
            self.save(update_fields=["held"])


def key_of(kinds: Iterable[int]) -> str:
    """{4, 1} -> "1,4"."""
    return ",".join(map(str, sorted(kinds)))


def kinds_of(key: str) -> frozenset[int]:
    """ "1,4" -> {1, 4}."""
    return frozenset(map(int, key.split(",")))


def sets_of(marks: Iterable[Goal], writing: frozenset[int]) -> dict[frozenset[int], list[Goal]]:
    """The milestones by what they count; and writing, which decides when a book is done."""
    found: dict[frozenset[int], list[Goal]] = {}
    for mark in marks:
        found.setdefault(mark.kinds, []).append(mark)
    if writing:
        found.setdefault(writing, [])
    return found


def hours_since(kinds: frozenset[int], day: date) -> float:
    """Hours of `kinds` from `day` on."""
    spent = DayTotal.objects.since(day).filter(kind__in=kinds).aggregate(sum=Sum("seconds"))
    return (spent["sum"] or 0) / 3600


def rise_of(kinds: frozenset[int], today: date) -> list[Step]:
    """How the hours of `kinds` rose."""
    spent = DayTotal.objects.filter(kind__in=kinds).order_by("day").rises()
    return steps(kinds, spent, OpeningBalance.objects.rises(), today)


def material_of(kinds: frozenset[int], today: date) -> "outlook.Material":
    """All that a forecast of `kinds` is made of, up to the night before `today`."""
    night = today - timedelta(days=1)
    level = level_from(Setting.read(LEVEL))
    balances = OpeningBalance.objects.filter(kind__in=kinds, as_of__lte=today)
    spent = DayTotal.objects.filter(kind__in=kinds, day__lt=today)
    rows = balances.order_by("as_of", "pk").values_list("began", "as_of", "seconds")
    carried = tuple(outlook.Carried(*row) for row in rows)
    total = sum(one.seconds for one in carried) + sum(spent.values_list("seconds", flat=True))
    return outlook.Material(
        today=today,
        seconds=total,
        daily=tuple(DayTotal.objects.daily(kinds, since=level, until=night)),
        carried=carried,
        level=level,
    )


def level_from(kept: Any) -> date | None:
    """The day that is kept in the setting, if it is one."""
    try:
        return date.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        return None
