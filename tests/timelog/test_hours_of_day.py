"""When the work was done: hours of the wall clock, days of the author."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from timelog.hours_of_day import LONGEST, grid, pieces, zone_named
from timelog.models import TimeEntry

from . import make

BERLIN, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
MONDAY = date(2026, 11, 16)
ZONES = [
    BERLIN,
    LORD_HOWE,
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("America/New_York"),
    ZoneInfo("UTC"),
]


def at(zone, *when, fold=0):
    return datetime(*when, tzinfo=zone, fold=fold).astimezone(UTC)


def of(start, end, zone=BERLIN, starts_at=0):
    return list(pieces(start, end, zone, starts_at))


def test_an_entry_is_split_at_each_hour_of_the_clock():
    found = of(at(BERLIN, 2026, 11, 19, 9, 40), at(BERLIN, 2026, 11, 19, 11, 15))
    assert found == [((3, 9), 1200), ((3, 10), 3600), ((3, 11), 900)]


def test_the_hours_after_midnight_belong_to_the_evening_before():
    found = of(at(BERLIN, 2026, 11, 19, 23), at(BERLIN, 2026, 11, 20, 5), starts_at=4)
    assert [key for key, _seconds in found] == [(3, 23), (3, 0), (3, 1), (3, 2), (3, 3), (4, 4)]


def test_the_hour_that_comes_twice_counts_twice():
    found = of(at(BERLIN, 2026, 10, 25, 1), at(BERLIN, 2026, 10, 25, 4))
    assert [key[1] for key, _seconds in found] == [1, 2, 2, 3]
    assert sum(seconds for _key, seconds in found) == 4 * 3600


def test_the_hour_that_is_left_out_never_counts():
    found = of(at(BERLIN, 2026, 3, 29, 1), at(BERLIN, 2026, 3, 29, 4))
    assert found == [((6, 1), 3600), ((6, 3), 3600)]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.integers(1, int(LONGEST.total_seconds())),
    st.sampled_from(ZONES),
    st.integers(0, 12),
)
@make.unhurried
def test_the_pieces_add_up_to_the_second_in_every_zone(start, seconds, zone, starts_at):
    start = start.replace(microsecond=0, tzinfo=UTC)
    found = of(start, start + timedelta(seconds=seconds), zone, starts_at)
    assert sum(length for _key, length in found) == seconds


def test_the_grid_begins_at_the_hour_the_day_begins():
    found = grid([], 4, MONDAY)
    assert (found.hours[0], found.hours[-1], found.full) == (4, 3, None)
    assert [row.weekday.weekday() for row in found.rows] == list(range(7))


def test_the_fullest_hour_is_named_and_levels_are_quarters_of_ones_own():
    nine = at(BERLIN, 2026, 11, 19, 9)
    spans = [
        (nine + timedelta(hours=n), nine + timedelta(hours=n, minutes=10 * (n + 1)), BERLIN)
        for n in range(4)
    ]
    found = grid(spans, 0, MONDAY)
    row, cell = found.full
    assert (row.weekday.weekday(), cell.hour, cell.seconds) == (3, 12, 2400)
    assert [each.level for each in row.cells[9:13]] == [1, 2, 3, 4]
    assert [hour for hour, _cells in found.by_hour] == [9, 10, 11, 12]


def test_an_entry_that_never_ends_tells_nothing_of_hours():
    start = at(BERLIN, 2026, 11, 19, 9)
    assert grid([(start, start + timedelta(days=9), BERLIN)], 0, MONDAY).full is None
    assert grid([(start, start - timedelta(hours=1), BERLIN)], 0, MONDAY).full is None


def test_a_zone_that_is_none_gives_way_to_the_author_s_own():
    assert zone_named("Mars/Olympus", BERLIN) is BERLIN
    assert zone_named("", BERLIN) is BERLIN
    assert zone_named("../etc", BERLIN) is BERLIN
    assert zone_named("Asia/Shanghai", BERLIN).key == "Asia/Shanghai"


@pytest.mark.django_db
def test_the_page_shows_the_hours_of_the_clock_and_a_table_behind(studio_client):
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        page = studio_client.get("/time/").content.decode()
        assert "Entries by hand say how long, not when." in page
        with time_machine.travel(datetime(2026, 11, 18, 9, 30, tzinfo=UTC), tick=False):
            TimeEntry.objects.start(make.kind())
        TimeEntry.objects.stop(now=datetime(2026, 11, 18, 11, tzinfo=UTC))
        page = " ".join(studio_client.get("/time/").content.decode().split())
    assert "most on Wednesday from 10:00, 1 h" in page
    assert '<tr><th scope="row">10:00</th>' in page
