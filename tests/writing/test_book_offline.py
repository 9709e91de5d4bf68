"""What a device is told to keep of the open book."""

import pytest
from django.test import Client

from . import make

pytestmark = pytest.mark.django_db


def kept(client, book):
    return client.get(f"/books/{book.pk}/offline/").json()


def test_the_book_its_chapters_and_its_scenes_in_reading_order(studio_client):
    book = make.book("寂静晶格", language="zh-Hans")
    one = make.scene("字", chapter=make.chapter("晶格", book=book))
    two = make.chapter("雪", book=book)
    scenes = [make.scene(chapter=two, title="夜"), make.scene(chapter=two)]
    said = kept(studio_client, book)
    assert (said["title"], said["language"]) == ("寂静晶格", "zh-Hans")
    assert [(page["kind"], page["url"], page["title"]) for page in said["pages"]] == [
        ("book", f"/books/{book.pk}/", "寂静晶格"),
        ("read", f"/chapters/{one.chapter_id}/", "1 晶格"),
        ("write", f"/scenes/{one.pk}/edit/", "1 晶格"),
        ("read", f"/chapters/{two.pk}/", "2 雪"),
        ("write", f"/scenes/{scenes[0].pk}/edit/", "2 雪 · 夜"),
        ("write", f"/scenes/{scenes[1].pk}/edit/", "2 雪 · 2"),
    ]


def test_a_page_carries_the_stamp_it_is_listed_with(studio_client):
    scene = make.scene("one")
    make.scene("two", chapter=scene.chapter)
    scene.revise("three", base=1)
    for page in kept(studio_client, scene.chapter.book)["pages"][1:]:
        assert studio_client.get(page["url"])["X-Revision"] == page["stamp"]


def test_a_stamp_changes_with_the_words(studio_client):
    scene = make.scene("one")
    before = kept(studio_client, scene.chapter.book)["pages"]
    scene.revise("two", base=1)
    after = kept(studio_client, scene.chapter.book)["pages"]
    assert [a["stamp"] == b["stamp"] for a, b in zip(before, after, strict=True)] == [
        True,
        False,
        False,
    ]


def test_it_reads_as_often_for_one_chapter_as_for_three(studio_client, django_assert_num_queries):
    scene = make.scene("words")
    address = f"/books/{scene.chapter.book_id}/offline/"
    with django_assert_num_queries(8):
        studio_client.get(address)
    for title in ("二", "Three"):
        make.scene("more", chapter=make.chapter(title, book=scene.chapter.book))
    with django_assert_num_queries(8):
        studio_client.get(address)


def test_a_stranger_is_told_nothing_of_a_book(owner):
    book = make.book()
    answer = Client().get(f"/books/{book.pk}/offline/", headers={"Accept": "application/json"})
    assert (answer.status_code, "pages" in answer.json()) == (401, False)
