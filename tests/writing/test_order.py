"""The order of a book: one address, one verb, and never from a stale page."""

import pytest
from django.contrib.messages import get_messages
from hypothesis import given
from hypothesis import strategies as st

from projects.writing import order, tree_order
from projects.writing.models import Chapter, Part, Scene
from projects.writing.outline import outline
from projects.writing.tree_order import Nowhere

from . import make


@st.composite
def trees_and_moves(draw):
    """A tree, a key of it, and a place in it."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4).filter(any))
    tree, key = [], 0
    for number, size in enumerate(sizes):
        tree.append((f"h{number}", [f"k{key + place}" for place in range(size)]))
        key += size
    what = draw(st.sampled_from([one for _, keys in tree for one in keys]))
    holder, keys = draw(st.sampled_from(tree))
    return tree, what, (holder, draw(st.sampled_from(["", *keys])))


@given(trees_and_moves())
def test_a_move_keeps_every_key_and_can_be_taken_back_exactly(case):
    tree, what, place = case
    after = tree_order.moved(tree, what, place)
    keys = sorted(key for _, keys in tree for key in keys)
    assert sorted(key for _, keys in after for key in keys) == keys
    assert tree_order.moved(after, what, tree_order.place_of(tree, what)) == tree


@given(trees_and_moves(), st.sampled_from([1, -1]))
def test_a_step_there_and_a_step_back_is_no_step_but_at_the_ends(case, way):
    tree, what, _ = case
    after = tree_order.moved(tree, what, tree_order.stepped(tree, what, way))
    back = tree_order.moved(after, what, tree_order.stepped(after, what, -way))
    assert tree in (back, after)


def test_a_place_that_does_not_exist_is_said_to_be_nowhere():
    tree = [("a", ["1"]), ("b", [])]
    for key, place in [("2", ("a", "")), ("1", ("c", "")), ("1", ("b", "3"))]:
        with pytest.raises(Nowhere):
            tree_order.moved(tree, key, place)


@pytest.fixture
def book(db):
    """Two parts; chapters a, b in the first and c in the second; scenes 1, 2 in a."""
    made = make.book()
    first, second = (Part.objects.create(book=made, title=title) for title in ("I", "II"))
    a = make.chapter("a", book=made, part=first)
    make.chapter("b", book=made, part=first)
    make.chapter("c", book=made, part=second)
    make.scene("One.", chapter=a, title="1")
    make.scene("二。", chapter=a, title="2")
    return made


def stands(book):
    return [
        (group.part.title if group.part else "", line.chapter.title, [s.title for s in line.scenes])
        for group in outline(book).groups
        for line in group.lines
    ]


def key(title, kind=Chapter):
    return f"{kind.__name__.lower()}-{kind.objects.get(title=title).pk}"


def post(client, book, seen="", **said):
    said["version"] = seen or order.version_of(book)
    return client.post(f"/books/{book.pk}/order/", said)


def undo_of(answer):
    return next(message.extra_tags for message in get_messages(answer.wsgi_request))


def test_the_outline_and_the_verb_name_the_same_version(book):
    assert outline(book).version == order.version_of(book)
    Part.objects.create(book=book, title="III")
    make.chapter("序", book=book)
    assert outline(book).version == order.version_of(book)


def test_a_chapter_goes_before_one_of_another_part_and_back(studio_client, book):
    before = stands(book)
    to = f"{key('II', Part)}:{key('c')}"
    answer = post(studio_client, book, what=key("a"), to=to)
    assert answer.url == f"/books/{book.pk}/?arrange"
    assert stands(book) == [("I", "b", []), ("II", "a", ["1", "2"]), ("II", "c", [])]
    assert studio_client.post(undo_of(answer)).status_code == 302
    assert stands(book) == before


def test_a_scene_goes_into_a_chapter_that_has_none_and_back(studio_client, book):
    answer = post(studio_client, book, what=key("1", Scene), to=f"{key('c')}:")
    assert stands(book) == [("I", "a", ["2"]), ("I", "b", []), ("II", "c", ["1"])]
    studio_client.post(undo_of(answer))
    assert stands(book)[0] == ("I", "a", ["1", "2"])


def test_a_stale_tree_changes_nothing_and_says_so(studio_client, book):
    seen = order.version_of(book)
    post(studio_client, book, what=key("b"), step="up")
    now = stands(book)
    answer = post(studio_client, book, seen, what=key("c"), step="up")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The book was rearranged elsewhere; nothing was moved." in page
    assert outline(book).version in page
    assert stands(book) == now


def test_a_stale_undo_changes_nothing_either(studio_client, book):
    undo = undo_of(post(studio_client, book, what=key("b"), step="up"))
    post(studio_client, book, what=key("c"), step="up")
    now = stands(book)
    assert studio_client.post(undo).status_code == 409
    assert stands(book) == now


@pytest.mark.parametrize("what", ["", "chapter-", "chapter-999999", "book-1", "scene-x", "part--1"])
def test_what_is_not_there_is_refused_in_one_sentence(studio_client, book, what):
    now = stands(book)
    answer = post(studio_client, book, what=what, step="up")
    assert answer.status_code == 422
    assert "There is no such place in this book any more" in answer.content.decode()
    assert stands(book) == now


def test_a_thing_of_another_book_is_not_moved(studio_client, book):
    other = make.chapter("elsewhere", book=make.book("Other", world=book.world))
    assert post(studio_client, book, what=f"chapter-{other.pk}", step="up").status_code == 422


def test_the_script_gets_the_outline_and_a_toast(studio_client, book):
    said = {"what": key("b"), "step": "up", "version": order.version_of(book)}
    headers = {"HX-Target": "outline"}
    answer = studio_client.post(f"/books/{book.pk}/order/", said, headers=headers)
    page = answer.content.decode()
    assert "<html" not in page and outline(book).version in page
    assert "b is now 1 of 2." in answer.headers["HX-Trigger"]


def test_what_is_in_the_trash_comes_back_between_its_neighbours(studio_client, book):
    second = Scene.objects.get(title="2")
    make.scene("三。", chapter=second.chapter, title="3")
    second.trash()
    post(studio_client, book, what=key("b"), step="up")
    second.bring_back()
    assert stands(book)[1] == ("I", "a", ["1", "2", "3"])


def test_the_page_of_a_chapter_to_move_offers_every_place(studio_client, book):
    chapter = Chapter.objects.get(title="c")
    page = studio_client.get(f"/chapters/{chapter.pk}/move/").content.decode()
    assert page.partition('name="to"')[2].partition("</select>")[0].count("<option") == 5
    assert f'value="{key("I", Part)}:{key("a")}"' in page
