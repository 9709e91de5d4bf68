"""The times of an entry, as they are written and as the clock on the wall was."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.store.days import Days
from studio.store.models import Setting
from timelog.models import TimeEntry
from timelog.overlap import Stretch
from timelog.wall import instants

from . import make
from .berlin import (
    BERLIN,
    THURSDAY,
    at,
    log,
    new,
    now,  # noqa: F401
)
from .make import text_of, unhurried

pytestmark = pytest.mark.django_db


# --- the clock on the wall ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "day", "begins", "ends", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", "01:00", "04:00", 2.0),
        ("Europe/Berlin", "2026-10-25", "01:00", "04:00", 4.0),
        ("Australia/Lord_Howe", "2026-04-04", "23:00", "04:00", 5.5),
        ("Asia/Shanghai", "2026-11-19", "10:00", "12:40", 2 + 2 / 3),
    ],
)
def test_a_night_with_a_change_of_the_clock_has_its_true_length(
    studio_client, zone, day, begins, ends, hours
):
    Setting.write("time.zone", zone)
    Setting.write("time.day_starts_at", 0)
    new(studio_client, day=day, begins=begins, ends=ends)
    entry = TimeEntry.objects.get()
    assert (entry.seconds / 3600, entry.zone) == (pytest.approx(hours), zone)


def test_from_shanghai_to_new_york_on_one_date_takes_its_elapsed_time():
    left = datetime(2026, 11, 19, 22, tzinfo=ZoneInfo("Asia/Shanghai"))
    landed = datetime(2026, 11, 19, 13, tzinfo=ZoneInfo("America/New_York"))
    assert Stretch(left, landed).seconds == 4 * 3600


def test_a_time_that_was_left_out_is_meant_an_hour_on():
    days = Days("Europe/Berlin", 0)
    half_past_two = datetime(2026, 3, 29, 2, 30).time()
    [instant] = instants(date(2026, 3, 29), half_past_two, days)
    assert f"{instant.astimezone(BERLIN):%H:%M}" == "03:30"


@pytest.mark.parametrize(("which", "utc", "hours"), [("first", 0, 2.5), ("second", 1, 1.5)])
def test_a_time_that_came_twice_is_asked_and_kept_as_it_was_meant(studio_client, which, utc, hours):
    Setting.write("time.day_starts_at", 0)
    given_ = {"day": "2026-10-25", "begins": "02:30", "ends": "04:00"}
    page = text_of(new(studio_client, **given_))
    assert "02:30 came twice that night, as the clocks were set back. Say which one." in page
    assert not TimeEntry.objects.exists()
    new(studio_client, **given_, which=which)
    entry = TimeEntry.objects.get()
    assert entry.started_at == datetime(2026, 10, 25, utc, 30, tzinfo=UTC)
    assert entry.seconds / 3600 == hours


def test_work_after_midnight_belongs_to_the_day_before_and_says_so_again(studio_client):
    new(studio_client, begins="01:00", ends="02:30")
    entry = TimeEntry.objects.get()
    assert (entry.day, entry.started_at) == (THURSDAY, at("01:00", date(2026, 11, 20)))
    address = f"/time/entries/{entry.pk}/edit/"
    fields = {"kind": entry.kind_id, "day": "2026-11-19", "begins": "01:00", "ends": "02:30"}
    studio_client.post(address, fields | {"length": "1h30", "note": "夜"})
    again = TimeEntry.objects.get()
    assert (again.day, again.started_at, again.note) == (THURSDAY, entry.started_at, "夜")


@unhurried
@given(
    st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai", "America/St_Johns"]),
    st.integers(0, 12),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.integers(1, 4 * 86400),
)
def test_days_share_out_a_stretch_without_rest_or_gap(zone, starts_at, start, seconds):
    days, start = Days(zone, starts_at), start.replace(tzinfo=UTC)
    end = start + timedelta(seconds=seconds)
    pieces = days.shares(start, end)
    assert (pieces[0][1], pieces[-1][2]) == (start, end)
    for one, two in pairwise(pieces):
        assert (one[2], one[0] + timedelta(days=1)) == (two[1], two[0])
    assert sum(piece[3] for piece in pieces) == pytest.approx(seconds, abs=len(pieces))
    assert all(days.of(piece[1]) == piece[0] for piece in pieces)


# --- the form -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Write how long it was, or from when to when."),
        ({"ends": "12:00"}, "Write when it began, or only how long it was."),
        ({"begins": "soon", "ends": "12:00"}, "Enter a valid time."),
        (
            {"begins": "10:00", "ends": "12:00", "length": "3h"},
            "From and to make 2h00, and here stands 3h00. Leave one out.",
        ),
    ],
)
def test_a_slip_is_pointed_out(studio_client, fields, sentence):
    answer = new(studio_client, **fields)
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert not TimeEntry.objects.exists()


def test_a_beginning_and_a_length_make_an_end(studio_client):
    new(studio_client, begins="10:00", length="2h40")
    assert log() == [("video", "10:00", "12:40", 160)]


def test_seconds_of_the_clock_outlive_a_correction_of_the_note(studio_client):
    begun = at("10:00") + timedelta(seconds=23)
    TimeEntry.objects.start(make.kind(), now=begun)
    entry = TimeEntry.objects.stop(now=begun + timedelta(seconds=3605))
    fields = {"kind": entry.kind_id, "day": "2026-11-19", "begins": "10:00", "ends": "11:00"}
    studio_client.post(f"/time/entries/{entry.pk}/edit/", fields | {"length": "1h00", "note": "改"})
    entry.refresh_from_db()
    assert (entry.seconds, entry.started_at, entry.note) == (3605, begun, "改")
