"""A book seen from the side."""

import pytest

from projects.writing.edge import FEWEST, Leaf, bars, gathered, pass_tone, tone
from projects.writing.shelf import roman


def leaf(length, now=False):
    return Leaf(length, 3, now, "")


def percent(said):
    return float(said.removesuffix("%"))


def test_bars_stand_on_the_ground_and_the_longest_is_tallest():
    drawn = bars([leaf(10), leaf(40), leaf(20, now=True)])
    assert [percent(bar.height) for bar in drawn] == [24.5, 98, 49]
    assert [percent(bar.y) + percent(bar.height) for bar in drawn] == [100, 100, 100]
    assert [bar.look for bar in drawn] == ["tone-3", "tone-3", "now"]


@pytest.mark.parametrize("number", [FEWEST, 26, 300])
def test_the_bars_fill_the_picture_without_touching(number):
    drawn = bars([leaf(n + 1) for n in range(number)])
    ends = [percent(bar.x) + percent(bar.width) for bar in drawn]
    assert percent(drawn[0].x) == 0 and ends[-1] == pytest.approx(100, abs=0.02)
    gaps = [percent(b.x) - end for b, end in zip(drawn[1:], ends, strict=False)]
    assert min(gaps) > 0


def test_a_young_book_does_not_fill_the_picture():
    assert percent(bars([leaf(9), leaf(9)])[1].x) < 5


def test_a_planned_chapter_is_a_tip_at_the_height_of_an_average_one():
    planned = bars([leaf(10), leaf(30), leaf(0)])[2]
    assert planned.look == "plan"
    assert percent(planned.y) == pytest.approx(100 - 98 * 20 / 30, abs=0.01)
    assert percent(bars([leaf(0)])[0].y) == 50


def test_tones_follow_the_authors_statuses():
    assert [tone(rank, 4) for rank in (None, 0, 1, 2, 3)] == [0, 0, 1, 2, 3]
    assert [tone(rank, 1) for rank in (None, 0)] == [3, 3]


def test_a_leaf_is_darker_the_further_its_chapter_is_in_the_pass():
    assert [pass_tone(state) for state in ("untouched", "work", "done")] == [0, 2, 3]


def test_where_there_is_little_room_neighbours_share_a_leaf():
    leaves = [Leaf(n, 3 if n < 5 else 0, n == 6, str(n)) for n in range(1, 10)]
    assert gathered(leaves, 9) == leaves
    assert gathered(leaves, 4) == [
        Leaf(2, 3, False, "1 – 3"),
        Leaf(5, 2, True, "4 – 6"),
        Leaf(8, 0, False, "7 – 9"),
    ]
    assert gathered([], 4) == []


def test_books_are_numbered_as_on_a_spine():
    assert [roman(number) for number in (1, 4, 9, 14, 39, 40)] == [
        "I",
        "IV",
        "IX",
        "XIV",
        "XXXIX",
        "40",
    ]
