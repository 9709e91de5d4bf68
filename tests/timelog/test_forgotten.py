"""A clock that was left running: the end is proposed from what was saved, and never just taken."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median

import pytest
import time_machine
from django.contrib.messages import get_messages
from hypothesis import given
from hypothesis import strategies as st

from projects.writing.models import Revision
from studio.store.models import Setting
from tests.images import make as images
from tests.writing import make as writing
from timelog.forgotten import forgotten, usual_length
from timelog.linking import link_new
from timelog.models import TimeEntry
from timelog.traces import saved

from . import make
from .make import reconcile, unhurried

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 19, 9, tzinfo=UTC)
FOUR = timedelta(hours=4)


def at(hours, minutes=0):
    return NINE + timedelta(hours=hours - 9, minutes=minutes)


@pytest.fixture(autouse=True)
def utc():
    Setting.write("time.zone", "UTC")


@pytest.fixture
def scene():
    with time_machine.travel(at(8), tick=False):
        return writing.scene("晶格并不发光。")


def write_at(scene, *instants):
    for number, instant in enumerate(instants):
        with time_machine.travel(instant, tick=False):
            scene.refresh_from_db()
            scene.revise(f"雪落在阵列上。{number} {instant}", base=scene.head)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def look(client, address="/time/", now=None):
    with time_machine.travel(now or at(19), tick=False):
        client.cookies.clear()
        client.force_login(client.owner)
        return text_of(client.get(address))


def act(client, entry, way, **more):
    with time_machine.travel(at(19), tick=False):
        client.cookies.clear()
        client.force_login(client.owner)
        return client.post(f"/time/entries/{entry.pk}/silence/", {"way": way, **more})


@pytest.fixture
def client(client, owner):
    client.owner = owner
    return client


def log():
    rows = TimeEntry.objects.order_by("started_at")
    return [
        (f"{row.started_at:%H:%M}", row.ended_at and f"{row.ended_at:%H:%M}", row.open)
        for row in rows
    ]


# --- the proposal -------------------------------------------------------------------------------
def test_the_end_is_proposed_where_the_last_thing_was_saved(client, scene):
    TimeEntry.objects.start(make.kind(), now=NINE)
    write_at(scene, at(9, 30), at(12, 5))
    for address in ("/", "/time/", "/time/running/"):
        page = look(client, address)
        assert "The clock has run for 10 h" in page
        assert 'name="at" required value="12:05"' in page
    assert "Forgotten? Nothing saved since" in look(client, "/concepts/")
    assert log() == [("09:00", None, True)]


def test_nothing_is_said_while_things_are_saved_or_it_has_not_run_long(client, scene):
    TimeEntry.objects.start(make.kind(), now=NINE)
    assert "When did the work end?" not in look(client, now=at(12, 59))
    write_at(scene, at(12), at(15, 30), at(18))
    assert "When did the work end?" not in look(client)


def test_the_patience_is_the_authors(client, scene):
    TimeEntry.objects.start(make.kind(), now=NINE)
    write_at(scene, at(12))
    Setting.write("time.forgotten_after", 8)
    assert "When did the work end?" not in look(client)
    Setting.write("time.forgotten_after", 7)
    assert "When did the work end?" in look(client)


def test_where_nothing_was_saved_the_usual_length_is_proposed_and_named_as_that(client):
    for hour in (1, 3, 5):
        TimeEntry.objects.start(make.kind(), now=at(hour))
        TimeEntry.objects.stop(now=at(hour, 50))
    TimeEntry.objects.start(make.kind(), now=NINE)
    page = look(client)
    assert "Nothing was saved in that time; the end below is only your usual length." in page
    assert 'name="at" required value="09:50"' in page


def test_every_room_bears_witness(scene):
    with time_machine.travel(at(10), tick=False):
        picture = images.version().image
    write_at(scene, at(11))
    found = saved(NINE, at(19))
    assert found == [(at(10), ("image", picture.pk)), (at(11), ("scene", scene.pk))]
    assert saved(at(10), at(10, 59)) == []


def test_what_was_brought_in_is_no_witness(scene):
    Revision.objects.update(kind="import", created=at(10))
    assert saved(NINE, at(19)) == []


# --- what is done about it ----------------------------------------------------------------------
def test_cut_there_ends_it_with_the_last_save_and_can_be_undone(client, scene):
    entry = TimeEntry.objects.start(make.kind(), now=NINE)
    write_at(scene, at(12, 5) + timedelta(seconds=23))
    last = (at(12, 5) + timedelta(seconds=23)).isoformat()
    answer = act(client, entry, "cut", at="12:05", last=last)
    entry.refresh_from_db()
    assert (entry.seconds, entry.open) == (3 * 3600 + 5 * 60 + 23, None)
    reconcile()
    undo = next(iter(get_messages(answer.wsgi_request))).extra_tags
    with time_machine.travel(at(19), tick=False):
        client.post(undo)
    assert log() == [("09:00", None, True)]
    reconcile()


def test_the_end_may_be_corrected_before_it_is_cut(client, scene):
    entry = TimeEntry.objects.start(make.kind(), now=NINE)
    act(client, entry, "cut", at="13:20", last=at(12, 5).isoformat())
    assert log() == [("09:00", "13:20", None)]
    reconcile()


def test_a_break_is_left_out_and_the_clock_goes_on(client, scene):
    entry = TimeEntry.objects.start(make.kind(), now=NINE)
    write_at(scene, at(12, 5))
    act(client, entry, "break", at="12:05", last=at(12, 5).isoformat())
    assert log() == [("09:00", "12:05", None), ("19:00", None, True)]
    assert "When did the work end?" not in look(client)
    reconcile()


def test_a_break_ends_with_the_first_save_after_it(client, scene):
    entry = TimeEntry.objects.start(make.kind(), now=NINE)
    write_at(scene, at(11), at(17, 30), at(18, 45))
    page = look(client)
    assert "Split: a break until 17:30" in page
    act(client, entry, "break", at="11:00", last=at(11).isoformat(), back=at(17, 30).isoformat())
    assert log() == [("09:00", "11:00", None), ("17:30", None, True)]


def test_kept_it_is_not_asked_about_again_until_the_next_silence(client, scene):
    entry = TimeEntry.objects.start(make.kind(), now=NINE)
    act(client, entry, "keep")
    assert log() == [("09:00", None, True)]
    assert "When did the work end?" not in look(client, now=at(22))
    assert "When did the work end?" in look(client, now=at(23, 30))


def test_an_entry_that_was_stopped_late_is_asked_about_as_well(client, scene):
    TimeEntry.objects.start(make.kind(), now=NINE)
    write_at(scene, at(10))
    entry = TimeEntry.objects.stop(now=at(18))
    with time_machine.travel(at(18, 1), tick=False):
        link_new()
    page = look(client)
    assert "The clock ran for 9 h" in page
    act(client, entry, "cut", at="10:00", last=at(10).isoformat())
    assert log() == [("09:00", "10:00", None)]
    assert "When did the work end?" not in look(client)
    reconcile()


@pytest.mark.parametrize("given_", ["", "25:00", "soon", "08:30", "19:30"])
def test_an_end_outside_of_it_is_refused_and_nothing_changes(client, given_):
    entry = TimeEntry.objects.start(make.kind(), now=NINE)
    answer = act(client, entry, "cut", at=given_)
    [message] = get_messages(answer.wsgi_request)
    assert str(message) == "Write a time between its beginning and its end."
    assert log() == [("09:00", None, True)]


# --- how good it is -----------------------------------------------------------------------------
def test_on_forgetful_days_the_proposed_end_is_within_ten_minutes_by_the_median():
    """A session of half an hour to three and a half: a save every few minutes while one works,
    pauses to think, the last save some minutes before one gets up; found hours later."""
    chance = Random(1947)
    errors = []
    for _ in range(400):
        work = timedelta(minutes=chance.uniform(30, 210))
        marks, now = [], timedelta(0)
        while True:
            now += timedelta(minutes=chance.expovariate(1 / 6) + (chance.random() < 0.1) * 15)
            if now >= work:
                break
            marks.append(NINE + now)
        found = forgotten(NINE, NINE + work + timedelta(hours=chance.uniform(4.5, 14)), marks, FOUR)
        assert found is not None
        errors.append(abs(found.last - (NINE + work)).total_seconds() / 60)
    assert median(errors) <= 10
    assert sorted(errors)[int(0.9 * len(errors))] <= 30


INSTANTS = st.lists(st.integers(-60, 1500).map(lambda n: NINE + timedelta(minutes=n)), max_size=12)


@unhurried
@given(INSTANTS, st.integers(0, 1440), st.integers(1, 24))
def test_a_proposal_always_lies_within_and_its_silence_is_long_enough(marks, length, hours):
    end, patience = NINE + timedelta(minutes=length), timedelta(hours=hours)
    found = forgotten(NINE, end, marks, patience)
    if found is None:
        edges = sorted({NINE, end, *(mark for mark in marks if NINE < mark < end)})
        assert all(two - one < patience for one, two in pairwise(edges))
        return
    assert NINE < found.last < (found.back or end) <= end
    assert found.saved is False or found.last in marks
    assert (
        not [mark for mark in marks if found.last < mark < (found.back or end)] or not found.saved
    )


def test_the_usual_length_is_the_median():
    assert usual_length([600, 1200, 90_000]) == timedelta(minutes=20)
