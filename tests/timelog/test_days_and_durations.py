"""Days and lengths as people write them; which day an instant belongs to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.store.days import Days, monday_of
from timelog.duration import seconds
from timelog.forms import said
from timelog.incoming import NotRead
from timelog.incoming.dates import order_of, read_day

NOVEMBER_3 = date(2026, 11, 3)


# --- lengths --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2h40", 160),
        ("2 h 40 min", 160),
        ("2 hours, 40 minutes", 160),
        ("2 hours and 5 minutes", 125),
        ("1h 0m 30s", 60.5),
        ("2:40", 160),
        ("2：40", 160),
        ("02:40:30", 160.5),
        ("2.5", 150),
        ("2,5", 150),
        (".5", 30),
        ("２．５", 150),
        ("40 min", 40),
        ("90m", 90),
        ("1 hr", 60),
        ("2小时40分", 160),
        ("2小時40分鐘", 160),
        ("1小时零5分", 65),
        ("两小时半", 150),
        ("两个半小时", 150),
        ("三个小时", 180),
        ("半小时", 30),
        ("半个钟头", 30),
        ("十二小时", 720),
        ("二十五分钟", 25),
    ],
)
def test_a_length_is_understood_as_people_write_it(written, minutes):
    assert seconds(written) == minutes * 60


def test_a_bare_number_counts_what_it_is_told_to():
    assert (seconds("90", bare=60), seconds("90", bare=1), seconds("1h", bare=60)) == (
        5400,
        90,
        3600,
    )


@pytest.mark.parametrize("written", ["", "-2", "abc", "1:75", "2h-3", "=1+1", "∞", "nan", "1e5"])
def test_what_is_no_length_is_refused(written):
    with pytest.raises(ValueError):
        seconds(written)


@settings(deadline=None)
@given(st.integers(0, 24 * 60))
def test_a_length_written_into_a_form_is_understood_again(minutes):
    assert seconds(said(minutes * 60)) == minutes * 60


# --- days -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "written",
    [
        "2026-11-03",
        "2026-11-3",
        "2026-11-03T23:59:00Z",
        "2026-11-03 9:05",
        "2026/11/3",
        "2026.11.3",
        "20261103",
        "2026年11月3日",
        "2026 年 11 月 3 日（周二）",
        "2026年11月3日 星期二",
        "3 Nov 2026",
        "3. November 2026",
        "3-Nov-26",
        "Nov 3, 2026",
        "November 3rd 2026",
        "Tuesday, November 3, 2026",
        "2026 Nov 3",
        "２０２６／１１／０３",
        "46329",
        "46329.75",
    ],
)
def test_a_day_is_understood_as_people_and_spreadsheets_write_it(written):
    assert read_day(written) == NOVEMBER_3


def test_numbers_alone_need_an_order():
    assert read_day("3/11/2026", "dmy") == read_day("11/3/2026", "mdy") == NOVEMBER_3
    assert read_day("26-11-03", "ymd") == read_day("3.11.26", "dmy") == NOVEMBER_3
    for written, order in [("3/11/2026", ""), ("13/11/2026", "mdy"), ("3/11/2026", "ymd")]:
        with pytest.raises(ValueError):
            read_day(written, order)


@pytest.mark.parametrize(
    "written", ["", "2026-02-30", "11月3日", "合计", "3 Foo 2026", "1.5", "2:30", "9999-01-01", "3"]
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValueError):
        read_day(written, "dmy")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["1/2/2026", "13/2/2026"], "dmy"),
        (["1/2/2026", "1/13/2026"], "mdy"),
        (["26/11/3", "99/11/30", "45/45/45"], "ymd"),
        (["2026-11-03", "2026年11月3日", "合计"], ""),
        (["11/11/2026"], "dmy"),  # the same day in any order
    ],
)
def test_one_day_past_the_twelfth_tells_the_order_of_the_whole_file(cells, order):
    assert order_of(cells) == order


def test_an_order_that_cannot_be_told_is_asked_for():
    with pytest.raises(NotRead) as unclear:
        order_of(["2026-11-03", "11/3/2026", "4/11/2026"])
    assert (unclear.value.reason, unclear.value.about) == ("order", "11/3/2026")
    with pytest.raises(NotRead) as torn:
        order_of(["13/11/2026", "11/13/2026"])
    assert torn.value.reason == "orders"


@settings(deadline=None)
@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_a_day_in_numbers_is_read_in_its_order(day, order):
    parts = {"d": f"{day.day}", "m": f"{day.month}", "y": f"{day.year}"}
    if order == "ymd":
        parts["y"] = f"{day.year % 100:02d}"
    assert read_day("/".join(parts[each] for each in order), order) == day


# --- which day an instant belongs to --------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Asia/Shanghai", datetime(2026, 11, 19, 19, 59, tzinfo=UTC), date(2026, 11, 19)),
        ("Asia/Shanghai", datetime(2026, 11, 19, 20, 0, tzinfo=UTC), date(2026, 11, 20)),
        # Berlin: the hour from 2 to 3 is missing on 29 March and comes twice on 25 October.
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),
        ("Europe/Berlin", datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_day_that_begins_at_four_begins_at_four_by_the_wall_clock(zone, instant, day):
    assert Days(zone, starts_at=4).of(instant) == day


@settings(deadline=None)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    st.integers(0, 12),
)
def test_an_instant_lies_between_the_beginning_of_its_day_and_the_next(naive, zone, starts_at):
    instant, days = naive.replace(tzinfo=UTC), Days(zone, starts_at)
    day = days.of(instant)
    # A wall clock that is set back shows some minutes of a day's beginning twice.
    slack = timedelta(hours=1)
    assert days.begin(day) - slack <= instant < days.begin(day + timedelta(days=1)) + slack


def test_settings_that_make_no_sense_fall_back():
    kept = {"time.zone": "Asia/Shanghai", "time.day_starts_at": 4}
    assert Days.from_settings(kept) == Days("Asia/Shanghai", 4)
    assert Days.from_settings({"time.zone": "Asia/Shanghai", "time.day_starts_at": 99}) == Days(
        "Asia/Shanghai", 4
    )


def test_a_week_begins_on_monday():
    assert [monday_of(date(2026, 11, day)) for day in (16, 19, 22, 23)] == [
        date(2026, 11, 16),
        date(2026, 11, 16),
        date(2026, 11, 16),
        date(2026, 11, 23),
    ]
