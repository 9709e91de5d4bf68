"""Hours that other programs timed: known again by when they were, and put among those here."""

from datetime import UTC, date, datetime

import pytest

from studio.store.models import Setting
from tests.writing import make as writing
from timelog.bring_in import bring_in, take_back
from timelog.found import look
from timelog.incoming import Reading, Spent, Wishes, read
from timelog.models import Kind, TimeEntry, TimeLink
from timelog.models.change import told

from . import make
from .exports import activitywatch, event, packed, toggl
from .make import reconcile

pytestmark = pytest.mark.django_db


# --- files of other programs ----------------------------------------------------------------------
NIGHT = ("Film", "shot 07", "2026-11-18 23:00:00", "2026-11-19 01:00:00", "02:00:00", "")
NOON = ("Novel", "灯塔", "2026-11-19 00:30:00", "2026-11-19 02:30:00", "02:00:00", "")


def of_toggl(*rows, zone="Asia/Shanghai", **options):
    return bring_in(read(toggl(*rows), wishes=Wishes(zone=zone)), **options)


def test_an_entry_keeps_when_it_was_and_where():
    of_toggl(NIGHT)
    entry = TimeEntry.objects.get()
    assert entry.started_at == datetime(2026, 11, 18, 15, tzinfo=UTC)
    assert entry.ended_at == datetime(2026, 11, 18, 17, tzinfo=UTC)
    assert (entry.zone, entry.seconds, entry.day.day) == ("Asia/Shanghai", 7200, 18)


def test_an_export_that_has_grown_adds_only_what_is_new():
    assert len(of_toggl(NIGHT).new) == 1
    grown = of_toggl(NOON, NIGHT)
    assert (len(grown.new), grown.known, TimeEntry.objects.count()) == (1, 1, 2)
    reconcile()


def test_a_project_is_the_kind_it_was_last_time():
    of_toggl(NIGHT, wanted={"film": make.kind("detour")})
    found = of_toggl(NIGHT, (*NOON[:1], "b", *NOON[2:]), NOON)
    assert str(found.kinds["film"].kind) == "Detour"
    assert Kind.objects.filter(name="Film").count() == 0
    make.kind("detour").entries.all().delete()
    make.kind("detour").delete()
    other = read(toggl(("Film", "c", *NOON[2:])), wishes=Wishes(zone="UTC"))
    assert look(other).kinds["film"].is_new


def test_rows_over_one_another_and_over_hours_that_are_here_are_pointed_out():
    found = look(read(toggl(NIGHT, NOON), wishes=Wishes(zone="Asia/Shanghai")))
    assert [(one.line, other.line, pk) for one, other, pk in found.overlapping] == [(3, 2, 0)]
    of_toggl(NIGHT)
    found = look(read(toggl(NIGHT, NOON), wishes=Wishes(zone="Asia/Shanghai")))
    here = TimeEntry.objects.get().pk
    assert [(one.line, other, pk) for one, other, pk in found.overlapping] == [(3, None, here)]
    touching = ("Film", "", "2026-11-19 01:00:00", "2026-11-19 02:00:00", "01:00:00", "")
    assert look(read(toggl(touching), wishes=Wishes(zone="Asia/Shanghai"))).overlapping == []


def test_equal_rows_are_counted_and_rows_in_doubt_are_listed():
    twice = ("Film", "", "2026-10-25 02:10:00", "2026-10-25 02:30:00", "00:20:00", "")
    found = look(read(toggl(twice, twice, NIGHT), wishes=Wishes(zone="Europe/Berlin")))
    assert (found.repeated, [each.line for each in found.doubts]) == (1, [2, 3])


def watched(seconds, day="2026-11-19"):
    window = [event(f"{day}T09:00:00+00:00", seconds, app="Photoshop")]
    return read(packed(activitywatch(window)))


def test_a_day_that_has_grown_adds_what_is_more_and_parts_come_back_in_any_order():
    first = bring_in(watched(600.0))
    second = bring_in(watched(1500.0))
    assert [each.seconds for _, each in second.new] == [900]
    assert bring_in(watched(1500.0)).new == []
    assert bring_in(watched(1200.0)).new == []
    take_back(first.batch)
    reconcile()
    assert Kind.objects.get(name="Photoshop").seconds == 900
    bring_in(watched(1500.0))
    assert Kind.objects.get(name="Photoshop").seconds == 1500
    reconcile()


# --- rows that share time -------------------------------------------------------------------------
ELEVEN = ("Film", "b", "2026-11-19 11:00:00", "2026-11-19 13:00:00", "02:00:00", "")
TWELVE = ("Film", "c", "2026-11-19 12:30:00", "2026-11-19 14:00:00", "01:30:00", "")


