"""Twelve weeks against the aim, and kinds against their hours: sums by hand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timelog.weeks import aims, last_weeks

from .make import unhurried

MONDAY = date(2026, 11, 16)
HOUR = 3600


def on(weeks_ago, family, hours, day=0):
    return MONDAY - timedelta(weeks=weeks_ago) + timedelta(days=day), family, hours * HOUR


def test_there_are_twelve_columns_and_the_last_is_now():
    found = last_weeks([], MONDAY, 50)
    assert [column.monday for column in found][::11] == [date(2026, 8, 31), MONDAY]
    assert [column.x for column in found][:3] == [0.0, 8.333, 16.667]
    assert [column.is_now for column in found] == [False] * 11 + [True]
    assert {(column.seconds, column.pieces, column.notch) for column in found} == {(0, (), None)}


def test_a_column_stands_on_its_writing_and_is_notched_at_the_aim_of_its_own_height():
    rows = [
        on(1, "writing", 6, day=6),
        on(1, "video", 2),
        on(0, "writing", 1),
        on(0, "detour", 3),
        on(12, "writing", 99),
        on(-1, "writing", 99),
    ]
    *_, before, now = last_weeks(rows, MONDAY, 50)
    assert before.pieces == (("writing", 25.0, 75.0), ("video", 0.0, 25.0))
    assert (before.seconds, before.writing, before.percent, before.notch) == (
        8 * HOUR,
        6 * HOUR,
        75,
        50.0,
    )
    assert now.pieces == (("writing", 87.5, 12.5), ("detour", 50.0, 37.5))
    assert (now.percent, now.notch) == (25, 75.0)


def test_without_an_aim_there_is_no_notch():
    assert last_weeks([on(0, "writing", 1)], MONDAY, 0)[-1].notch is None


def test_a_month_is_named_under_the_week_in_which_it_begins():
    found = last_weeks([], MONDAY, 50)
    assert [each.monday.day for each in found if each.begins_month] == [31, 28, 26]


# --- hours a week ---------------------------------------------------------------------------------
def test_a_kind_short_of_its_hours_is_a_bar_that_ends_before_the_notch():
    rows = [on(0, 7, 15), on(1, 7, 40), on(0, 8, 99)]
    [aim] = aims(rows, {7: 20 * HOUR}, MONDAY, MONDAY)
    assert (aim.kind, aim.seconds, aim.aim, aim.is_there) == (7, 15 * HOUR, 20 * HOUR, False)
    assert (aim.width, aim.notch, aim.y) == (75.0, 100.0, 50.0)
    assert [tuple(bar) for bar in aim.weeks[-2:]] == [
        (83.333, 0.0, 100.0, 40 * HOUR),
        (91.667, 62.5, 37.5, 15 * HOUR),
    ]


def test_a_kind_beyond_its_hours_passes_the_notch():
    [aim] = aims([on(0, 7, 25)], {7: 20 * HOUR}, MONDAY, MONDAY)
    assert (aim.width, aim.notch, aim.is_there) == (100.0, 80.0, True)


def test_another_week_can_be_on_the_page_while_the_columns_end_now():
    shown = MONDAY - timedelta(weeks=30)
    [aim] = aims([on(30, 7, 10), on(0, 7, 5)], {7: 20 * HOUR}, shown, MONDAY)
    assert (aim.seconds, aim.weeks[-1].seconds) == (10 * HOUR, 5 * HOUR)


days = st.integers(-120, 10).map(lambda n: MONDAY + timedelta(days=n))


@unhurried
@given(
    st.lists(st.tuples(days, st.sampled_from(["writing", "video", "detour"]), st.integers(0, 9**5)))
)
def test_columns_add_up_to_what_was_spent_in_their_weeks(rows):
    found = last_weeks(rows, MONDAY, 50)
    first, last = MONDAY - timedelta(weeks=11), MONDAY + timedelta(days=6)
    within = [seconds for day, _family, seconds in rows if first <= day <= last]
    assert sum(column.seconds for column in found) == sum(within)
    tallest = max(column.seconds for column in found)
    for column in found:
        drawn = sum(height for _family, _y, height in column.pieces)
        assert abs(drawn - 100 * column.seconds / (tallest or 1)) < 0.01
