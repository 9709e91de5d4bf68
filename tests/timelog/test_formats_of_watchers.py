"""Files of programs that watch what is in front: counted while somebody was there."""

from datetime import date

import pytest

from .exports import activitywatch, event, found, reasons, rows, utc, why_not

D = date


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
