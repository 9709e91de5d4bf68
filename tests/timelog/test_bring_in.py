"""Hours from elsewhere are kept once, add up exactly, and can be taken back whole."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from timelog.bring_in import bring_in, take_back
from timelog.found import kind_named, look
from timelog.incoming import NotRead, Reading, Spent, read
from timelog.models import DayTotal, Detour, Kind, OpeningBalance, TimeEntry

from . import make
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
