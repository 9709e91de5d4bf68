"""Files of other programs that are no tables: each with the traps its program sets."""

import json
from datetime import UTC, date, datetime

import pytest

from timelog.incoming import NotRead, Wishes, read

from .exports import activitywatch, event, packed

D = date
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def found(value, name="", **wishes):
    data = value if isinstance(value, bytes) else packed(value)
    return read(data, wishes=Wishes(now=NOW, **wishes), name=name)


def rows(value, **wishes):
    return [(each.day, each.seconds, each.kind, each.note) for each in found(value, **wishes).spent]


def why_not(value, **wishes):
    with pytest.raises(NotRead) as refused:
        found(value, **wishes)
    return refused.value.reason, refused.value.about


def reasons(asides):
    return [(each.line, each.reason) for each in asides]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


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


# --- ActivityWatch --------------------------------------------------------------------------------
WINDOW = [
    event("2026-11-19T09:00:00+00:00", 3600.0, app="Photoshop", title="shot 07"),
    event("2026-11-19T10:00:00+00:00", 1800.0, app="Writer", title="第十四章"),
]
AWAY = [
    event("2026-11-19T09:00:00+00:00", 1800.0, status="not-afk"),
    event("2026-11-19T09:30:00+00:00", 1800.0, status="afk"),
    event("2026-11-19T10:00:00+00:00", 1200.0, status="not-afk"),
]


@pytest.mark.parametrize("shape", ["object", "array"])
def test_windows_count_only_while_somebody_was_there(shape):
    value = activitywatch(WINDOW, AWAY)
    if shape == "array":
        value["buckets"] = list(value["buckets"].values())
    assert rows(value) == [
        (D(2026, 11, 19), 1800, "Photoshop", ""),
        (D(2026, 11, 19), 1200, "Writer", ""),
    ]


def test_without_a_watcher_all_is_counted_and_that_is_said():
    reading = found(activitywatch(WINDOW))
    assert sum(each.seconds for each in reading.spent) == 5400
    assert reading.asides == [("no_watcher", "aw-watcher-window_studio")]


def test_the_watcher_of_another_machine_says_nothing():
    other = activitywatch([], AWAY, host="laptop")["buckets"]
    reading = found(activitywatch(WINDOW, **other))
    assert sum(each.seconds for each in reading.spent) == 5400


def test_an_event_ends_where_the_next_begins_and_days_are_cut():
    window = [
        event("2026-11-19T23:00:00+00:00", 4000.0, app="A"),
        event("2026-11-20T00:00:00+00:00", 3600.0, app="A"),
        event("2026-11-20T03:30:00+00:00", 3600.0, app="B"),
    ]
    assert rows(activitywatch(window)) == [
        (D(2026, 11, 19), 3600, "A", ""),
        (D(2026, 11, 20), 3600, "A", ""),
        (D(2026, 11, 20), 3600, "B", ""),
    ]
    assert rows(activitywatch(window), day_starts_at=4) == [
        (D(2026, 11, 19), 7200, "A", ""),
        (D(2026, 11, 19), 1800, "B", ""),
        (D(2026, 11, 20), 1800, "B", ""),
    ]


def test_what_is_short_or_no_window_or_broken_is_told():
    web = {"web": {"id": "aw-watcher-web", "type": "web.tab.current", "events": []}}
    window = [
        *WINDOW,
        event("2026-11-19T11:00:00+00:00", 20.0, app="Mail"),
        event("yesterday", 20.0, app="Mail"),
        event("2026-11-19T12:00:00+00:00", -5, app="Mail"),
    ]
    reading = found(activitywatch(window, **web))
    assert [(each.reason, each.about) for each in reading.left_out] == [
        ("short", "1, 0:00:20"),
        ("bucket", "aw-watcher-web"),
    ]
    assert reasons(reading.refused) == [(4, "moment"), (5, "length")]
    assert why_not({"buckets": {}}) == ("no_windows", "")


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


# --- WakaTime -------------------------------------------------------------------------------------
def waka_day(day, **projects):
    shares = [{"name": name, "grand_total": {"total_seconds": s}} for name, s in projects.items()]
    total = {"total_seconds": sum(projects.values())}
    return {"date": day, "grand_total": total, "projects": shares}


def test_days_of_a_dump_are_read_and_what_is_of_no_project_is_not_lost():
    day = waka_day("2026-11-19", film=3600.4, novel=1800.0)
    day["grand_total"]["total_seconds"] += 90
    value = {"user": {}, "range": {}, "days": [day, waka_day("2026-11-20")]}
    assert rows(value) == [
        (D(2026, 11, 19), 3600, "film", ""),
        (D(2026, 11, 19), 1800, "novel", ""),
        (D(2026, 11, 19), 90, "", ""),
    ]


def test_summaries_keep_the_day_of_their_own_zone_also_inside_a_scripts_object():
    day = {
        "grand_total": {"total_seconds": 60.0},
        "range": {"date": "2026-11-19", "timezone": "Asia/Ho_Chi_Minh"},
        "projects": [{"name": "film", "total_seconds": 60.0}],
    }
    for value in ({"data": [day]}, {"wakatime_data": {"data": [day]}}, {"data": day}):
        assert rows(value, home="America/New_York") == [(D(2026, 11, 19), 60, "film", "")]


def test_heartbeats_count_up_to_the_next_one_unless_it_is_too_far_away():
    base = utc(2026, 11, 19, 9).timestamp()
    beats = [(0, "film"), (300, "film"), (900, "novel"), (960, "film"), (2000, "film")]
    inner = [{"time": base + t, "project": p, "entity": "a"} for t, p in beats]
    value = {"days": [{"date": "2026-11-19", "heartbeats": inner}]}
    assert rows(value) == [
        (D(2026, 11, 19), 900, "film", ""),
        (D(2026, 11, 19), 60, "novel", ""),
    ]


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
