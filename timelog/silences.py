"""Entries of the clock in which nothing was saved for long, and what the author's patience is."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from studio.store.models import Setting
from timelog.forgotten import PATIENCE, PATIENCES, USUAL, Forgotten, forgotten, usual_length
from timelog.models import TimeEntry
from timelog.traces import saved

AFTER = "time.forgotten_after"  # the setting: hours without a save
LEFT = "time.left_running"  # kept by the worker: ids of entries
LEAST = timedelta(hours=min(PATIENCES))  # before that no page needs to read the setting


def patience_of(kept: Mapping[str, Any]) -> timedelta:
    """How long nothing may be saved while the clock runs, by the settings."""
    hours = kept.get(AFTER, PATIENCE)
    return timedelta(hours=hours if isinstance(hours, int) and 1 <= hours <= 24 else PATIENCE)


def silence_of(entry: TimeEntry, patience: timedelta) -> Forgotten | None:
    """The longest silence of an entry of the clock, if it is as long as the patience."""
    start, end = entry.started_at, entry.ended_at or timezone.now()
    if entry.vouched_at and start:
        start = max(start, entry.vouched_at)  # so far it was right
    if start is None or end - start < patience:
        return None
    marks = [at for at, _thing in saved(start, end)]
    usual = USUAL
    if not marks:
        usual = usual_length(TimeEntry.objects.latest_lengths(entry.kind_id))
    return forgotten(start, end, marks, patience, usual)


def note_left_running() -> None:
    """Keep among the settings which entries of the last days were perhaps stopped late, so that
    Today need not look for them."""
    kept = Setting.read_all(AFTER, LEFT)
    patience, since = patience_of(kept), timezone.now() - timedelta(days=3)
    rows = TimeEntry.objects.perhaps_too_long(int(patience.total_seconds()), since)[:3]
    found = [row.pk for row in rows if silence_of(row, patience)]
    if found != kept.get(LEFT, []):
        Setting.write(LEFT, found)


class Silences:
    """The part of the hours that tells of a forgotten clock; the rest is read by who has it."""

    if TYPE_CHECKING:

        @property
        def running(self) -> TimeEntry | None: ...
        @property
        def kept(self) -> dict[str, Any]: ...

    @cached_property
    def forgotten(self) -> Forgotten | None:
        """Where the clock was perhaps forgotten; costs nothing until it has run for an hour."""
        entry = self.running
        if entry is None or entry.elapsed() < LEAST.total_seconds():
            return None
        return silence_of(entry, patience_of(self.kept))

    @cached_property
    def left_running(self) -> list[tuple[TimeEntry, Forgotten]]:
        """Entries that were perhaps stopped late; costs nothing where the worker found none."""
        pks = self.kept.get(LEFT) or []
        rows = TimeEntry.objects.closed().select_related("kind").filter(pk__in=pks, vouched_at=None)
        found = [(row, silence_of(row, patience_of(self.kept))) for row in rows] if pks else []
        return [(row, silence) for row, silence in found if silence]
