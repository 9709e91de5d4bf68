"""Calendars: rules are followed by the wall clock, whole days are no hours."""

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from timelog.incoming import NotRead, Wishes, read
from timelog.incoming.recurrence import follow, rule_of

from .exports import calendar

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ONE = "UID:1\r\nSUMMARY:灯塔\r\nDTSTART:20261119T010000Z\r\nDTEND:20261119T033000Z"
BERLIN = "X-WR-TIMEZONE:Europe/Berlin\r\n"


def found(*events, head="", name="", **wishes):
    return read(calendar(*events, head=head), wishes=Wishes(now=NOW, **wishes), name=name)


def starts(reading):
    return [f"{each.start:%m-%d %H:%M}" for each in reading.spent]


def reasons(asides):
    return [(each.line, each.reason) for each in asides]


def test_one_calendar_is_one_kind_by_its_name_or_its_files_and_a_category_goes_before():
    only = found(ONE, head="X-WR-CALNAME:写作\r\n", home="Asia/Shanghai").spent[0]
    assert (only.kind, only.note, only.seconds, only.day) == (
        "写作",
        "灯塔",
        9000,
        date(2026, 11, 19),
    )
    assert only.zone == "Asia/Shanghai"
    assert found(ONE, name="film.ics").spent[0].kind == "film"
    assert found(f"{ONE}\r\nCATEGORIES:Video,More", name="film.ics").spent[0].kind == "Video"


def test_a_length_may_stand_in_place_of_an_end_and_what_is_no_hours_is_left_out():
    reading = found(
        "UID:1\r\nDTSTART:20261119T010000Z\r\nDURATION:PT1H30M",
        "UID:2\r\nSUMMARY:holiday\r\nDTSTART;VALUE=DATE:20261119",
        "UID:3\r\nDTSTART:20261119T010000Z",
        f"{ONE}\r\nSTATUS:CANCELLED",
        "UID:5\r\nSUMMARY:later\r\nDTSTART:20270101T010000Z\r\nDTEND:20270101T020000Z",
    )
    assert [each.seconds for each in reading.spent] == [5400]
    assert reasons(reading.left_out) == [
        (2, "all_day"),
        (3, "no_hours"),
        (4, "cancelled"),
        (5, "to_come"),
    ]


def test_a_time_without_a_zone_is_that_of_the_calendar_or_is_asked_for():
    text = "UID:1\r\nDTSTART:20261119T090000\r\nDTEND:20261119T100000"
    assert starts(found(text, head=BERLIN)) == ["11-19 08:00"]
    assert starts(found(text, zone="Asia/Shanghai")) == ["11-19 01:00"]
    with pytest.raises(NotRead) as asked:
        found(text)
    assert asked.value.reason == "zone"


def test_a_rule_is_followed_by_the_wall_clock_up_to_now_without_what_was_taken_out_or_moved():
    text = (
        "UID:9\r\nDTSTART;TZID=Europe/Berlin:20261018T090000\r\n"
        "DTEND;TZID=Europe/Berlin:20261018T110000\r\nRRULE:FREQ=WEEKLY\r\n"
        "EXDATE;TZID=Europe/Berlin:20261108T090000"
    )
    moved = (
        "UID:9\r\nRECURRENCE-ID;TZID=Europe/Berlin:20261115T090000\r\n"
        "DTSTART;TZID=Europe/Berlin:20261115T140000\r\nDTEND;TZID=Europe/Berlin:20261115T150000"
    )
    reading = found(text, moved)
    assert starts(reading) == [
        "10-18 07:00",
        "10-25 08:00",
        "11-01 08:00",
        "11-22 08:00",
        "11-29 08:00",
        "11-15 13:00",
    ]
    assert {each.zone for each in reading.spent} == {"Europe/Berlin"}
    assert sum(each.seconds for each in reading.spent) == 5 * 7200 + 3600


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("FREQ=DAILY;COUNT=5", 5),
        ("FREQ=DAILY;UNTIL=20261105T235959Z", 5),
        ("FREQ=DAILY;UNTIL=20261105", 5),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261115T000000Z", 6),
        ("FREQ=MONTHLY", 1),
    ],
)
def test_rules_of_every_kind_give_the_times_they_say(rule, number):
    text = f"UID:9\r\nDTSTART:20261101T090000Z\r\nDTEND:20261101T100000Z\r\nRRULE:{rule}"
    assert len(found(text).spent) == number


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;BYMONTHDAY=99", "FREQ=DAILY;INTERVAL=0"],
)
def test_a_rule_that_is_none_or_is_hostile_is_refused(rule):
    text = f"UID:9\r\nDTSTART:19700101T090000Z\r\nDTEND:19700101T090100Z\r\nRRULE:{rule}"
    try:
        reading = found(text, ONE)
    except NotRead:
        return
    assert reasons(reading.refused) == [(1, "rule")]
    assert len(reading.spent) == 1


