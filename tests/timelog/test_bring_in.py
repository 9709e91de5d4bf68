"""Hours from elsewhere are kept once, add up exactly, and can be taken back whole."""

import threading
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from studio.store.models import Setting
from tests.writing import make as writing
from timelog.bring_in import bring_in, take_back
from timelog.found import kind_named, look
from timelog.incoming import NotRead, Reading, Spent, Wishes, read
from timelog.models import DayTotal, Detour, Kind, OpeningBalance, TimeEntry, TimeLink
from timelog.models.change import told

from . import make
from .exports import activitywatch, event, packed, toggl
from .make import reconcile

pytestmark = pytest.mark.django_db
TEXT = """日期,小时,类型,备注
2026-11-17,2.5,写作,第十四章
2026-11-18,1.5,Photoshop,shot 07
2026-11-18,1.5,Photoshop,shot 07
2026-11-19,40 min,弯路,
"""


def reading(text=TEXT):
    return read(text.encode())


def keep(text=TEXT, **options):
    return bring_in(reading(text), "spreadsheet", **options)


def entries():
    rows = TimeEntry.objects.order_by("day", "pk").values_list("day", "seconds", "kind", "note")
    names = {kind.pk: str(kind) for kind in Kind.objects.all()}
    return [(day.day, seconds, names[kind], note) for day, seconds, kind, note in rows]


def test_rows_become_entries_and_totals_add_up():
    found = keep()
    assert entries() == [
        (17, 9000, "Writing", "第十四章"),
        (18, 5400, "Photoshop", "shot 07"),
        (18, 5400, "Photoshop", "shot 07"),
        (19, 2400, "Detour", ""),
    ]
    assert {entry.batch for entry in TimeEntry.objects.all()} == {found.batch}
    assert (len(found.new), found.known, found.seconds) == (4, 0, 22200)
    assert found.months == [("2026-11", 22200)]
    reconcile()


def test_the_same_file_again_adds_nothing():
    keep()
    again = keep()
    assert (len(again.new), again.known, again.batch, again.made) == (0, 4, None, [])
    assert TimeEntry.objects.count() == 4
    reconcile()


def test_a_file_that_has_grown_adds_only_the_new_rows_wherever_they_stand():
    keep()
    head, *rows = TEXT.splitlines()
    new = ["2026-11-20,1,写作,", "2026-11-18,1.5,Photoshop,shot 07"]  # a third equal one
    grown = keep("\n".join([head, *new, *reversed(rows)]))
    assert (len(grown.new), grown.known) == (2, 4)
    assert TimeEntry.objects.filter(note="shot 07").count() == 3
    reconcile()


def test_the_same_hours_written_in_another_way_are_the_same_hours():
    keep()
    other = (
        "Note\tTime\tDate\tKind\n"
        "第十四章\t2h30\t17 Nov 2026\t 写作 \n"
        "shot 07\t1:30\t2026/11/18\tphotoshop\n"
    )
    assert (len(keep(other).new), TimeEntry.objects.count()) == (0, 4)


def test_an_entry_corrected_by_hand_stays_corrected():
    keep()
    entry = TimeEntry.objects.get(note="第十四章")
    entry.change(kind=make.kind("video"), day=date(2026, 11, 16), seconds=60, note="改")
    assert len(keep().new) == 0
    entry.refresh_from_db()
    assert (entry.note, entry.seconds) == ("改", 60)
    reconcile()


# --- kinds ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("locale", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["Film craft", "FILM  CRAFT", "video", "影像", "视频", " Ｖideo"])
def test_a_kind_is_known_by_its_key_and_its_first_name_in_both_languages(locale, name):
    with translation.override(locale):
        keep(f"date,hours,kind\n2026-11-19,1,{name}\n")
    assert TimeEntry.objects.get().kind.key == "video"
    assert Kind.objects.count() == 3


def test_the_authors_own_name_for_a_kind_goes_before_all_others():
    own = Kind.objects.create(key="own", name="video", family="detour")
    assert kind_named("Video") == own
    make.kind("video").delete()
    retired = Kind.objects.create(key="old", name="旧事", family="video", retired=True)
    keep("date,hours,kind\n2026-11-19,1,旧事\n")
    assert TimeEntry.objects.get().kind == retired


def test_an_unknown_kind_is_made_with_a_family_by_its_name():
    found = keep("date,hours,kind\n2026-11-19,1,改写\n2026-11-20,1,Sound\n2026-11-21,1,SOUND\n")
    assert [(kind.name, kind.family) for kind in found.made] == [
        ("改写", "writing"),
        ("Sound", "video"),
    ]
    assert Kind.objects.get(name="Sound").seconds == 7200


def test_the_author_says_what_an_unknown_kind_is():
    wanted = {"photoshop": make.kind("video"), "改写": "detour"}
    found = keep(TEXT + "2026-11-20,1,改写,\n", wanted=wanted)
    assert [(kind.name, kind.family) for kind in found.made] == [("改写", "detour")]
    assert TimeEntry.objects.filter(kind__key="video").count() == 2


def test_rows_without_a_kind_go_to_the_first_kind_or_the_one_that_was_named():
    keep("date,hours\n2026-11-19,1\n")
    keep("date,hours\n2026-11-20,1\n", without_kind=kind_named("弯路"))
    assert [row[2] for row in entries()] == ["Writing", "Detour"]
    with pytest.raises(NotRead):
        kind_named("nothing like it")


