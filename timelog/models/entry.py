"""Entries of the log.

Instants are kept in UTC and durations are taken between instants, so a change to summer time adds
or removes nothing. An entry belongs to the day on which it began, by the author's own zone and the
hour at which their day begins. The totals of a day and of a kind are rows of their own, changed in
the same transaction as the entry, so that no page adds up a log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from studio.store.days import Days
from timelog.overlap import Stretch
from timelog.sharing import Thing, scaled

from .change import TimeChange
from .day_total import DayTotal
from .detour import Detour
from .kind import Kind
from .link import TimeLink
from .log import TimeEntryQuerySet

MOST_SECONDS = 24 * 3600
SECOND = timedelta(seconds=1)


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
    # Both ends are the clock's own; a correction by hand makes it the author's.
    by_clock = models.BooleanField(default=False, editable=False)
    # When the author said that it was right so far, however long.
    vouched_at = models.DateTimeField(null=True, editable=False)
    page = models.CharField(max_length=200, blank=True, editable=False)  # the clock started there
    linked = models.DateTimeField(null=True, editable=False)  # when its links were made
    key = models.UUIDField(null=True, unique=True, editable=False)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=200, null=True, unique=True)
    batch = models.UUIDField(null=True, db_index=True)
    detour = models.ForeignKey(
        Detour, models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "time entries"
        indexes = [
            # Of one row: each page asks which kind the clock runs on.
            models.Index(fields=["kind"], condition=Q(open=True), name="the_running_one"),
            models.Index(fields=["started_at"], name="by_beginning"),
            models.Index(
                fields=["started_at"],
                condition=Q(linked=None, open=None, ended_at__isnull=False),
                name="not_yet_linked",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(open=True, seconds=None, started_at__isnull=False)
                | Q(open=None, seconds__isnull=False),
                name="an_entry_runs_or_has_a_length",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.seconds}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it; a new one on a detour goes to the one it belongs to, if that can be told.

        One that an undo brings back has its id, and is what it was.
        """
        if self._state.adding and not self.pk and self.detour_id is None:
            self.detour = Detour.objects.for_entry(self.kind, self.note, self.day)
        super().save(*args, **kwargs)

    def elapsed(self, now: datetime | None = None) -> int:
        """Seconds so far, or its length when it has ended; never negative."""
        if self.seconds is not None:
            return self.seconds
        assert self.started_at is not None
        return max(0, round(((now or timezone.now()) - self.started_at).total_seconds()))

    @property
    def begins_ahead(self) -> bool:
        """Whether the clock runs and has not begun: the server's clock was set back meanwhile."""
        now = timezone.now()
        return bool(self.open and self.started_at and self.started_at > now + SECOND)

    @property
    def is_timed(self) -> bool:
        """Whether it is known when it began and ended."""
        return self.started_at is not None and self.ended_at is not None

    def by_day(self, days: Days) -> list[tuple[date, datetime, datetime, int]]:
        """(day, from, to, seconds) of each day it reaches into; nothing where it is not timed."""
        if not self.started_at or not self.ended_at:
            return []
        return Days(self.zone or days.zone_name, days.starts_at).shares(
            self.started_at, self.ended_at
        )

    def neighbours(self) -> "list[TimeEntry]":
        """Those of its kind and day that it can be joined with: the one before and the one after,
        where it is known when; else all others of that day that are not timed either."""
        same = TimeEntry.objects.closed().filter(kind=self.kind_id, day=self.day)
        same = same.exclude(pk=self.pk)
        if not self.started_at:
            return list(same.filter(started_at=None).order_by("pk")[:5])
        timed = same.filter(ended_at__isnull=False)
        before = timed.filter(started_at__lte=self.started_at).order_by("-started_at").first()
        after = timed.filter(started_at__gt=self.started_at).order_by("started_at").first()
        return [one for one in (before, after) if one]

    # --- the clock ------------------------------------------------------------------------------
    def is_same(self, kind: Kind, note: str, at: datetime) -> bool:
        """Whether a start of `kind` at that instant would only start what runs already."""
        assert self.started_at is not None
        return self.kind_id == kind.pk and note in {"", self.note} and self.started_at <= at

    def is_stopped_first_at(self, at: datetime | None) -> bool:
        """Whether a stop counts: of what runs, or told late and before the one that counted."""
        if self.open or at is None:
            return self.open is True
        if not (self.by_clock and self.started_at and self.ended_at):
            return False
        return self.started_at <= at < self.ended_at

    def end(self, at: datetime) -> None:
        """Let it end at that instant; within a transaction that holds its row."""
        assert self.started_at is not None
        # A clock that was set back while it ran must not give negative time.
        ended = max(at, self.started_at)
        seconds = round((ended - self.started_at).total_seconds())
        DayTotal.add(self.day, self.kind_id, seconds - (self.seconds or 0))
        self.open, self.ended_at, self.seconds, self.linked = None, ended, seconds, None
        self.save(update_fields=["open", "ended_at", "seconds", "linked"])

    # --- corrections, each of which can be undone -------------------------------------------------
    def change(
        self, *, kind: Kind, day: date, seconds: int, note: str, stretch: Stretch | None = None
    ) -> TimeChange | None:
        """Correct it. With a `stretch` that is when it was; else a new length keeps the start."""
        fields = {"kind": kind, "day": day, "seconds": seconds, "note": note, "stretch": stretch}
        change = TimeEntry.objects.place(fields, old=self)
        self.refresh_from_db()
        return change

    def correct(
        self, kind: Kind, day: date, seconds: int, note: str, stretch: Stretch | None = None
    ) -> None:
        """Write the correction into this row, which is locked; the totals are the caller's."""
        was = self.seconds
        if stretch:
            self.started_at, self.ended_at, self.zone = stretch.start, stretch.end, stretch.zone
        elif self.day != day:
            self.started_at = self.ended_at = None
        elif self.started_at and seconds != was:
            self.ended_at = self.started_at + timedelta(seconds=seconds)
        self.kind, self.day, self.seconds, self.note = kind, day, seconds, note
        if kind.family != Kind.Family.DETOUR:
            self.detour = None
        self.rewritten(was)

    def move(self, stretch: Stretch) -> None:
        """Let it be at another time, of the same kind; as `correct`."""
        starts_at = Days.of_the_studio().starts_at
        day = Days(self.zone, starts_at).of(stretch.start) if self.zone else self.day
        stretch = replace(stretch, zone=self.zone)
        self.correct(self.kind, day, stretch.seconds, self.note, stretch)

    def rewritten(self, was: int | None) -> None:
        """Keep what a hand changed of it; links by hand keep their proportion, others are found
        anew when the time is another."""
        self.by_clock = False
        self.vouched_at = timezone.now()
        if self.pk and (was != self.seconds or self.linked is None):
            if self.links.filter(by_hand=True).exists():
                TimeLink.objects.fit(self)
            else:
                self.links.all().delete()
                self.linked = None
        self.save()

    def split(
        self, parts: Iterable[tuple[datetime | None, datetime | None, int, date]], what: Any = None
    ) -> TimeChange | None:
        """Make one entry of each part (start, end, seconds, day), in their order, of the same kind
        and note; the first is this one."""
        with TimeChange.recorded(what or TimeChange.What.SPLIT, self) as work:
            (old,) = work.rows
            hand = {link.thing: link.seconds for link in old.links.filter(by_hand=True)}
            for number, part in enumerate(parts):
                piece = old if number == 0 else old.twin()
                was = piece.seconds
                piece.started_at, piece.ended_at, piece.seconds, piece.day = part
                piece.rewritten(was)
                if number and hand:
                    seconds = scaled(list(hand.values()), piece.seconds or 0)
                    TimeLink.objects.give(piece, dict(zip(hand, seconds, strict=True)), True)
                work.made.append(piece)
        return work.change

    def twin(self) -> "TimeEntry":
        """Another one of the same kind and note, not yet kept."""
        return TimeEntry(
            kind_id=self.kind_id,
            note=self.note,
            zone=self.zone,
            page=self.page,
            source=self.source,
            batch=self.batch,
            detour_id=self.detour_id,
        )

    def join(self, other: "TimeEntry") -> TimeChange | None:
        """Make one of two: with what lies between them where both are timed, else their sum."""
        with TimeChange.recorded(TimeChange.What.JOIN, self, other) as work:
            mine, theirs = work.rows
            was = mine.seconds
            if mine.is_timed and theirs.is_timed:
                starts = [row.started_at for row in work.rows if row.started_at]
                ends = [row.ended_at for row in work.rows if row.ended_at]
                mine.started_at, mine.ended_at = min(starts), max(ends)
                mine.seconds = round((mine.ended_at - mine.started_at).total_seconds())
            else:
                mine.seconds = (mine.seconds or 0) + (theirs.seconds or 0)
            mine.day = min(mine.day, theirs.day)
            mine.note = mine.note or theirs.note
            theirs.delete()
            mine.rewritten(was)
            work.made = [mine]
        return work.change

    def remove(self) -> TimeChange | None:
        """Take it out of the log."""
        with TimeChange.recorded(TimeChange.What.REMOVE, self) as work:
            work.rows[0].delete()
        return work.change

    def vouch(self) -> TimeChange | None:
        """So long a time is right."""
        with TimeChange.recorded(TimeChange.What.VOUCH, self) as work:
            (row,) = work.rows
            row.vouched_at = timezone.now()
            row.save(update_fields=["vouched_at"])
            work.made = [row]
        return work.change

    def cut(self, at: datetime) -> TimeChange | None:
        """It ended then, whether it runs or not."""
        with TimeChange.recorded(TimeChange.What.CUT, self) as work:
            (row,) = work.rows
            row.finish(at)
            work.made = [row]
        return work.change

    def leave_out(self, since: datetime, until: datetime) -> TimeChange | None:
        """A break lay between: this one ends where it began, and another begins after it, which
        runs if this one did."""
        with TimeChange.recorded(TimeChange.What.BREAK, self) as work:
            (row,) = work.rows
            rest, ended = row.twin(), row.ended_at
            rest.started_at, rest.open, rest.by_clock = until, row.open, row.by_clock
            row.finish(since)
            rest.day = Days(row.zone, Days.of_the_studio().starts_at).of(until)
            rest.vouched_at = timezone.now()
            if ended:
                rest.ended_at = ended
                rest.seconds = round((ended - until).total_seconds())
            rest.save()
            work.made = [row, rest]
        return work.change

    def finish(self, at: datetime) -> None:
        """Let it end then, as a correction; the totals are the caller's."""
        assert self.started_at is not None
        was, self.open, self.ended_at = self.seconds, None, at
        self.seconds = round((at - self.started_at).total_seconds())
        self.rewritten(was)

    def tie(self, shares: Mapping[Thing, int]) -> TimeChange | None:
        """Say by hand what it went to; nothing at all may be right as well."""
        with TimeChange.recorded(TimeChange.What.LINK, self) as work:
            (row,) = work.rows
            TimeLink.objects.give(row, shares, by_hand=True)
            row.linked = timezone.now()
            row.save(update_fields=["linked"])
            work.made = [row]
        return work.change