def test_a_rule_that_never_comes_true_ends():
    text = (
        "UID:9\r\nDTSTART:20260101T090000Z\r\nDTEND:20260101T100000Z\r\n"
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    )
    assert len(found(text, ONE).spent) == 1


def test_the_night_of_the_change_is_as_long_as_it_was():
    text = (
        "UID:1\r\nDTSTART;TZID=Europe/Berlin:20261025T010000\r\n"
        "DTEND;TZID=Europe/Berlin:20261025T040000"
    )
    assert found(text).spent[0].seconds == 14400


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    ],
)
def test_a_broken_calendar_is_refused(data):
    with pytest.raises(NotRead) as refused:
        read(data)
    assert refused.value.reason in {"calendar", "nothing"}


def test_an_event_that_cannot_be_read_is_listed_and_the_others_are_taken():
    reading = found("UID:1\r\nSUMMARY:odd\r\nDTSTART:yesterday", ONE)
    assert [(each.line, each.reason, each.about) for each in reading.refused] == [
        (1, "line", "odd")
    ]
    assert len(reading.spent) == 1


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.data(),
)
def test_rules_give_the_days_that_another_program_gives(freq, first, data):
    weekdays = ["MO", "WE", "SU"]
    if freq in {"MONTHLY", "YEARLY"} and data.draw(st.booleans()):
        weekdays = ["1MO", "-1FR", "2TU"]
    weekday = st.sampled_from(weekdays)
    parts = {
        "INTERVAL": st.integers(1, 4).map(str),
        "COUNT": st.integers(1, 9).map(str),
        "BYDAY": st.lists(weekday, min_size=1, max_size=2, unique=True).map(",".join),
        "BYMONTH": st.sampled_from(["2", "3,11", "12"]),
        "BYMONTHDAY": st.sampled_from(["1", "13,29", "-1", "31"]),
        "WKST": st.sampled_from(["MO", "SU"]),
    }
    # The other program looks for what never comes as far as the year 9999.
    del parts[data.draw(st.sampled_from(["BYMONTH", "BYMONTHDAY"]))]
    if freq in {"DAILY", "WEEKLY"}:
        parts.pop("BYMONTHDAY", None)
    names = data.draw(st.lists(st.sampled_from(sorted(parts)), max_size=3, unique=True))
    told = {"FREQ": freq} | {name: data.draw(parts[name]) for name in names}
    last = first + timedelta(days=900)
    text = ";".join(f"{name}={value}" for name, value in told.items())
    begun = datetime.combine(first, time(9))
    until = datetime.combine(last, time(9))
    expected = []
    for each in itertools.islice(rrulestr(text, dtstart=begun), 1000):
        if each > until:
            break
        expected.append(each.date())
    rule = rule_of({name: value.split(",") for name, value in told.items()})
    assert list(follow(rule, first, last)) == expected