# --- what may count twice -------------------------------------------------------------------------
def test_hours_that_are_there_already_are_pointed_out_and_nothing_is_changed_by_looking():
    make.entry(1, day=date(2026, 11, 18))
    craft = make.kind("video")
    OpeningBalance.objects.create(kind=craft, seconds=7_009_200, as_of=date(2026, 11, 18))
    OpeningBalance.objects.create(kind=craft, seconds=3600, as_of=date(2026, 11, 1))
    found = look(reading(), "spreadsheet")
    assert (found.days_with_other_hours, found.carried_over) == (1, 7_009_200)
    assert (TimeEntry.objects.count(), Kind.objects.count()) == (1, 3)
    keep()
    again = look(reading(), "spreadsheet")
    assert (again.days_with_other_hours, again.carried_over) == (0, 0)


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


# --- taking back ----------------------------------------------------------------------------------
def test_an_import_taken_back_leaves_everything_as_it_was():
    make.entry(1, note="mine", day=date(2026, 11, 18))
    kept = keep("date,hours,kind\n2026-11-18,2,Sound\n")
    found = keep()
    gone = take_back(found.batch)
    assert (gone.entries, gone.kinds) == (4, ("Photoshop",))
    assert [row[1:] for row in entries()] == [(3600, "Writing", "mine"), (7200, "Sound", "")]
    assert set(TimeEntry.objects.values_list("batch", flat=True)) == {None, kept.batch}
    reconcile()
    assert len(keep().new) == 4


def test_a_kind_that_is_used_otherwise_outlives_the_import_that_made_it():
    found = keep()
    make.entry(1, kind=Kind.objects.get(name="Photoshop"))
    assert take_back(found.batch).kinds == ()
    assert [row[2] for row in entries()] == ["Photoshop"]
    reconcile()


def test_taking_back_what_is_gone_changes_nothing():
    found = keep()
    take_back(found.batch)
    for batch in (found.batch, uuid4()):
        assert take_back(batch).entries == 0
    reconcile()


def test_a_failure_keeps_nothing(monkeypatch):
    monkeypatch.setattr(DayTotal, "add_all", lambda sums: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep()
    assert (TimeEntry.objects.count(), Kind.objects.count()) == (0, 3)


class ImportsAreSums(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.lists(
                st.tuples(
                    st.integers(16, 20),
                    st.sampled_from([60, 3600, 86400]),
                    st.sampled_from(["写作", "video", "Sound", "音效"]),
                ),
                max_size=8,
            ),
            max_size=4,
        ),
        st.data(),
    )
    def test_totals_are_sums_and_every_row_is_there_as_often_as_in_one_file(self, files, data):
        batches = []
        for file in files:
            rows = [
                Spent(n, date(2026, 11, day), seconds, kind)
                for n, (day, seconds, kind) in enumerate(file)
            ]
            batches.append(bring_in(Reading(spent=rows), "spreadsheet").batch)
            reconcile()
        expected = {row: max(file.count(row) for file in files) for file in files for row in file}
        assert TimeEntry.objects.count() == sum(expected.values())
        for batch in data.draw(st.permutations([batch for batch in batches if batch])):
            take_back(batch)
            reconcile()
        assert (TimeEntry.objects.count(), Kind.objects.count()) == (0, 3)


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_bring_in_the_same_file_at_once_keep_it_once():
    gate, told = threading.Barrier(2), []

    def work():
        gate.wait()
        try:
            told.append(len(keep().new))
        except Exception as error:
            told.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [0, 4]
    assert (TimeEntry.objects.count(), Kind.objects.filter(name="Photoshop").count()) == (4, 1)
    reconcile()


def test_a_year_of_hours_is_kept_in_a_few_queries(django_assert_max_num_queries):
    lines = [
        f"2025-{1 + n // 28 % 12:02d}-{1 + n % 28:02d},{1 + n % 9},{kind}"
        for n in range(336)
        for kind in ("写作", "video", "弯路")
    ]
    # Two of them ask for the forecast's job and put it down: in the same transaction on SQLite.
    with django_assert_max_num_queries(51):
        keep("\n".join(["date,hours,kind", *lines]))
    assert TimeEntry.objects.count() == 1008
    reconcile()


# --- detours --------------------------------------------------------------------------------------
def detour_hours(*notes):
    return keep("\n".join(["date,hours,kind,note", *(f"2026-11-19,1,Detour,{n}" for n in notes)]))


def test_hours_of_a_detour_go_to_the_one_they_name_as_those_by_hand_do():
    began = date(2026, 11, 19)
    for name in ("Rig", "Rig again", "Later"):
        Detour.objects.create(name=name, began=began)
    keep(
        "date,hours,kind,note\n2026-11-19,1,Detour,the rig\n2026-11-19,2,Detour,rig AGAIN\n"
        "2026-11-18,3,Detour,rig\n2026-11-19,4,Writing,rig\n2026-11-19,5,Detour,else\n"
    )
    rows = TimeEntry.objects.order_by("seconds").values_list("detour__name", flat=True)
    assert list(rows) == ["Rig", "Rig again", None, None, None]


def test_hours_of_a_detour_cost_no_query_a_row():
    Detour.objects.create(name="Rig", began=date(2026, 11, 1))
    costs = []
    for number in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            detour_hours(*(f"{number} {n}" for n in range(number)))
        costs.append(len(captured))
    assert TimeEntry.objects.filter(detour__name="Rig").count() == 4
    assert costs[1] <= costs[0]


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
