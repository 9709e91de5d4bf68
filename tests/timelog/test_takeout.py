"""What is taken out comes in again: the same to the second, whatever the clock did."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from timelog.bring_in import bring_in, take_back
from timelog.incoming import Wishes, read
from timelog.models import DayTotal, Intention, Kind, Milestone, OpeningBalance, TimeEntry
from timelog.outgoing import FORMATS
from timelog.outgoing.tables import COLUMNS
from timelog.takeout import records

from . import make
from .make import reconcile

ZONES = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai", "America/New_York"]
NOTES = [
    "",
    "灯塔，第十四章",
    "=1+1",
    "+1",
    "-x",
    "@cmd",
    "'quoted",
    "''",
    "a,b;c\\n",
    '"q"',
    "＝全",
    " x ",
]
NIGHTS = [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
NIGHTS += [datetime(2026, 4, 4, 14, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)]


def written(format):
    return "".join(FORMATS[format].write(records())).encode()


def snapshot(only_entries=False):
    """All there is to say of hours, without the numbers of rows: every column but these."""
    without = {"id", "batch", "created", "key", "kind"}
    names = [f.name for f in TimeEntry._meta.concrete_fields if f.name not in without]
    entries = TimeEntry.objects.closed().values_list("kind__key", *names)
    said = [sorted(entries, key=repr)]
    if not only_entries:
        kinds = Kind.objects.order_by("key")
        said.append(
            list(kinds.values_list("key", "name", "family", "retired", "weekly", "seconds"))
        )
        fields = ("kind__key", "seconds", "began", "as_of", "note")
        said.append(sorted(OpeningBalance.objects.values_list(*fields), key=repr))
        fields = ("hours", "name", "reached", "kinds__key")
        said.append(sorted(Milestone.objects.values_list(*fields), key=repr))
        said.append(sorted(Intention.objects.values_list("text", "other_text", "since", "until")))
    return said


def empty():
    """A new studio again."""
    for model in (TimeEntry, DayTotal, OpeningBalance, Milestone, Intention):
        model.objects.all().delete()
    Kind.objects.exclude(key__in=Kind.Family.values).delete()
    for family in Kind.Family.values:
        fields = {"name": "", "family": family, "retired": False, "weekly": None, "seconds": 0}
        Kind.objects.filter(key=family).update(**fields)


@st.composite
def entries(draw):
    seconds = draw(st.integers(0, 90_000))
    zone = draw(st.sampled_from(ZONES))
    night = draw(st.sampled_from(NIGHTS))
    start = night + timedelta(
        seconds=draw(st.integers(-20_000, 20_000)),
        microseconds=draw(st.sampled_from([0, 1, 999_999])),
    )
    text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
    told = {
        "seconds": seconds,
        "note": draw(st.one_of(st.sampled_from(NOTES), text)),
        "kind": draw(st.sampled_from(["writing", "video", "detour", "sound-音"])),
    }
    if draw(st.booleans()):
        rest = draw(st.integers(0, 600))
        told |= {"zone": zone, "started_at": start}
        told["ended_at"] = start + timedelta(seconds=seconds + rest)
        told["day"] = start.astimezone(ZoneInfo(zone)).date()
    else:
        told["day"] = draw(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
    return told


def fill(rows):
    Kind.objects.create(key="sound-音", name="=Sound 音", family="detour", weekly=7200)
    Kind.objects.filter(key="video").update(name="电影", weekly=3600)
    for number, row in enumerate(rows):
        told = dict(row)
        which = make.kind(told.pop("kind"))
        if number % 3 == 0:
            told |= {"source": "toggl", "source_key": f"toggl:{number}"}
        TimeEntry.objects.log(which, told.pop("day"), told.pop("seconds"), **told)
    craft = make.kind("video")
    OpeningBalance.objects.create(
        kind=craft, seconds=7_009_200, began=date(2025, 1, 1), as_of=date(2026, 1, 1), note="-从前"
    )
    OpeningBalance.objects.create(kind=craft, seconds=60, as_of=date(2026, 1, 1))
    Milestone.objects.add(50, [craft, make.kind("sound-音")], "第一步")
    Milestone.objects.filter(hours=50).update(reached=date(2026, 2, 3))
    Intention.objects.say("To bring my novels to life.", "让我的小说活过来。")
    Intention.objects.say("=Still.")


class WhatGoesOutComesInAgain(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(entries(), min_size=1, max_size=8), st.sampled_from(["csv", "json", "ics"]))
    def test_brought_into_a_new_studio_all_is_the_same(self, rows, format):
        fill(rows)
        only_entries = format == "ics"
        before, data = snapshot(only_entries), written(format)
        reading = read(data)
        assert (reading.refused, reading.left_out) == ([], [])
        again = bring_in(reading)
        assert (again.new, again.batch) == ([], None)
        empty()
        found = bring_in(read(data))
        assert snapshot(only_entries) == before
        reconcile()
        assert bring_in(read(written(format))).batch is None
        if found.batch:
            take_back(found.batch)
            assert TimeEntry.objects.count() == OpeningBalance.objects.count() == 0
            assert Kind.objects.filter(key="sound-音").count() == 0
            reconcile()


@pytest.fixture
def told(db):
    start = datetime(2026, 11, 19, 14, 30, tzinfo=UTC)
    end = start + timedelta(minutes=90)
    make.entry(1.5, note="=cmd|' /C calc'!A0", started_at=start, ended_at=end, zone="Asia/Shanghai")
    make.entry(2, note="灯塔", kind="video")


def test_a_table_opens_in_a_spreadsheet_and_no_cell_is_a_formula(told):
    data = written("csv")
    assert data.startswith(b"\xef\xbb\xbfrecord,day,hours,kind,note,start,end,zone,seconds,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    timed = next(row for row in rows if row["start"])
    assert timed["note"] == "'=cmd|' /C calc'!A0"
    assert (timed["hours"], timed["start"]) == ("1.50", "2026-11-19T22:30:00+08:00")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_calendar_is_one_for_other_programs_too(told):
    from icalendar import Calendar

    data = written("ics")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [str(each.get("SUMMARY")) for each in events] == ["=cmd|' /C calc'!A0", "灯塔"]
    assert events[0]["DTSTART"].dt == datetime(2026, 11, 19, 14, 30, tzinfo=UTC)
    assert events[1]["DTSTART"].dt == date(2026, 11, 19)


def test_the_clock_that_runs_is_no_entry_yet(told):
    TimeEntry.objects.start(make.kind())
    assert len(json.loads(written("json"))["entries"]) == 2


def test_an_entry_corrected_after_it_was_taken_out_does_not_come_back_as_it_was(told):
    data = written("json")
    entry = TimeEntry.objects.get(note="灯塔")
    entry.change(kind=entry.kind, day=entry.day, seconds=60, note="改")
    assert bring_in(read(data)).new == []
    entry.remove()
    assert [each.note for _, each in bring_in(read(data)).new] == ["灯塔"]
    reconcile()


@pytest.mark.parametrize("format", ["csv", "json", "ics"])
def test_a_file_is_sent_piece_by_piece_in_the_same_number_of_queries(
    studio_client, told, format, django_assert_max_num_queries
):
    answer = studio_client.get(f"/time/export/{format}/")
    assert answer.streaming
    assert answer["Content-Disposition"].endswith(f'.{format}"')
    costs = set()
    for _ in range(2):
        make.entry(1)
        with django_assert_max_num_queries(6) as captured:
            written(format)
        costs.add(len(captured))
    assert len(costs) == 1
    assert b"".join(answer.streaming_content) != b""
    assert studio_client.get("/time/export/exe/").status_code == 404


def test_the_command_writes_a_file_that_the_other_command_reads(told, tmp_path, capsys):
    path = tmp_path / "hours.json"
    call_command("export_time", path)
    assert path.read_bytes() == written("json")
    empty()
    with pytest.raises(SystemExit) as end:
        call_command("import_time", path)
    assert (end.value.code, TimeEntry.objects.count()) == (0, 2)
    for wrong in (tmp_path / "hours.exe", tmp_path / "nowhere" / "hours.csv"):
        with pytest.raises(CommandError):
            call_command("export_time", wrong)


def test_records_that_are_none_are_listed_and_never_stop_the_reading(db):
    good = {"kind": "writing", "said": "Writing", "seconds": 60, "began": None}
    good |= {"as_of": "2026-01-01", "note": ""}
    wrong = [None, 7, "x", [], {}, {**good, "seconds": -1}, {**good, "as_of": "soon"}]
    for name in ("kinds", "balances", "milestones", "intentions", "entries"):
        value = {"throughline": 1, name: wrong, "balances": [good]}
        reading = read(json.dumps(value).encode())
        assert reading.own["balances"] == [good]
    head = ",".join(COLUMNS).encode() + b"\n"
    table = read(
        head + b"entry,2026,,,,,,,60,writing,writing,7,,,\nnoise,,,,,,,,,,,,,,\n", wishes=Wishes()
    )
    assert [each.reason for each in table.refused] == ["record", "record"]
