"""The order of a world's books: one verb, twins as one, and never from a stale page."""

import re

import pytest

from projects.writing.models import Book
from projects.writing.shelf_order import pairs, version_of

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Three books; the second has a twin that stands elsewhere in the row."""
    made = make.world()
    for title in ("First", "Second", "Third", "第二"):
        make.book(title, world=made)
    Book.objects.get(title="Second").pair_with(Book.objects.get(title="第二"))
    return made


def key(title):
    return f"book-{Book.objects.get(title=title).pk}"


def version(world):
    return version_of(pairs(world.books.values_list("pk", "twin")))


def move(client, world, title, seen=None, **said):
    said = {"what": key(title), "version": seen or version(world)} | said
    return client.post(f"/worlds/{world.pk}/order/", said)


def titles(world):
    return list(world.books.values_list("title", flat=True))


def test_pairs_stand_where_their_first_book_stands():
    assert pairs([(1, None), (2, 9), (3, None), (9, 2), (5, 77)]) == [(1,), (2, 9), (3,), (5,)]


def test_a_book_steps_past_its_neighbour_and_twins_go_together(studio_client, world):
    answer = move(studio_client, world, "Third", step="up")
    assert answer.url == f"/worlds/{world.pk}/?arrange"
    assert titles(world) == ["First", "Third", "Second", "第二"]
    move(studio_client, world, "第二", step="up")
    assert titles(world) == ["First", "Second", "第二", "Third"]


def test_a_book_stands_before_another_or_last(studio_client, world):
    move(studio_client, world, "Third", to=f":{key('First')}")
    assert titles(world) == ["Third", "First", "Second", "第二"]
    move(studio_client, world, "First", to=":")
    assert titles(world) == ["Third", "Second", "第二", "First"]
    move(studio_client, world, "First", to=f":{key('第二')}")
    assert titles(world) == ["Third", "First", "Second", "第二"]


def test_a_move_is_taken_back_by_its_toast(studio_client, world):
    move(studio_client, world, "Third", to=f":{key('First')}")
    page = studio_client.get(f"/worlds/{world.pk}/").content.decode()
    undo = re.search(rf'action="(/worlds/{world.pk}/order/\?[^"]+)"', page)[1].replace("&amp;", "&")
    studio_client.post(undo)
    assert titles(world) == ["First", "Second", "第二", "Third"]


def test_a_page_that_is_out_of_date_moves_nothing_and_says_so(studio_client, world):
    seen = version(world)
    move(studio_client, world, "Third", step="up")
    before = titles(world)
    answer = studio_client.post(
        f"/worlds/{world.pk}/order/",
        {"what": key("First"), "step": "down", "version": seen},
        headers={"HX-Request": "true", "HX-Target": "books"},
    )
    assert answer.status_code == 409
    assert "The books were rearranged elsewhere; nothing was moved." in answer.content.decode()
    assert titles(world) == before
    form = move(studio_client, world, "First", seen=seen, step="down")
    assert "nothing was moved" in studio_client.get(form.url).content.decode()
    assert titles(world) == before


@pytest.mark.parametrize("what", ["book-999", "part-1", "book-x", ""])
def test_what_is_not_there_moves_nothing(studio_client, world, what):
    before = titles(world)
    answer = studio_client.post(
        f"/worlds/{world.pk}/order/",
        {"what": what, "step": "up", "version": version(world)},
        headers={"HX-Target": "books"},
    )
    assert answer.status_code == 422
    assert titles(world) == before


def test_a_book_in_the_trash_comes_back_to_its_place(studio_client, world):
    Book.objects.get(title="Second").trash()
    move(studio_client, world, "Third", to=f":{key('First')}")
    Book.everything.get(title="Second").bring_back()
    assert titles(world) == ["Third", "First", "Second", "第二"]


def test_the_page_shows_the_order_it_sends(studio_client, world):
    page = studio_client.get(f"/worlds/{world.pk}/?arrange").content.decode()
    assert f'data-version="{version(world)}"' in page
    assert page.count("data-grip") == 3
