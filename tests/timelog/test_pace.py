"""The week against its aim, and the line to the next milestone: plain sums."""

from datetime import date, timedelta

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from studio.lib.templatetags.studio import hours
from timelog.pace import horizon, week

from .make import unhurried

MONDAY = date(2026, 11, 16)
HOUR = 3600


def on(day, family, hours):
    return MONDAY + timedelta(days=day), family, round(hours * HOUR)


# --- the week -------------------------------------------------------------------------------------
def test_an_empty_week_is_neither_short_nor_full():
    found = week([], MONDAY, MONDAY)
    assert (found.seconds, found.short, found.days_left) == (0, 0, 6)
    assert [share.percent for share in found.shares] == [0, 0, 0]


def test_what_is_missing_to_the_aim_is_said_in_hours_of_writing():
    found = week([on(0, "writing", 2), on(1, "video", 5), on(1, "detour", 1)], MONDAY, MONDAY)
    assert found.short == 4 * HOUR  # (2 + 4) is half of (8 + 4)
    found = week([on(0, "writing", 4), on(1, "video", 1)], MONDAY, MONDAY, aim=80)
    assert found.short == 0
    found = week([on(0, "writing", 1), on(1, "video", 1)], MONDAY, MONDAY, aim=75)
    assert found.short == 2 * HOUR
    assert week([on(0, "video", 1)], MONDAY, MONDAY, aim=100).short == 0


def test_days_of_another_week_do_not_count_and_the_days_left_never_fall_below_none():
    rows = [on(-1, "writing", 1), on(7, "writing", 1), on(6, "writing", 1)]
    found = week(rows, MONDAY, MONDAY + timedelta(days=9))
    assert (found.seconds, found.days_left, found.sunday) == (HOUR, 0, date(2026, 11, 22))


def test_the_tallest_day_fills_its_height_from_the_ground_up():
    found = week([on(0, "writing", 3), on(0, "video", 1), on(1, "detour", 2)], MONDAY, MONDAY)
    assert found.days[0].pieces == (("writing", 25.0, 75.0), ("video", 0.0, 25.0))
    assert found.days[1].pieces == (("detour", 50.0, 50.0),)
    assert found.days[2].pieces == ()


@unhurried
@given(
    st.lists(
        st.tuples(
            st.integers(0, 6).map(lambda n: MONDAY + timedelta(days=n)),
            st.sampled_from(["writing", "video", "detour"]),
            st.integers(0, 86400),
        )
    ),
    st.integers(0, 99),
)
def test_parts_add_up_and_the_shortfall_would_reach_the_aim(rows, aim):
    found = week(rows, MONDAY, MONDAY, aim)
    assert found.seconds == sum(seconds for _, _, seconds in rows)
    assert sum(share.seconds for share in found.shares) == found.seconds
    assert sum(day.seconds for day in found.days) == found.seconds
    assert sum(share.percent for share in found.shares) == (100 if found.seconds else 0)
    writing = found.shares[0].seconds + found.short
    # Whole seconds: up to one second less than the exact share.
    assert 100 * (writing + 1) >= aim * (found.seconds + found.short)


# --- the line -------------------------------------------------------------------------------------
MARKS = [(1, 2000, 7), (2, 10000, 7)]
TODAY = date(2026, 11, 19)


def test_there_is_no_line_without_a_milestone_that_counts_something():
    assert horizon([], {}, [], TODAY, 28) is None
    assert horizon([(1, 2000, None)], {}, [], TODAY, 28) is None


def test_the_next_milestone_and_its_day_at_the_pace_of_the_last_weeks():
    found = horizon(MARKS, {7: 1947 * HOUR, 8: 500 * HOUR}, [(7, 28 * HOUR), (8, 99)], TODAY, 28)
    assert found is not None
    assert (found.hours, found.farthest, found.next_hours, found.to_next) == (1947, 10000, 2000, 53)
    assert found.by == TODAY + timedelta(days=53)
    assert (found.at, found.flips) == (19.47, False)
    assert dict(found.ticks)[20.0] == "2,000"


def test_without_a_pace_or_with_one_that_takes_a_lifetime_there_is_no_day():
    for spent in ([], [(8, HOUR)], [(7, 1)]):
        found = horizon(MARKS, {7: 1947 * HOUR}, spent, TODAY, 28)
        assert found is not None
        assert (found.next_hours, found.by) == (2000, None)


def test_past_the_last_milestone_the_line_is_full():
    found = horizon(MARKS, {7: 12_000 * HOUR}, [(7, HOUR)], TODAY, 28)
    assert found is not None
    assert (found.at, found.next_hours, found.by, found.flips) == (100.0, None, None, True)


def test_a_milestone_of_several_kinds_counts_them_all_and_only_the_same_kinds_share_a_line():
    marks = [(1, 100, 7), (1, 100, 8), (2, 50, 7), (3, 80, 7), (3, 80, 8)]
    found = horizon(marks, {7: 30 * HOUR, 8: 40 * HOUR}, [], TODAY, 28)
    assert found is not None
    assert (found.hours, found.farthest, found.next_hours) == (70, 100, 80)


def test_an_hour_that_is_not_full_does_not_count_and_a_missing_minute_is_an_hour_to_go():
    found = horizon(MARKS, {7: 2000 * HOUR - 60}, [], TODAY, 28)
    assert found is not None
    assert (found.hours, found.to_next) == (1999, 1)


def test_the_last_half_minute_counts_as_it_does_on_every_page():
    found = horizon(MARKS, {7: 2000 * HOUR - 20}, [(7, HOUR)], TODAY, 28)
    assert found is not None
    assert (found.hours, found.next_hours, found.to_next) == (2000, 10000, 8000)


@unhurried
@given(st.integers(0, 40_000_000))
def test_the_full_hours_of_the_line_are_those_of_a_kinds_own_line(seconds):
    """The heading says 1,947 where the line below it says 1,947 h, whatever the seconds."""
    found = horizon([(1, 99_999, 7)], {7: seconds}, [], TODAY, 28)
    assert found is not None
    for language, unit in (("en", " h"), ("zh-hans", " 小时")):
        with translation.override(language):
            words = hours(seconds)
            said = int(words.split(unit)[0].replace(",", "")) if unit in words else 0
        assert (found.hours, found.hours + found.to_next) == (said, 99_999)
