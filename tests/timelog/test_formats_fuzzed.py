"""Whatever a file holds, reading it ends in rows, in listed refusals, or in one sentence."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from timelog.incoming import FORMATS, NotRead, Reading, Wishes, read
from timelog.reasons import of_file, of_row

from .exports import activitywatch, calendar, clockify, event, toggl
from .make import unhurried

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
DAY = {"date": "2026-11-19", "grand_total": {"total_seconds": 60}, "projects": [{"name": "a"}]}
BEAT = {"time": 1763542800, "project": "a"}
SHEET = {
    "begin": "2026-11-19T09:00:00+0100",
    "end": "2026-11-19T12:00:00+0100",
    "duration": 9000,
    "break": 1800,
    "project": {"name": "a"},
    "activity": 5,
    "tags": ["a"],
}
ENTRY = {
    "start": "2026-11-19T01:00:00Z",
    "stop": "2026-11-19T02:00:00Z",
    "duration": 3600,
    "workspace_id": 1,
    "tags": ["a"],
}
OWN = {
    "kind": "writing",
    "said": "",
    "seconds": 60,
    "began": None,
    "as_of": "2026-01-01",
    "note": "",
}
VALUES = [
    activitywatch(
        [event("2026-11-19T09:00:00+00:00", 60.0, app="a")],
        [event("2026-11-19T09:00:00+00:00", 60.0, status="not-afk")],
    ),
    {"days": [DAY, {"heartbeats": [BEAT, BEAT]}]},
    [SHEET],
    [ENTRY, {"time_entries": [ENTRY]}],
    [{"id": 1, "start": "20261101T090000Z", "end": "20261101T100000Z", "tags": ["a"]}],
    [[1763542800, 1763546400, "a", "id", ["tag"], 1763546400]],
    [{"project": "a", "start": SHEET["begin"], "stop": SHEET["end"], "tags": []}],
    {"params": {"kyoom": False, "aggday": "last", "vini": 0}, "data": [["20261101", 1, "a"]]},
    {"throughline": 1, "balances": [OWN], "entries": [OWN], "kinds": [OWN]},
]
ROW = ("a", "b", "2026-11-19 09:00:00", "2026-11-19 11:30:00", "02:30:00", "c")
RULE = "UID:9\r\nDTSTART:20261101T090000Z\r\nDTEND:20261101T100000Z\r\nRRULE:FREQ=DAILY;COUNT=3"
TEXTS = [
    toggl(ROW).decode(),
    clockify(("a", "b", "11/19/2026", "09:00", "11/19/2026", "10:00", "01:00:00")).decode(),
    'inc 20261101T090000Z - 20261101T103000Z # "a b" c # d\n',
    calendar(RULE).decode(),
    "### 22 Sep 2026\n* *0.5 hours* a\n",
    "date,hours,kind,note\n2026-11-19,2.5,a,b\n",
]
odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=6),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=2),
)


def places(value, path=()):
    """Every place in a value."""
    yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in inner:
            yield from places(each, (*path, key))


def changed(value, path, new):
    """The value with another one at a place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def ends_well(data, format=""):
    wishes = Wishes(zone="Europe/Berlin", date_order="dmy", now=NOW)
    try:
        found = read(data, format, wishes)
    except NotRead as error:
        assert of_file(error)
        return
    assert isinstance(found, Reading)
    assert all(of_row(each) for each in found.refused + found.left_out)
    for each in found.spent:
        assert each.seconds >= 0
        assert len(each.kind) <= 80
        assert len(each.note) <= 500
        assert 1900 <= each.day.year <= 2100


@unhurried
@given(st.data())
def test_any_value_in_any_place_of_a_known_shape_ends_well(data):
    value = data.draw(st.sampled_from(VALUES))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(list(places(value))))
        value = changed(value, path, data.draw(odd))
        if not isinstance(value, dict | list):
            break
    ends_well(json.dumps(value).encode())


@unhurried
@given(st.data())
def test_any_text_in_any_place_of_a_known_file_ends_well(data):
    text = data.draw(st.sampled_from(TEXTS))
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 12))
    new = data.draw(st.text(max_size=8))
    mixed = text[:at] + new + text[at + cut :]
    ends_well(mixed.encode("utf-8", "replace"))


@unhurried
@given(st.sampled_from(sorted(FORMATS)), st.sampled_from(VALUES), st.sampled_from(TEXTS))
def test_a_file_of_one_format_named_as_another_ends_well(format, value, text):
    ends_well(json.dumps(value).encode(), format)
    ends_well(text.encode(), format)


@unhurried
@given(st.binary(max_size=60), st.sampled_from(["", *sorted(FORMATS)]))
def test_any_bytes_end_well(data, format):
    ends_well(data, format)
