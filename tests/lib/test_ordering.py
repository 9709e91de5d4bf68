"""An order the author gives."""

import pytest

from tests.writing import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapters():
    book = make.book()
    return [make.chapter(title, book=book) for title in ("一", "two", "三", "four")]


def titles(chapters):
    return "".join(chapter.title[0] for chapter in chapters[0].siblings())


def test_a_new_row_stands_last_in_its_own_scope(chapters):
    elsewhere = make.chapter("elsewhere")
    assert [chapter.position for chapter in chapters] == [1, 2, 3, 4]
    assert elsewhere.position == 1


@pytest.mark.parametrize(
    ("place", "order"),
    [(0, "三一tf"), (1, "一三tf"), (2, "一t三f"), (3, "一tf三"), (99, "一tf三"), (-5, "三一tf")],
)
def test_a_row_moves_to_a_place_and_out_of_range_means_the_nearest_end(chapters, place, order):
    chapters[2].move_to(place)
    assert titles(chapters) == order


def test_moving_leaves_no_gap_and_no_double(chapters):
    chapters[1].delete()
    chapters[3].move_to(0)
    rows = chapters[0].siblings()
    assert [row.position for row in rows] == [1, 2, 3]
    assert chapters[3].position == 1


def test_moving_does_not_touch_other_scopes(chapters):
    other = make.chapter("other")
    second = make.chapter("second", book=other.book)
    chapters[3].move_to(0)
    assert list(other.siblings()) == [other, second]


def test_a_row_moves_by_steps():
    world = make.world()
    books = [make.book(title, world=world) for title in ("一", "two", "三")]
    books[2].move_by(-1)
    assert list(world.books.all()) == [books[0], books[2], books[1]]
    books[0].move_by(-1)
    assert list(world.books.all()) == [books[0], books[2], books[1]]
