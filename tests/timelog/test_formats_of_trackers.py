"""Files of other programs that are no tables: each with the traps its program sets."""

import json
from datetime import UTC, date, datetime

import pytest

from timelog.incoming import NotRead, Wishes, read

from .exports import NOW, found, reasons, rows, utc, why_not

D = date


# --- Toggl and Kimai, from their interfaces -------------------------------------------------------
def test_entries_of_toggls_interface_are_read_and_a_running_one_is_left_out():
    first = {
        "id": 1,
        "workspace_id": 2,
        "project_id": 7,
        "start": "2026-11-19T01:00:00+00:00",
        "stop": "2026-11-19T03:30:00+00:00",
        "duration": 9000,
        "description": "灯塔",
        "tags": ["night"],
    }
    running = {**first, "stop": None, "duration": -1763514000}
    reading = found([first, running], home="Asia/Shanghai")
    assert (reading.format, reasons(reading.left_out)) == ("toggl", [(2, "open")])
    assert rows([first]) == [(D(2026, 11, 19), 9000, "Toggl 7", "灯塔 · #night")]
    assert rows([{**first, "project_name": "Film"}])[0][2] == "Film"
    assert reading.spent[0].zone == "Asia/Shanghai"


def test_groups_of_a_detailed_report_of_toggl_are_opened():
    inner = {
        "id": 1,
        "seconds": 60,
        "start": "2026-11-19T09:00:00Z",
        "stop": "2026-11-19T09:01:00Z",
    }
    group = {"project_id": 7, "description": "a", "time_entries": [inner, inner]}
    assert [row[1:] for row in rows([group])] == [(60, "Toggl 7", "a"), (60, "Toggl 7", "a")]


SHEET = {
    "id": 1,
    "begin": "2026-11-19T09:00:00+0100",
    "end": "2026-11-19T12:00:00+0100",
    "duration": 9000,
    "break": 1800,
    "project": 3,
    "activity": 5,
    "description": "shot 07",
    "tags": ["a"],
}


def test_a_break_of_kimai_is_no_work():
    reading = found([SHEET], home="Europe/Berlin")
    only = reading.spent[0]
    assert (reading.format, only.seconds, only.kind) == ("kimai", 9000, "Kimai project 3")
    assert (only.start, only.end) == (utc(2026, 11, 19, 8), utc(2026, 11, 19, 11))
    assert only.zone == "Europe/Berlin"
    assert rows([{**SHEET, "duration": 10800}])[0][1] == 9000
    assert rows([{**SHEET, "break": None, "duration": 10800}])[0][1] == 10800


def test_projects_of_kimai_that_are_written_out_have_names_and_an_open_sheet_is_left_out():
    named = {**SHEET, "project": {"name": "Film"}, "activity": {"name": "Grade"}}
    assert rows([named])[0][2:] == ("Film", "shot 07 · Grade · #a")
    assert reasons(found([SHEET, {**SHEET, "end": None}]).left_out) == [(2, "open")]


def test_a_day_is_that_of_the_offset_the_file_tells_and_another_zone_is_not_claimed():
    late = {**SHEET, "begin": "2026-11-19T23:30:00+0100", "end": "2026-11-20T01:00:00+0100"}
    only = found([{**late, "break": 0, "duration": 5400}], home="Asia/Shanghai").spent[0]
    assert (only.day, only.zone, only.seconds) == (D(2026, 11, 19), "", 5400)


# --- Timewarrior ----------------------------------------------------------------------------------
TIMEW = r"""inc 20261101T090000Z - 20261101T103000Z # "shot 07, with \"rain\"" film
inc 20261102T090000Z - 20261102T100000Z # film grade # "looks # too blue"
inc 20261103T220000Z - 20261104T000000Z
exc 20261104T090000Z - 20261104T100000Z
inc 20261105T090000Z # film
inc 2026-11-06 - soon
"""


def test_lines_of_timewarrior_are_read_with_quoted_tags_and_annotations():
    reading = found(TIMEW.encode(), home="Asia/Shanghai")
    assert [
        (each.line, each.day, each.seconds, each.kind, each.note) for each in reading.spent
    ] == [
        (1, D(2026, 11, 1), 5400, "film", '#shot 07, with "rain"'),
        (2, D(2026, 11, 2), 3600, "film", "looks # too blue · #grade"),
        (3, D(2026, 11, 4), 7200, "", ""),
    ]
    assert reading.spent[0].start == utc(2026, 11, 1, 9)
    assert reasons(reading.left_out) == [(4, "words"), (5, "open")]
    assert reasons(reading.refused) == [(6, "line")]


def test_the_export_of_timewarrior_says_the_same_as_its_lines():
    value = [
        {
            "id": 2,
            "start": "20261101T090000Z",
            "end": "20261101T103000Z",
            "tags": ["film", 'shot 07, with "rain"'],
        },
        {
            "id": 1,
            "start": "20261102T090000Z",
            "end": "20261102T100000Z",
            "tags": ["grade", "film"],
            "annotation": "looks # too blue",
        },
    ]
    lines = found("\n".join(TIMEW.splitlines()[:2]).encode())
    assert [vars(each) for each in found(value).spent] == [vars(each) for each in lines.spent]


