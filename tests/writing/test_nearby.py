"""The outline beside the manuscript of a long book."""

import pytest

from projects.writing import nearby as module
from projects.writing.models import Chapter, Scene
from projects.writing.nearby import nearby
from tests.queries import queries

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def narrow(monkeypatch):
    """Two chapters on either side, so that nine are many."""
    monkeypatch.setattr(module, "AROUND", 2)
    monkeypatch.setattr(module, "SHORT", 0)


def long_book(chapters=9):
    """A prologue without a number, then parts of four; each chapter one scene of three words."""
    book = make.book("晶格记得")
    parts = [book.parts.create(title=title) for title in ("第一部", "第二部")]
    for n in range(chapters):
        part = parts[n > 4] if n else None
        chapter = make.chapter(f"第{n}夜", book=book, part=part, numbered=n > 0)
        make.scene("She counted once.", chapter=chapter)
    return book, list(book.chapters.in_reading_order())


def titles(found):
    return [
        (group.part and group.part.title, [line.chapter.title for line in group.lines])
        for group in found.groups
    ]


def test_the_chapters_around_the_open_one_are_shown_under_their_parts(narrow):
    _, chapters = long_book()
    found = nearby(chapters[4])
    assert titles(found) == [
        ("第一部", ["第2夜", "第3夜", "第4夜"]),
        ("第二部", ["第5夜", "第6夜"]),
    ]
    assert (found.earlier, found.later, found.chapters) == (2, 2, 9)


def test_a_chapter_keeps_its_number_wherever_the_stretch_begins(narrow):
    _, chapters = long_book()
    found = nearby(chapters[4])
    numbers = [line.number for group in found.groups for line in group.lines]
    assert (numbers, found.line.number) == ([2, 3, 4, 5, 6], 4)
    assert nearby(chapters[0]).line.number is None


def test_at_the_edges_of_the_book_nothing_is_left_out_beyond_them(narrow):
    _, chapters = long_book()
    first, last = nearby(chapters[0]), nearby(chapters[-1])
    assert (first.earlier, first.later) == (0, 6)
    assert (last.earlier, last.later) == (6, 0)


def test_all_of_it_when_asked(narrow):
    _, chapters = long_book()
    found = nearby(chapters[4], whole=True)
    assert (found.earlier, found.later) == (0, 0)
    assert [part for part, _ in titles(found)] == [None, "第一部", "第二部"]
    assert sum(len(shown) for _, shown in titles(found)) == 9


def test_the_length_is_that_of_the_whole_book(narrow):
    book, chapters = long_book()
    make.scene("Elsewhere.", chapter=make.chapter(book=make.book("Another", world=book.world)))
    assert nearby(chapters[4]).counts.words == 27


def test_a_book_without_words_has_no_length():
    chapter = make.chapter()
    assert tuple(nearby(chapter).counts) == (0, 0, 0)


def test_the_room_links_to_the_chapters_it_leaves_out(narrow, studio_client):
    _, chapters = long_book()
    address = f"/scenes/{chapters[4].scenes.get().pk}/edit/"
    page = studio_client.get(address).content.decode()
    assert ("2 earlier chapters" in page, "2 later chapters" in page) == (True, True)
    assert ("第0夜" in page, "第8夜" in page) == (False, False)
    whole = studio_client.get(f"{address}?outline=whole").content.decode()
    assert ("earlier chapter" in whole, "later chapter" in whole) == (False, False)
    assert ("第0夜" in whole, "第8夜" in whole) == (True, True)


def test_the_missing_chapters_come_into_the_outline_alone(narrow, studio_client):
    _, chapters = long_book()
    address = f"/scenes/{chapters[4].scenes.get().pk}/edit/?outline=whole"
    part = studio_client.get(address, headers={"HX-Target": "outline"}).content.decode()
    assert ("第0夜" in part, "<textarea" in part) == (True, False)


def test_the_room_reads_as_often_for_a_long_book_as_for_a_short_one(studio_client):
    scene = make.scene("words")
    address = f"/scenes/{scene.pk}/edit/"
    short = queries(studio_client, address)
    rows = Chapter.objects.bulk_create(
        Chapter(book=scene.chapter.book, title=f"第{n}夜", position=n) for n in range(2, 80)
    )
    Scene.objects.bulk_create(Scene(chapter=row, position=1) for row in rows)
    assert queries(studio_client, address) == short


def test_a_book_of_ordinary_length_is_shown_whole(studio_client):
    book = make.book()
    chapters = [make.chapter(f"第{n}章", book=book) for n in range(module.SHORT)]
    scene = make.scene("words", chapter=chapters[0])
    page = studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    assert all(chapter.title in page for chapter in chapters)
