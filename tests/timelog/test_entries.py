"""The log, the one clock, and totals that are always the sum of the entries."""

import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from studio.store.days import Days
from timelog.models import DayTotal, TimeEntry

from . import make
from .make import reconcile

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def test_starting_stops_what_ran_at_the_same_instant():
    first = TimeEntry.objects.start(make.kind(), "第十四章", now=NOON)
    second = TimeEntry.objects.start(make.kind("video"), now=NOON + timedelta(minutes=40))
    first.refresh_from_db()
    assert (first.seconds, first.ended_at) == (2400, second.started_at)
    assert TimeEntry.objects.running() == second
    reconcile()


def test_the_first_stop_wins_and_the_second_changes_nothing():
    TimeEntry.objects.start(make.kind(), now=NOON)
    first = TimeEntry.objects.stop(now=NOON + timedelta(hours=1))
    second = TimeEntry.objects.stop(now=NOON + timedelta(hours=2))
    assert first is not None and (first.seconds, second) == (3600, None)
    reconcile()


def test_the_same_key_starts_one_entry():
    key = uuid4()
    first = TimeEntry.objects.start(make.kind(), key=key, now=NOON)
    assert TimeEntry.objects.start(make.kind(), key=key, now=NOON) == first
    assert TimeEntry.objects.count() == 1


def test_a_clock_set_back_while_running_gives_no_negative_time():
    TimeEntry.objects.start(make.kind(), now=NOON)
    entry = TimeEntry.objects.stop(now=NOON - timedelta(hours=1))
    assert entry is not None and (entry.seconds, entry.elapsed()) == (0, 0)


@pytest.mark.parametrize(
    ("zone", "start", "seconds", "day"),
    [
        # Berlin's clock goes back at 01:00 UTC: the hour from 2 to 3 comes twice.
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 7200, date(2026, 10, 25)),
        # New York's goes forward: the hour from 2 to 3 is missing.
        ("America/New_York", datetime(2026, 3, 8, 6, 30, tzinfo=UTC), 7200, date(2026, 3, 8)),
        ("Asia/Shanghai", datetime(2026, 11, 19, 17, tzinfo=UTC), 7200, date(2026, 11, 20)),
    ],
)
def test_a_change_of_the_clock_adds_and_removes_nothing(zone, start, seconds, day):
    TimeEntry.objects.start(make.kind(), now=start, days=Days(zone))
    entry = TimeEntry.objects.stop(now=start + timedelta(seconds=seconds))
    assert entry is not None and (entry.seconds, entry.day) == (seconds, day)


def test_the_day_begins_when_the_author_says():
    late = datetime(2026, 11, 19, 19, 30, tzinfo=UTC)  # 03:30 in Shanghai
    assert Days("Asia/Shanghai").of(late) == date(2026, 11, 20)
    assert Days("Asia/Shanghai", starts_at=4).of(late) == date(2026, 11, 19)


def test_a_removed_entry_comes_back_whole():
    TimeEntry.objects.start(make.kind(), "昨晚", now=NOON)
    entry = TimeEntry.objects.stop(now=NOON + timedelta(hours=1))
    assert entry is not None
    change = entry.remove()
    assert not TimeEntry.objects.exists()
    reconcile()
    change.undo()
    back = TimeEntry.objects.get()
    assert (back.note, back.seconds, back.started_at) == ("昨晚", 3600, NOON)
    reconcile()


class TotalsAreSums(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["log", "change", "remove"]),
                st.sampled_from(["writing", "video", "detour"]),
                st.integers(0, 6),
                st.integers(0, 86400),
            ),
            max_size=12,
        )
    )
    def test_whatever_is_done_the_totals_are_the_sum_of_the_entries(self, steps):
        for step, kind, day, seconds in steps:
            entry = TimeEntry.objects.order_by("?").first()
            when = date(2026, 11, 16) + timedelta(days=day)
            if step == "log" or entry is None:
                TimeEntry.objects.log(make.kind(kind), when, seconds)
            elif step == "change":
                entry.change(kind=make.kind(kind), day=when, seconds=seconds, note="改")
            else:
                entry.remove()
            reconcile()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["start", "stop"])
def test_two_devices_at_once_make_one_true_entry(act):
    if act == "stop":
        TimeEntry.objects.start(make.kind(), now=NOON)
    gate, problems = threading.Barrier(2), []

    def work():
        gate.wait()
        try:
            if act == "start":
                TimeEntry.objects.start(make.kind(), key=uuid4())
            else:
                TimeEntry.objects.stop(now=NOON + timedelta(hours=1))
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert TimeEntry.objects.filter(open=True).count() == (1 if act == "start" else 0)
    assert DayTotal.objects.aggregate(Sum("seconds"))["seconds__sum"] in (
        {3600} if act == "stop" else {None, 0, 1}
    )
