"""All hours as one line: geometry worked out by hand."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timelog.climb import MOST_POINTS, climb, table, until
from timelog.reach import Goal, Step, standing, steps

from .make import unhurried

TODAY = date(2026, 11, 19)
HOUR = 3600
CRAFT = frozenset({7})
# 44 on the left, 16 on the right, 26 above and below: 500 points by 400 are left.
WIDTH, HEIGHT = 560, 452


def ago(days):
    return TODAY - timedelta(days=days)


def draw(rise, *hours, spent=0, width=WIDTH, height=HEIGHT):
    marks = [
        standing(Goal(n, each, "", CRAFT), rise, spent, 28, TODAY) for n, each in enumerate(hours)
    ]
    return climb(rise, marks, TODAY, width, height)


def points(path):
    return [tuple(map(float, each.split())) for each in re.split("[ML]", path)[1:]]


def test_without_an_hour_there_is_no_line():
    assert draw([], 2000) is None


def test_the_line_rises_from_the_first_day_to_today_and_goes_on_dashed_to_the_milestones():
    rise = [Step(ago(100), 10 * HOUR, False), Step(TODAY, 50 * HOUR, False)]
    # 28 h in 28 days: 50 h to go are 50 days, and 4 % more are left beside the last milestone.
    found = draw(rise, 75, 100, spent=28 * HOUR)
    span = 100 + 52
    x_now = round(44 + 500 * 100 / span, 1)
    assert points(found.path)[:2] == [(44.0, 426.0), (44.0, 386.0)]
    assert points(found.path)[-1] == found.now == (x_now, 226.0)
    marks = [(each.x, each.y, each.hours, each.day) for each in found.ahead]
    assert marks == [
        (round(44 + 500 * 125 / span, 1), 126.0, 75, TODAY + timedelta(days=25)),
        (round(44 + 500 * 150 / span, 1), 26.0, 100, TODAY + timedelta(days=50)),
    ]
    assert points(found.dash) == [found.now, marks[-1][:2]]
    assert (found.leaves, found.hours, found.since) == (False, 50, ago(100))
    assert (found.flips, found.words_above) == (True, False)
    assert found.top == 100


def test_without_a_pace_nothing_is_projected():
    found = draw([Step(ago(100), 50 * HOUR, False)], 100)
    assert (found.dash, found.ahead) == ("", ())
    assert found.now == (round(44 + 500 * 100 / 120, 1), 226.0)


def test_a_milestone_very_far_off_leaves_the_picture_on_its_right():
    rise = [Step(ago(100), 10 * HOUR, False)]
    found = draw(rise, 10_000, spent=28 * HOUR)  # 9,990 days, and six years are shown
    assert found.leaves is True
    x, y = points(found.dash)[-1]
    assert x == 544.0 == found.last_at
    days = 6 * 365
    assert y == pytest.approx(26 + 400 * (1 - (10 + days) / 10_000), abs=0.2)


def test_hours_carried_over_are_a_jump_of_their_day_and_a_ring():
    rise = [
        Step(ago(10), 5 * HOUR, False),
        Step(ago(5), 95 * HOUR, True),
        Step(ago(5), 100 * HOUR, False),
    ]
    found = draw(rise, 200)
    [ring] = found.carried
    assert (ring.seconds, ring.day) == (90 * HOUR, ago(5))
    at = [point for point in points(found.path) if point[0] == ring.x]
    assert at == [(ring.x, 416.0), (ring.x, ring.y), (ring.x, 226.0)]


def test_a_line_that_begins_with_hours_carried_over_begins_at_their_height():
    found = draw([Step(ago(10), 100 * HOUR, True)], 200)
    assert points(found.path)[0] == (44.0, 226.0)


def test_without_milestones_the_picture_is_as_high_as_the_next_round_number():
    rise = [Step(ago(10), 43 * HOUR, False)]
    assert (draw(rise).top, draw([Step(ago(1), 60, False)]).top) == (50, 1)
    assert draw([Step(ago(10), 120 * HOUR, False)], 100).top == 200


def test_words_of_the_upright_axis_never_lie_on_each_other():
    rise = [Step(ago(10), 43 * HOUR, False)]
    found = draw(rise, 2000, 2100, 10_000)
    assert [label.hours for label in found.levels] == [0, 2000, 5000, 10_000]
    assert [label.at for label in found.levels] == [426.0, 346.0, 226.0, 26.0]
    assert [label.hours for label in draw(rise, 10, 10_000).levels] == [0, 5000, 10_000]


def test_a_short_line_names_months_and_a_long_one_years():
    short = draw([Step(date(2026, 8, 15), HOUR, False)], 100)
    assert [(each.day.month, each.names_month, each.names_year) for each in short.dates] == [
        (9, True, True),
        (10, True, False),
        (11, True, False),
        (12, True, False),
    ]
    long = draw([Step(date(2016, 2, 1), HOUR, False)], 10_000, spent=280 * HOUR)
    assert [each.day.year for each in long.dates] == [2018, 2020, 2022, 2024, 2026, 2028]
    assert {(each.day.month, each.names_month) for each in long.dates} == {(1, False)}


def test_the_table_ends_each_month_and_after_two_years_each_year():
    rise = [Step(date(2026, 9, 10), 60, False), Step(date(2026, 11, 2), 100, False)]
    assert table(rise, TODAY) == [
        (date(2026, 9, 30), 60),
        (date(2026, 10, 31), 60),
        (TODAY, 100),
    ]
    rise = [Step(date(2023, 12, 31), 60, False), *rise[1:]]
    assert table(rise, TODAY) == [
        (date(2023, 12, 31), 60),
        (date(2024, 12, 31), 60),
        (date(2025, 12, 31), 60),
        (TODAY, 100),
    ]
    assert table([], TODAY) == []


@unhurried
@given(
    st.lists(st.tuples(st.integers(0, 5000), st.booleans(), st.integers(1, 10**6)), min_size=1),
    st.lists(st.integers(1, 20_000), max_size=4, unique=True),
    st.integers(0, 10**6),
    st.sampled_from([(640, 400), (350, 260)]),
)
def test_the_line_ends_at_the_sum_of_the_log_never_falls_and_stays_inside(rows, hours, pace, size):
    spent = [(ago(days), 7, seconds) for days, is_spent, seconds in rows if is_spent]
    carried = [(ago(days), 7, seconds) for days, is_spent, seconds in rows if not is_spent]
    rise = steps(CRAFT, spent, carried, TODAY)
    found = draw(rise, *sorted(hours), spent=pace, width=size[0], height=size[1])
    assert found.seconds == sum(seconds for *_, seconds in rows) == until(rise, TODAY)
    assert table(rise, TODAY)[-1] == (TODAY, found.seconds)
    line = points(found.path)
    assert line == sorted(line, key=lambda point: (point[0], -point[1]))
    assert line[-1] == found.now
    assert len(line) <= MOST_POINTS + 2 + 2 * len(carried)
    for x, y in line + (points(found.dash) if found.dash else []):
        assert 44 <= x <= found.end
        assert 26 <= y <= found.base
    ys = [label.at for label in found.levels]
    assert all(a - b >= 15 for a, b in pairwise(ys))