def test_of_tags_used_alike_a_single_word_is_the_kind():
    line = b'inc 20261101T090000Z - 20261101T103000Z # "Watch a film" hobbies'
    assert rows(line) == [(D(2026, 11, 1), 5400, "hobbies", "#Watch a film")]


def test_totals_of_timewarrior_are_those_of_an_independent_count():
    lines, seconds = [], 0
    for n in range(1, 400):
        start = datetime(2026, 1, 1, n % 24, n % 60, tzinfo=UTC).timestamp() + n * 40000
        end = start + 60 + 37 * n
        seconds += 60 + 37 * n
        said = [f"{datetime.fromtimestamp(t, UTC):%Y%m%dT%H%M%SZ}" for t in (start, end)]
        lines.append(f"inc {said[0]} - {said[1]} # a{n % 5} film")
    assert sum(row[1] for row in rows("\n".join(lines).encode())) == seconds


# --- Watson, Beeminder, Markdown ------------------------------------------------------------------
def test_frames_of_watson_are_read():
    start = int(utc(2026, 11, 19, 9).timestamp())
    frames = [[start, start + 5400, "film", "ab12", ["shot 07"], start], [start, None, "x"]]
    reading = found(frames)
    assert [(e.seconds, e.kind, e.note) for e in reading.spent] == [(5400, "film", "#shot 07")]
    assert reasons(reading.refused) == [(2, "line")]
    logged = {
        "id": "ab12",
        "project": "film",
        "start": "2026-11-19T10:00:00+01:00",
        "stop": "2026-11-19T11:30:00+01:00",
        "tags": ["shot 07"],
    }
    again = found([logged], home="UTC").spent[0]
    assert (again.start, again.seconds, again.kind) == (utc(2026, 11, 19, 9), 5400, "film")


def test_values_of_beeminder_add_up_or_are_running_totals_as_the_goal_says():
    data = [["20261101", 1.5, "a"], ["20261102", 2, "b"], ["20261102", 2.5, "c"]]
    adding = {"params": {"kyoom": True, "yaxis": "hours of film"}, "data": data}
    assert [row[1:] for row in rows(adding)] == [
        (5400, "hours of film", "a"),
        (7200, "hours of film", "b"),
        (9000, "hours of film", "c"),
    ]
    totals = {"params": {"kyoom": False, "aggday": "last"}, "data": data}
    assert [row[:2] for row in rows(totals)] == [(D(2026, 11, 1), 5400), (D(2026, 11, 2), 3600)]
    summed = {"params": {"kyoom": False, "aggday": "sum"}, "data": data}
    assert sum(row[1] for row in rows(summed)) == 21600
    minutes = {"params": {"kyoom": True, "gunits": "minutes"}, "data": [["2026.11.01", 90, ""]]}
    assert rows(minutes)[0][1] == 5400


def test_totals_that_fall_and_values_that_are_none_are_told():
    data = [["20261101", 5, ""], ["20261102", 4, ""], ["2026", 1, ""], ["20261103", "x", ""], 7]
    reading = found({"params": {"aggday": "last"}, "data": data})
    assert reasons(reading.refused) == [(3, "day"), (4, "length"), (5, "line"), (2, "negative")]


def test_a_log_in_markdown_is_read_day_by_day():
    text = """# Timelog

## Week 1
### 22 Sep 2026
* *0.5 hours* Read the guidance
* **2h40** 第十四章
* talked to nobody
### 23 Sep 2026
- *later* nothing
"""
    reading = found(text.encode())
    assert reading.format == "markdown"
    assert [(e.line, e.day, e.seconds, e.note) for e in reading.spent] == [
        (5, D(2026, 9, 22), 1800, "Read the guidance"),
        (6, D(2026, 9, 22), 9600, "第十四章"),
    ]
    assert reasons(reading.left_out) == [
        (1, "words"),
        (3, "words"),
        (7, "no_length"),
        (9, "no_length"),
    ]


# --- what is broken or hostile --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"buckets": {', ("json", "1")),
        (b'[{"start": NaN}]', ("json", "1")),
        (b"[" * 100_000, ("json", "1")),
        (b"[1" + b"0" * 5000 + b"]", ("json", "1")),
        (b'{"a": 1}', ("shape", "")),
        (b"[]", ("shape", "")),
        (b'[{"start": "2026"}]', ("shape", "")),
        (b'{"buckets": [1, {"type": "currentwindow", "events": {}}]}', ("nothing", "")),
        (b'{"params": 1, "data": []}', ("nothing", "")),
    ],
)
def test_json_that_is_broken_or_of_no_known_shape_is_refused_in_one_sentence(data, reason):
    assert why_not(data) == reason


def test_values_of_the_wrong_type_are_listed_and_never_stop_the_reading():
    wrong = [None, True, [], {}, "x", -1, 1e999, "2026-11-19T09:00:00", 10**30]
    for value in wrong:
        sheet = json.dumps([{**SHEET, "begin": value}, {**SHEET, "duration": value}], default=str)
        frames = json.dumps([[1763542800, 1763546400, "a"], [value, value, "b"]], default=str)
        for text in (sheet, frames):
            try:
                read(text.encode(), wishes=Wishes(now=NOW))
            except NotRead as error:
                assert error.reason in {"json", "nothing", "shape"}
