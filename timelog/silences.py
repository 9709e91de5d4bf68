"""Entries of the clock in which nothing was saved for long, and what the author's patience is."""

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from studio.store.days import Days
from timelog.forgotten import PATIENCE, USUAL, Forgotten, forgotten, usual_length
from timelog.models import TimeEntry
from timelog.traces import saved

AFTER = "time.forgotten_after"  # the setting: hours without a save


class Silences:
    """The part of the hours that looks for a forgotten clock; the rest is read by who has it."""

    if TYPE_CHECKING:

        @property
        def running(self) -> TimeEntry | None: ...
        @property
        def kept(self) -> dict[str, Any]: ...
        @property
        def recent(self) -> list[tuple[date, int, int]]: ...
        @property
        def today(self) -> date: ...
        @property
        def days(self) -> Days: ...

    @cached_property
    def forgotten(self) -> Forgotten | None:
        """Where the clock was perhaps forgotten; costs nothing until it has run so long."""
        return self.silence_of(self.running) if self.running else None

    @property
    def patience(self) -> timedelta:
        """How long nothing may be saved while the clock runs."""
        hours = self.kept.get(AFTER, PATIENCE)
        return timedelta(hours=hours if isinstance(hours, int) and 1 <= hours <= 24 else PATIENCE)

    def silence_of(self, entry: TimeEntry) -> Forgotten | None:
        """The longest silence of an entry of the clock, if it is longer than the patience."""
        start, end = entry.started_at, entry.ended_at or timezone.now()
        if entry.vouched_at and start:
            start = max(start, entry.vouched_at)  # so far it was right
        if start is None or end - start < self.patience:
            return None
        marks = [at for at, _thing in saved(start, end)]
        usual = USUAL
        if not marks:
            usual = usual_length(TimeEntry.objects.latest_lengths(entry.kind_id))
        return forgotten(start, end, marks, self.patience, usual)

    @cached_property
    def left_running(self) -> list[tuple[TimeEntry, Forgotten]]:
        """Entries of the last days that were perhaps stopped late; asked only where a day has so
        many hours at all."""
        seconds = int(self.patience.total_seconds())
        since = self.today - timedelta(days=2)
        if all(length < seconds for day, _kind, length in self.recent if day >= since):
            return []
        rows = TimeEntry.objects.perhaps_too_long(seconds, self.days.begin(since))[:3]
        found = [(row, self.silence_of(row)) for row in rows]
        return [(row, silence) for row, silence in found if silence]
