"""What is taken out can be read: by a spreadsheet, by a calendar, and by the studio."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.images import make as images
from tests.videos import make as videos
from tests.writing import make as writing
from timelog.bring_in import bring_in
from timelog.incoming import Wishes, read
from timelog.models import TimeEntry, TimeLink
from timelog.outgoing.tables import COLUMNS

from . import make
from .make import empty, reconcile, written


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
    costs, concept = set(), videos.concept()
    for _ in range(2):
        things = {("scene", writing.scene().pk): 60, ("concept", concept.pk): 120}
        things |= {("shot", concept.add_shot("The array", 4).pk): 60}
        things |= {("image", images.image().pk): 60}
        TimeLink.objects.give(make.entry(1), things, by_hand=False)
        with django_assert_max_num_queries(8) as captured:
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
    for name in ("kinds", "balances", "milestones", "intentions", "detours", "entries"):
        value = {"throughline": 1, name: wrong, "balances": [good]}
        reading = read(json.dumps(value).encode())
        assert reading.own["balances"] == [good]
    head = ",".join(COLUMNS).encode() + b"\n"
    table = read(
        head + b"entry,2026,,,,,,,60,writing,writing,,7,,,\nnoise,,,,,,,,,,,,,,,\n", wishes=Wishes()
    )
    assert [each.reason for each in table.refused] == ["record", "record"]
