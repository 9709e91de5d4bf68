"""Split, join, edit, overlaps: each one change that can be undone, the totals always right."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages import get_messages
from hypothesis import given
from hypothesis import strategies as st

from studio.store.days import Days
from studio.store.models import Setting
from timelog.models import NotUndone, TimeChange, TimeEntry
from timelog.overlap import Stretch, fixes, union
from timelog.wall import instants

from . import make
from .make import reconcile, unhurried

pytestmark = pytest.mark.django_db
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


def text_of(answer):
    return " ".join(answer.content.decode().split())


def said(answer):
    return [(str(each), each.extra_tags) for each in get_messages(answer.wsgi_request)]


def new(client, **given):
    fields = {"kind": make.kind("video").pk, "day": "2026-11-19", **given}
    return client.post("/time/entries/new/", fields)


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


# --- overlaps -----------------------------------------------------------------------------------
def test_an_entry_that_shares_time_is_offered_three_ways_and_nothing_is_written(studio_client):
    timed("09:00", "12:00", note="第十四章")
    answer = new(studio_client, begins="11:00", ends="13:00")
    page = text_of(answer)
    assert (answer.status_code, log()) == (422, [("writing", "09:00", "12:00", 180)])
    for words in ("09:00–12:00 Writing", "Trim the earlier one", "09:00–12:00 → 09:00–11:00"):
        assert words in page
    for words in ("Start where the earlier one ends", "12:00–13:00", "Keep both"):
        assert words in page


@pytest.mark.parametrize(
    ("way", "rows"),
    [
        ("trim", [("writing", "09:00", "11:00", 120), ("video", "11:00", "13:00", 120)]),
        ("after", [("writing", "09:00", "12:00", 180), ("video", "12:00", "13:00", 60)]),
        ("both", [("writing", "09:00", "12:00", 180), ("video", "11:00", "13:00", 120)]),
    ],
)
@pytest.mark.parametrize("by", ["fields", "line", "edit"])
def test_each_way_out_does_what_it_says_and_is_undone_as_one(studio_client, way, rows, by):
    timed("09:00", "12:00")
    if by == "fields":
        answer = new(studio_client, begins="11:00", ends="13:00", overlap=way)
    elif by == "line":
        line = {"line": "11:00-13:00 film", "kind": make.kind("video").pk, "overlap": way}
        answer = studio_client.post("/time/quick/", line)
    else:
        entry = timed("14:00", "16:00", "video")
        fields = {"kind": entry.kind_id, "day": "2026-11-19", "begins": "11:00", "ends": "13:00"}
        address = f"/time/entries/{entry.pk}/edit/"
        assert studio_client.post(address, fields).status_code == 422
        answer = studio_client.post(address, fields | {"overlap": way})
    assert log() == rows
    reconcile()
    studio_client.post(said(answer)[-1][1])
    assert log()[0] == ("writing", "09:00", "12:00", 180)
    assert len(log()) == (2 if by == "edit" else 1)
    reconcile()


def test_a_line_that_shares_time_asks_with_its_day_written_out(studio_client):
    timed("09:00", "12:00")
    answer = studio_client.post("/time/quick/", {"line": "today 11:00 to 13:00 写第14章"})
    assert answer.status_code == 422
    assert 'value="2026-11-19 11:00-13:00 写第14章"' in text_of(answer)
    assert len(log()) == 1


def test_a_way_that_leaves_nothing_of_one_is_not_offered(studio_client):
    timed("09:00", "12:00")
    page = text_of(new(studio_client, begins="10:00", ends="11:00"))
    assert 'value="after"' not in page
    page = text_of(new(studio_client, begins="09:00", ends="13:00"))
    assert 'value="trim"' not in page


def test_the_week_names_both_its_sums_where_entries_share_time(studio_client):
    timed("09:00", "12:00")
    assert "by the clock" not in text_of(studio_client.get("/time/"))
    timed("11:00", "13:00", "video")
    page = text_of(studio_client.get("/time/"))
    assert "4 h by the clock, 5 h by sum" in page


MINUTES = st.integers(0, 600).map(
    lambda n: datetime(2026, 11, 19, tzinfo=UTC) + timedelta(0, 60 * n)
)
STRETCHES = st.tuples(MINUTES, st.integers(1, 300)).map(
    lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1]))
)


@unhurried
@given(STRETCHES, st.lists(STRETCHES, min_size=1, max_size=4))
def test_trimmed_or_put_after_the_new_one_shares_no_time(new_one, others):
    rows = [Stretch(*pair, pk) for pk, pair in enumerate(others, 1)]
    stretch = Stretch(*new_one)
    sharing = [row for row in rows if row.start < stretch.end and row.end > stretch.start]
    for name, fix in fixes(stretch, sharing).items():
        moved = {row.pk: row for row in fix.moved}
        for row in (moved.get(row.pk, row) for row in sharing):
            assert row.seconds > 0
            if name != "both":
                assert row.end <= fix.new.start or row.start >= fix.new.end
        assert fix.new.seconds > 0


@unhurried
@given(st.lists(STRETCHES, max_size=6))
def test_the_union_counts_each_minute_once(pairs):
    covered = {
        start + timedelta(minutes=n)
        for start, end in pairs
        for n in range(round((end - start).total_seconds() / 60))
    }
    assert union(pairs) == 60 * len(covered)


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
