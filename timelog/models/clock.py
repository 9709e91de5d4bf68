"""The one clock: start, switch and stop, from any device, now or told late.

A command that was given without a network comes with the instant at which it was given. It takes
its place among what other devices did meanwhile: each start ends what ran at its instant, and the
first stop of an entry wins, however late it arrives. An entry that was corrected by hand is no
longer the clock's, and no late command changes it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from studio.lib.prepared import Given, prepared, prepared_once
from studio.store.days import Days

from .command import ClockCommand
from .day_total import DayTotal
from .kind import Kind
from .known_again import KnownAgain


class ClockQuerySet(KnownAgain):
    """The clock's part of what one can ask and tell the log."""

    def running(self) -> Any:
        """What the clock runs on, if it runs."""
        return self.select_related("kind").filter(open=True).first()

    def start(
        self,
        kind: Kind,
        note: str = "",
        *,
        key: UUID | None = None,
        at: datetime | None = None,
        page: str = "",
        now: datetime | None = None,
        days: Days | None = None,
    ) -> Any:
        """Start the clock on `kind`; what ran before is stopped at the same instant.

        What runs already goes on when it is the same kind and no other note. `key` is the
        client's: the same key again changes nothing. `at` is when a late command was given. When
        two devices start at once the database lets one through, and both get that one.
        """
        key = key or uuid4()
        if known := ClockCommand.objects.known(key):
            return known.entry
        now, days = now or timezone.now(), days or Days.of_the_studio()
        about: dict[str, Any] = {"kind": kind, "note": note, "page": page, "key": key}
        verb = ClockCommand.Verb.START
        try:
            with transaction.atomic():
                command = ClockCommand.objects.create(key=key, verb=verb, at=at or now)
                command.entry = self._begin(at or now, at is not None, days, about)
                command.save(update_fields=["entry"])
                return command.entry
        except IntegrityError:
            if known := ClockCommand.objects.known(key):
                return known.entry
            running = self.running()
            if running is None:
                raise
            ClockCommand.objects.get_or_create(
                key=key, defaults={"verb": verb, "at": at or now, "entry": running}
            )
            return running

    def _begin(self, at: datetime, late: bool, days: Days, about: dict[str, Any]) -> Any:
        """The entry that begins at `at`; a late one ends where the next one began."""
        before = self.select_for_update(of=("self",)).filter(open=True).first()
        if before and before.started_at and not late:
            at = max(at, before.started_at)  # the server's clock was set back
        if before and before.is_same(about["kind"], about["note"], at):
            return before
        ran = self._running_at(at) if late else before
        if ran is not None:
            ran.end(at)
        after = self.filter(by_clock=True, started_at__gt=at) if late else self.none()
        until = after.order_by("started_at").values_list("started_at", flat=True).first()
        begun = {"started_at": at, "day": days.of(at), "zone": days.zone_name, "by_clock": True}
        if until is None:
            return self.create(**about, **begun, open=True)
        seconds = round((until - at).total_seconds())
        DayTotal.add(days.of(at), about["kind"].pk, seconds)
        return self.create(**about, **begun, ended_at=until, seconds=seconds)

    def _running_at(self, at: datetime) -> Any:
        """What the clock ran on at that instant."""
        then = self.select_for_update(of=("self",)).filter(by_clock=True, started_at__lte=at)
        return then.filter(Q(open=True) | Q(ended_at__gt=at)).order_by("-started_at").first()

    def stop(
        self,
        *,
        of: str = "",
        key: UUID | None = None,
        at: datetime | None = None,
        now: datetime | None = None,
    ) -> Any:
        """Stop the clock. The first stop wins; a second one finds nothing and changes nothing.

        `of` names the entry that was seen running, by its id or by the key of its start: a stop
        that arrives late must not stop what began since. `at` is when a late stop was given.
        """
        try:
            with transaction.atomic():
                entry = self._seen_running(of)
                if key:
                    ClockCommand.objects.create(
                        key=key, verb=ClockCommand.Verb.STOP, at=at or timezone.now(), entry=entry
                    )
                if entry is None or not entry.is_stopped_first_at(at):
                    return None
                entry.end(at or now or timezone.now())
        except IntegrityError:  # the same command, sent again or by another tab at the same moment
            return None
        return entry

    def _seen_running(self, of: str) -> Any:
        if not of:
            rows = what_runs()
        elif of.isdecimal():
            rows = of_id(id=int(of)) if len(of) < 19 else []
        else:
            rows = begun_by(key=of)
        return rows[0] if rows else None


# What a stop looks for, each row locked.
def _locked(**which: Any) -> Any:
    rows = apps.get_model("timelog", "TimeEntry").objects.select_for_update(of=("self",))
    return rows.filter(**which).order_by("pk")[:1]


what_runs = prepared(lambda: _locked(open=True))
of_id = prepared_once(lambda: _locked(pk=Given("id", models.BigIntegerField())))
begun_by = prepared_once(
    lambda: _locked(
        pk__in=ClockCommand.objects.filter(key=Given("key", models.UUIDField())).values("entry")
    )
)