def timed(start, end, **fields):
    began = datetime(2026, 11, 19, start, tzinfo=UTC)
    ended = datetime(2026, 11, 19, end, tzinfo=UTC)
    times = {"started_at": began, "ended_at": ended, "zone": "UTC"}
    return make.entry(end - start, **times, **fields)


def log():
    """Every column of every entry with its links, but for the batch they came with."""
    rows = TimeEntry.objects.order_by("pk")
    return [told(row) for row in rows.prefetch_related("links")]


def clocks():
    rows = TimeEntry.objects.order_by("started_at", "pk")
    return [(f"{r.started_at:%H:%M}", f"{r.ended_at:%H:%M}", r.seconds // 60) for r in rows]


@pytest.mark.parametrize(
    ("way", "rows"),
    [
        ("trim", [("09:00", "11:00", 120), ("11:00", "12:30", 90), ("12:30", "14:00", 90)]),
        ("after", [("09:00", "12:00", 180), ("12:00", "13:00", 60), ("13:00", "14:00", 60)]),
        ("both", [("09:00", "12:00", 180), ("11:00", "13:00", 120), ("12:30", "14:00", 90)]),
        ("nonsense", [("09:00", "12:00", 180), ("11:00", "13:00", 120), ("12:30", "14:00", 90)]),
    ],
)
def test_rows_that_share_time_come_in_as_was_said_and_taking_back_restores_all(way, rows):
    scene = writing.scene()
    here = timed(9, 12, by_clock=True, note="第十四章", linked=datetime(2026, 11, 20, tzinfo=UTC))
    TimeLink.objects.create(entry=here, scene=scene, seconds=4000, by_hand=True)
    before = log()
    found = of_toggl(ELEVEN, TWELVE, zone="UTC", ways={"": way})
    assert clocks() == rows
    assert found.shortened == (way == "trim")
    reconcile()
    assert of_toggl(ELEVEN, TWELVE, zone="UTC", ways={"": "trim"}).new == []
    gone = take_back(found.batch)
    assert (gone.entries, gone.stayed, log()) == (2, 0, before)
    reconcile()


def test_one_row_may_be_settled_in_another_way_than_all():
    timed(9, 12)
    seen = look(read(toggl(ELEVEN, TWELVE), wishes=Wishes(zone="UTC")))
    ways = {"": "trim", seen.overlapping[0].mark: "after"}
    of_toggl(ELEVEN, TWELVE, zone="UTC", ways=ways)
    assert clocks() == [("09:00", "12:00", 180), ("12:00", "12:30", 30), ("12:30", "14:00", 90)]
    reconcile()


def test_an_entry_that_made_room_and_was_changed_since_stays_as_it_is():
    here, gone = timed(9, 12), timed(12, 14)
    late = ("Film", "d", "2026-11-19 13:00:00", "2026-11-19 15:00:00", "02:00:00", "")
    found = of_toggl(ELEVEN, late, zone="UTC", ways={"": "trim"})
    here.refresh_from_db()
    here.change(kind=here.kind, day=here.day, seconds=60, note="mine")
    gone.refresh_from_db()
    gone.remove()
    assert take_back(found.batch).stayed == 2
    assert [(row.seconds, row.note) for row in TimeEntry.objects.all()] == [(60, "mine")]
    reconcile()


def test_a_row_with_a_break_is_never_longer_than_the_time_it_is_left():
    timed(9, 12)
    began, ended = (datetime(2026, 11, 19, hour, tzinfo=UTC) for hour in (11, 13))
    row = Spent(2, date(2026, 11, 19), 5400, "video", start=began, end=ended, zone="UTC")
    bring_in(Reading(spent=[row]), "kimai", ways={"": "after"})
    assert clocks()[1] == ("12:00", "13:00", 60)


def test_a_row_that_begins_past_the_hour_at_which_days_begin_is_of_the_next_day():
    Setting.write("time.day_starts_at", 4)
    began, ended = datetime(2026, 11, 19, 22, tzinfo=UTC), datetime(2026, 11, 20, 6, tzinfo=UTC)
    make.entry(8, started_at=began, ended_at=ended, zone="UTC")
    night = ("Film", "b", "2026-11-20 03:00:00", "2026-11-20 07:00:00", "04:00:00", "")
    of_toggl(night, zone="UTC", ways={"": "after"})
    assert TimeEntry.objects.get(note="b").day == date(2026, 11, 20)
    reconcile()


def test_a_failure_while_entries_make_room_changes_nothing(monkeypatch):
    timed(9, 12)
    before = log()
    monkeypatch.setattr(TimeEntry.objects.__class__, "bulk_create", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        of_toggl(ELEVEN, zone="UTC", ways={"": "trim"})
    assert log() == before
    reconcile()
