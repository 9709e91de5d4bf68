"""A Thursday evening in Berlin, and entries with the times of its clocks."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from studio.store.models import Setting
from timelog.models import TimeEntry

from . import make

THURSDAY = date(2026, 11, 19)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def now():
    Setting.write("time.zone", "Europe/Berlin")
    with time_machine.travel(datetime(2026, 11, 19, 20, tzinfo=UTC), tick=False):
        yield


def at(clock, day=THURSDAY):
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), BERLIN)


def timed(start, end, kind="writing", note="", day=THURSDAY, last=None):
    begun, ended = at(start, day), at(end, last or day)
    seconds = round((ended.astimezone(UTC) - begun.astimezone(UTC)).total_seconds())
    return TimeEntry.objects.log(
        make.kind(kind),
        day,
        seconds,
        note,
        started_at=begun,
        ended_at=ended,
        zone="Europe/Berlin",
    )


def log():
    """(kind, from, to, minutes) of each entry, in Berlin."""
    return [
        (
            row.kind.key,
            row.started_at and f"{row.started_at.astimezone(BERLIN):%H:%M}",
            row.ended_at and f"{row.ended_at.astimezone(BERLIN):%H:%M}",
            row.seconds // 60,
        )
        for row in TimeEntry.objects.select_related("kind").order_by("started_at", "pk")
    ]


def new(client, **given):
    fields = {"kind": make.kind("video").pk, "day": "2026-11-19", **given}
    return client.post("/time/entries/new/", fields)
