"""Rows that come in at once are put among entries as if each were written by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timelog.overlap import Stretch, union
from timelog.settling import BOTH, MOST_TOGETHER, WAYS, settle, together

from .make import unhurried

BEGIN = datetime(2026, 11, 19, tzinfo=UTC)


def stretch(start, end, pk=0):
    return Stretch(BEGIN + timedelta(hours=start), BEGIN + timedelta(hours=end), pk)


def after(rows, entries, usual=BOTH, **ways):
    """Hours of rows and of entries once they are settled, and the rows that stay as they were."""
    rows = [stretch(*each) for each in rows]
    entries = [stretch(*each, pk) for pk, each in enumerate(entries, 1)]
    found = settle(rows, entries, {int(key[1:]): way for key, way in ways.items()}, usual)
    rows = [found.rows.get(place, each) for place, each in enumerate(rows)]
    entries = [found.entries.get(each.pk, each) for each in entries]
    return [hours(each) for each in rows], [hours(each) for each in entries], found.as_they_were


def hours(each):
    return tuple((at - BEGIN).total_seconds() / 3600 for at in (each.start, each.end))


@pytest.mark.parametrize(
    ("way", "row", "entry"),
    [("trim", (11, 13), (9, 11)), ("after", (12, 13), (9, 12)), ("both", (11, 13), (9, 12))],
)
def test_each_way_does_what_it_does_for_an_entry_by_hand(way, row, entry):
    assert after([(11, 13)], [(9, 12)], way) == ([row], [entry], set())


def test_rows_are_put_among_one_another_too_the_earliest_first():
    assert after([(11, 13), (9, 12)], [], "trim") == ([(11, 13), (9, 11)], [], set())
    rows, entries, _ = after([(11, 13), (9, 12)], [(8, 10)], "after")
    assert (rows, entries) == ([(12, 13), (10, 12)], [(8, 10)])


def test_one_row_may_have_a_way_of_its_own():
    rows, entries, _ = after([(11, 13), (15, 17)], [(9, 12), (14, 16)], "trim", _1="after")
    assert (rows, entries) == ([(11, 13), (16, 17)], [(9, 11), (14, 16)])


def test_where_nothing_of_one_would_be_left_both_are_kept_and_told():
    assert after([(10, 11)], [(9, 12)], "after") == ([(10, 11)], [(9, 12)], {0})
    assert after([(9, 11)], [(9, 12)], "trim") == ([(9, 11)], [(9, 12)], {0})


def test_more_that_lie_over_one_another_than_a_day_can_have_are_left_as_they_are():
    crowd = [(0, 10)] * MOST_TOGETHER
    rows, entries, same = after([*crowd, (5, 6)], [(1, 2), (20, 22)], "trim")
    assert (rows, entries) == ([*crowd, (5, 6)], [(1, 2), (20, 22)])
    assert same == set(range(1, MOST_TOGETHER + 1)) | {0}


def test_empty_stretches_share_nothing_and_groups_touch_at_most():
    groups = together([stretch(1, 1), stretch(0, 2), stretch(2, 3), stretch(2.5, 4)])
    assert [[hours(each) for each in group] for group in groups] == [
        [(0, 2)],
        [(2, 3), (2.5, 4)],
    ]


spans = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda it: (it[0], it[0] + it[1]))


@unhurried
@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8), st.sampled_from(WAYS), st.data())
def test_nothing_grows_nothing_vanishes_and_nothing_leaves_its_place(rows, entries, usual, data):
    ways = {
        f"_{place}": data.draw(st.sampled_from(WAYS))
        for place in range(len(rows))
        if data.draw(st.booleans())
    }
    new_rows, new_entries, _ = after(rows, entries, usual, **ways)
    for old, new in zip([*rows, *entries], [*new_rows, *new_entries], strict=True):
        assert old[0] <= new[0] < new[1] <= old[1]
    before, left = (
        union((stretch(*each).start, stretch(*each).end) for each in both)
        for both in (rows + entries, new_rows + new_entries)
    )
    assert left <= before


@unhurried
@given(st.lists(spans, max_size=10), st.lists(spans, max_size=3), st.sampled_from(WAYS[1:]))
def test_a_row_that_shares_time_with_one_entry_alone_shares_none_after(rows, entries, usual):
    one = rows[:1]
    near = [each for each in entries if one and each[0] < one[0][1] and one[0][0] < each[1]][:1]
    new_rows, new_entries, same = after(one, near, usual)
    for row, entry in zip(new_rows, new_entries, strict=False):
        assert same or row[1] <= entry[0] or entry[1] <= row[0]
