"""When hours were reached, and when they would be at a flat pace: sums on paper."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timelog.reach import Due, Goal, Step, due, goals, standing, steps

from .make import unhurried

TODAY = date(2026, 11, 19)
HOUR = 3600
CRAFT, WRITING = 7, 8


def ago(days):
    return TODAY - timedelta(days=days)


def at(hours, kinds=(CRAFT,)):
    return Goal(1, hours, "", frozenset(kinds))


def test_rows_of_a_milestone_are_folded_and_one_that_counts_nothing_is_left_out():
    rows = [(2, 500, "半程", 8), (1, 2000, "", 7), (2, 500, "半程", 7), (3, 9, "", None)]
    assert goals(rows) == [
        Goal(2, 500, "半程", frozenset({7, 8})),
        Goal(1, 2000, "", frozenset({7})),
    ]


# --- the rise -------------------------------------------------------------------------------------
def test_a_day_is_one_step_of_all_its_kinds_and_a_balance_comes_before_its_day():
    spent = [(ago(2), CRAFT, 60), (ago(2), WRITING, 40), (ago(3), CRAFT, 5), (ago(1), 9, 999)]
    carried = [(ago(2), CRAFT, 1000)]
    assert steps(frozenset({CRAFT, WRITING}), spent, carried, TODAY) == [
        Step(ago(3), 5, carried=False),
        Step(ago(2), 1005, carried=True),
        Step(ago(2), 1105, carried=False),
    ]


def test_what_is_written_down_for_days_ahead_counts_today():
    spent = [(ago(-3), CRAFT, 10), (TODAY, CRAFT, 5)]
    assert steps(frozenset({CRAFT}), spent, [], TODAY) == [Step(TODAY, 15, carried=False)]


# --- the day --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("missing", "spent", "expected"),
    [
        (53 * HOUR, 28 * HOUR, Due(TODAY + timedelta(days=53))),
        (1, 28 * HOUR, Due(TODAY + timedelta(days=1))),
        (366 * HOUR, 28 * HOUR, Due(TODAY + timedelta(days=366))),
        (367 * HOUR, 28 * HOUR, Due(TODAY + timedelta(days=367), by_month=True)),
        (36_499 * HOUR, 28 * HOUR, Due(TODAY + timedelta(days=36_499), by_month=True)),
        (36_500 * HOUR, 28 * HOUR, Due(None, is_far=True)),
        (53 * HOUR, 0, Due(None)),
        (10**15, 1, Due(None, is_far=True)),
    ],
)
def test_a_flat_pace_comes_to_a_day_or_says_why_not(missing, spent, expected):
    assert due(missing, spent, 28, TODAY) == expected


# --- a milestone ----------------------------------------------------------------------------------
def test_a_milestone_is_dated_by_the_day_that_filled_it():
    rise = [Step(ago(9), 99 * HOUR, False), Step(ago(5), 100 * HOUR, False)]
    found = standing(at(100), [*rise, Step(ago(1), 300 * HOUR, False)], HOUR, 28, TODAY)
    assert (found.reached, found.carried, found.to_go, found.percent) == (ago(5), False, 0, 100.0)
    assert found.due == Due(None)


def test_one_that_was_full_when_hours_were_carried_over_is_dated_by_their_day():
    rise = [Step(ago(9), 1900 * HOUR, True), Step(ago(8), 2000 * HOUR, False)]
    found = standing(at(500), rise, 0, 28, TODAY)
    assert (found.reached, found.carried) == (ago(9), True)
    found = standing(at(2000), rise, 0, 28, TODAY)
    assert (found.reached, found.carried) == (ago(8), False)


def test_one_to_come_says_how_far_and_when():
    rise = [Step(ago(1), 1947 * HOUR + 60, False)]
    found = standing(at(2000), rise, 28 * HOUR, 28, TODAY)
    assert (found.to_go, found.percent, found.reached) == (53, 97.351, None)
    assert found.due == Due(TODAY + timedelta(days=53))
    assert standing(at(2000), [], 0, 28, TODAY).to_go == 2000


def test_half_a_minute_short_reads_as_full_and_is_reached():
    found = standing(at(1), [Step(TODAY, HOUR - 20, False)], 0, 28, TODAY)
    assert (found.reached, found.to_go) == (TODAY, 0)
    found = standing(at(1), [Step(TODAY, HOUR - 31, False)], 0, 28, TODAY)
    assert (found.reached, found.to_go) == (None, 1)


@unhurried
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 86_400)), max_size=40),
    st.integers(1, 300),
)
def test_a_milestone_is_reached_on_the_first_day_that_has_its_hours(rows, hours):
    spent = [(ago(days), CRAFT, seconds) for days, seconds in rows]
    rise = steps(frozenset({CRAFT}), spent, [], TODAY)
    found = standing(at(hours), rise, 0, 28, TODAY)

    def until(day):
        return round(sum(seconds for when, _, seconds in spent if when <= day) / 60)

    assert (found.reached is None) == (until(TODAY) < hours * 60)
    if found.reached:
        assert until(found.reached) >= hours * 60 > until(found.reached - timedelta(days=1))
