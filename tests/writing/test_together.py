"""A chapter's scenes in one piece, a scene in two languages, synopses and notes."""

import pytest
from django.contrib.messages import get_messages

from projects.writing.models import Chapter, Scene
from projects.writing.outline import outline

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins():
    """An English book and its Chinese twin."""
    world = make.world()
    book = make.book(world=world)
    twin = make.book("晶格", world=world, language="zh-Hans")
    book.pair_with(twin)
    return book, twin


@pytest.mark.parametrize("number", [1, 3])
def test_a_chapter_is_written_in_one_piece_with_the_same_queries(
    studio_client, django_assert_num_queries, number
):
    chapter = make.chapter()
    for place in range(number):
        make.scene(f"Text {place}.", chapter=chapter)
    page = studio_client.get(f"/chapters/{chapter.pk}/write/").content.decode()
    assert page.count("<scene-sheet") == number
    assert page.count('class="manuscript prose"') == number
    with django_assert_num_queries(10):
        studio_client.get(f"/chapters/{chapter.pk}/write/")


def test_notes_and_synopses_are_kept_and_never_counted(studio_client):
    scene = make.scene("one two")
    said = {"synopsis": "She counts.", "notes": "ten or nine?"}
    studio_client.post(f"/scenes/{scene.pk}/details/", said)
    scene.refresh_from_db()
    assert (scene.synopsis, scene.notes, scene.words) == ("She counts.", "ten or nine?", 2)
    assert outline(scene.chapter.book).headline == "2 words"
    page = studio_client.get(f"/books/{scene.chapter.book_id}/?synopses").content.decode()
    assert "She counts." in page and "ten or nine?" not in page
    assert "ten or nine?" in studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_outline_with_synopses_takes_the_same_queries(
    studio_client, django_assert_num_queries, number
):
    book = make.book()
    for _ in range(number):
        make.scene("One.", chapter=make.chapter(book=book), synopsis="Then.")
    studio_client.get(f"/books/{book.pk}/?synopses")
    with django_assert_num_queries(12):
        studio_client.get(f"/books/{book.pk}/?synopses")


def test_a_counterpart_is_begun_in_the_chapter_of_that_title(studio_client, twins):
    book, twin = twins
    scene = make.scene("One.", chapter=make.chapter("Salt", book=book, other_title="盐"))
    there = make.chapter("盐", book=twin)
    answer = studio_client.post(f"/scenes/{scene.pk}/counterpart/", {"counterpart": "new"})
    other = Scene.objects.get(chapter=there)
    assert answer.url == f"/scenes/{other.pk}/edit/"
    scene.refresh_from_db()
    assert (scene.counterpart, other.counterpart) == (other, scene)


def test_a_counterpart_without_a_chapter_begins_one(studio_client, twins):
    book, twin = twins
    scene = make.scene("One.", chapter=make.chapter("Salt", book=book, other_title="盐"))
    second = make.scene("Two.", chapter=scene.chapter)
    for one in (scene, second):
        studio_client.post(f"/scenes/{one.pk}/counterpart/", {"counterpart": "new"})
    chapter = Chapter.objects.get(book=twin)
    assert (chapter.title, chapter.other_title, chapter.scenes.count()) == ("盐", "Salt", 2)


def test_a_counterpart_is_chosen_and_let_go(studio_client, twins):
    book, twin = twins
    scene = make.scene("One.", chapter=make.chapter(book=book))
    other = make.scene("一。", chapter=make.chapter("盐", book=twin))
    studio_client.post(f"/scenes/{scene.pk}/counterpart/", {"counterpart": other.pk})
    scene.refresh_from_db()
    assert scene.counterpart == other
    page = studio_client.get(f"/scenes/{scene.pk}/counterpart/").content.decode()
    assert '<p data-n="0">一。</p>' in page
    studio_client.post(f"/scenes/{scene.pk}/counterpart/", {"counterpart": ""})
    scene.refresh_from_db()
    assert scene.counterpart is None


def test_a_scene_of_a_book_without_a_twin_has_no_counterpart_to_begin(studio_client):
    scene = make.scene("One.")
    answer = studio_client.post(f"/scenes/{scene.pk}/counterpart/", {"counterpart": "new"})
    (message,) = get_messages(answer.wsgi_request)
    assert str(message) == "This book has no twin; choose one on its page first."


def test_a_scene_that_is_no_choice_is_refused(studio_client, twins):
    book, _ = twins
    scene = make.scene("One.", chapter=make.chapter(book=book))
    answer = studio_client.post(f"/scenes/{scene.pk}/counterpart/", {"counterpart": scene.pk})
    (message,) = get_messages(answer.wsgi_request)
    assert str(message) == "That scene is not there any more; choose another."
