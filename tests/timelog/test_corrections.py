"""Split, join, undo: each one change that can be taken back, the totals always right."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.store.models import Setting
from timelog.models import NotUndone, TimeChange, TimeEntry

from . import make
from .berlin import (
    THURSDAY,
    at,
    log,
    now,  # noqa: F401
    timed,
)
from .make import reconcile, said, text_of, unhurried

pytestmark = pytest.mark.django_db


# --- split and join -----------------------------------------------------------------------------
def test_an_entry_is_split_at_a_time_and_joined_and_each_can_be_undone(studio_client):
    entry = timed("09:00", "12:00", note="第十四章")
    answer = studio_client.post(f"/time/entries/{entry.pk}/split/", {"at": "10:30"})
    [(words, undo)] = said(answer)
    halves = [("writing", "09:00", "10:30", 90), ("writing", "10:30", "12:00", 90)]
    assert (words, log()) == ("Split.", halves)
    assert set(TimeEntry.objects.values_list("note", flat=True)) == {"第十四章"}
    reconcile()
    first, second = TimeEntry.objects.order_by("started_at")
    page = text_of(studio_client.get(f"/time/entries/{first.pk}/edit/"))
    assert "Join with 10:30–12:00" in page
    answer = studio_client.post(f"/time/entries/{first.pk}/join/{second.pk}/")
    assert log() == [("writing", "09:00", "12:00", 180)]
    studio_client.post(said(answer)[-1][1])
    assert log() == halves
    studio_client.post(undo)
    assert log() == [("writing", "09:00", "12:00", 180)]
    assert TimeEntry.objects.get().note == "第十四章"
    reconcile()


def test_an_entry_without_times_is_split_by_a_length(studio_client):
    entry = make.entry(3)
    studio_client.post(f"/time/entries/{entry.pk}/split/", {"at": "1h20"})
    assert sorted(TimeEntry.objects.values_list("seconds", flat=True)) == [4800, 6000]
    first, second = TimeEntry.objects.order_by("pk")
    studio_client.post(f"/time/entries/{first.pk}/join/{second.pk}/")
    assert TimeEntry.objects.get().seconds == 3 * 3600
    reconcile()


@pytest.mark.parametrize("where", ["", "08:00", "12:00", "25:99", "soon", "09:00"])
def test_a_split_outside_of_it_is_refused_and_nothing_changes(studio_client, where):
    entry = timed("09:00", "12:00")
    answer = studio_client.post(f"/time/entries/{entry.pk}/split/", {"at": where})
    assert said(answer) == [(f"“{where}” does not lie within it.", "")]
    assert log() == [("writing", "09:00", "12:00", 180)]
    assert not TimeChange.objects.exists()


def test_only_neighbours_of_one_kind_and_day_are_joined(studio_client):
    entry, other = timed("09:00", "10:00"), timed("11:00", "12:00", "video")
    answer = studio_client.post(f"/time/entries/{entry.pk}/join/{other.pk}/")
    assert said(answer) == [("These two are not neighbours of one day and one kind.", "")]
    assert len(log()) == 2


def test_an_entry_over_midnight_on_a_day_of_25_hours_splits_in_2_and_25_and_1(studio_client):
    Setting.write("time.day_starts_at", 0)
    saturday = date(2026, 10, 24)
    entry = timed("22:00", "01:00", day=saturday, last=saturday + timedelta(days=2))
    assert entry.seconds == 28 * 3600
    page = text_of(studio_client.get(f"/time/entries/{entry.pk}/edit/"))
    assert "Split where the day begins" in page
    studio_client.post(f"/time/entries/{entry.pk}/split/", {"at": "days"})
    rows = TimeEntry.objects.order_by("started_at").values_list("day", "seconds")
    hours = [(day - saturday, seconds / 3600) for day, seconds in rows]
    assert hours == [(timedelta(0), 2.0), (timedelta(1), 25.0), (timedelta(2), 1.0)]
    reconcile()


# --- undo ---------------------------------------------------------------------------------------
def test_the_history_lists_corrections_and_undoes_them(studio_client):
    entry = timed("09:00", "12:00", note="初稿")
    entry.remove()
    page = text_of(studio_client.get("/time/changes/"))
    assert ("Removed" in page, "初稿" in page) == (True, True)
    studio_client.post(f"/time/changes/{TimeChange.objects.get().pk}/undo/")
    assert log() == [("writing", "09:00", "12:00", 180)]
    assert "Undone" in text_of(studio_client.get("/time/changes/"))


def test_an_undo_leaves_alone_what_was_changed_since():
    entry = timed("09:00", "12:00")
    change = entry.split(
        [(at("09:00"), at("10:00"), 3600, THURSDAY), (at("10:00"), at("12:00"), 7200, THURSDAY)]
    )
    TimeEntry.objects.order_by("started_at").last().remove()
    with pytest.raises(NotUndone):
        change.undo()
    assert log() == [("writing", "09:00", "10:00", 60)]
    reconcile()


@unhurried
@given(st.lists(st.tuples(st.sampled_from("esjru"), st.integers(1, 20)), max_size=8))
def test_undone_in_turn_all_changes_lead_back_to_the_beginning(steps):
    TimeEntry.objects.all().delete()
    TimeChange.objects.all().delete()
    from timelog.models import DayTotal, Kind

    DayTotal.objects.all().delete()
    Kind.objects.update(seconds=0)
    for hour in (8, 10, 12):
        timed(f"{hour:02d}:00", f"{hour + 1:02d}:00")
    before = log()
    done = []
    for step, number in steps:
        rows = list(TimeEntry.objects.order_by("started_at"))
        if not rows:
            break
        entry = rows[number % len(rows)]
        if step == "e":
            done.append(
                entry.change(kind=entry.kind, day=entry.day, seconds=60 * number, note="改")
            )
        elif step == "s" and entry.seconds > 120:
            cut = entry.started_at + timedelta(seconds=60)
            parts = [(entry.started_at, cut, 60, entry.day)]
            parts.append((cut, entry.ended_at, entry.seconds - 60, entry.day))
            done.append(entry.split(parts))
        elif step == "j" and entry.neighbours():
            done.append(entry.join(entry.neighbours()[0]))
        elif step == "r":
            done.append(entry.remove())
        elif step == "u" and done:
            done.pop().undo()
        reconcile()
    while done:
        done.pop().undo()
        reconcile()
    assert log() == before
