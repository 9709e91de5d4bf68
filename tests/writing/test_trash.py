"""The trash: out of every list and every count, and back whole."""

import json

import pytest
from django.contrib.messages import get_messages

from projects.videos.models import Concept, Passage
from projects.writing.models import Book, Chapter, Part, Scene
from projects.writing.outline import outline
from projects.writing.shelf import shelf

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    made = make.book()
    part = Part.objects.create(book=made, title="I")
    for title in ("a", "b"):
        make.scene("one two three", chapter=make.chapter(title, book=made, part=part), title=title)
    return made


def put(client, kind, thing):
    return client.post(f"/trash/{kind}/{thing.pk}/")


def undo_of(answer):
    return next(message.extra_tags for message in get_messages(answer.wsgi_request))


def test_a_scene_in_the_trash_is_in_no_list_and_no_count(studio_client, book):
    scene = Scene.objects.get(title="a")
    answer = put(studio_client, "scenes", scene)
    assert answer.url == f"/books/{book.pk}/?arrange"
    assert outline(book).headline == "3 words"
    assert Book.objects.with_counts().get().words == 3
    assert Chapter.objects.with_counts().get(title="a").words == 0
    assert shelf(book.world)[0].headline == "3 words"
    page = studio_client.get(f"/chapters/{scene.chapter_id}/").content.decode()
    assert "one two three" not in page
    studio_client.post(undo_of(answer))
    assert outline(book).headline == "6 words"


def test_a_chapter_comes_back_with_the_scenes_that_went_with_it(studio_client, book):
    chapter = Chapter.objects.get(title="a")
    make.scene("early", chapter=chapter, title="early").trash()
    answer = put(studio_client, "chapters", chapter)
    assert [line.chapter.title for line in outline(book).lines] == ["b"]
    assert Scene.objects.count() == 1
    studio_client.post(undo_of(answer))
    assert [scene.title for scene in chapter.scenes.all()] == ["a"]


def test_chapters_of_a_part_stay_where_they_are_read_and_return_to_it(studio_client, book):
    second = Part.objects.create(book=book, title="II")
    third = make.chapter("c", book=book, part=second)
    answer = put(studio_client, "parts", second)
    third.refresh_from_db()
    assert third.part.title == "I"
    assert [line.chapter.title for line in outline(book).lines] == ["a", "b", "c"]
    studio_client.post(undo_of(answer))
    third.refresh_from_db()
    assert third.part == second


def test_the_first_part_leaves_its_chapters_before_all_parts(book):
    Part.objects.get().trash()
    assert set(book.chapters.values_list("part", flat=True)) == {None}


def test_a_book_goes_and_comes_back_whole(studio_client, book):
    answer = put(studio_client, "books", book)
    assert answer.url == f"/worlds/{book.world_id}/"
    assert studio_client.get(f"/books/{book.pk}/").status_code == 404
    assert not (Scene.objects.exists() or Chapter.objects.exists() or Part.objects.exists())
    assert shelf(book.world) == []
    studio_client.post(undo_of(answer))
    assert outline(Book.objects.get()).headline == "6 words"


def test_find_shows_nothing_from_the_trash(studio_client, book):
    make.scene("晶格并不发光。", chapter=Chapter.objects.get(title="a"), title="晶格").trash()
    assert "晶格并不" not in studio_client.get("/search/?q=晶格").content.decode()


def test_words_that_come_late_for_a_scene_in_the_trash_are_kept(studio_client, book):
    scene = Scene.objects.get(title="a")
    put(studio_client, "scenes", scene)
    said = json.dumps({"text": "one two three four", "base": scene.head, "key": None})
    address = f"/scenes/{scene.pk}/edit/"
    answer = studio_client.put(address, said, content_type="application/json")
    assert answer.status_code == 200
    assert Scene.everything.get(pk=scene.pk).text == "one two three four"


def test_the_page_of_a_scene_in_the_trash_leads_to_the_trash(studio_client, book):
    scene = Scene.objects.get(title="a")
    scene.trash()
    answer = studio_client.get(f"/scenes/{scene.pk}/edit/", headers={"Accept": "text/html"})
    assert answer.url == f"/worlds/{book.world_id}/trash/"


def test_what_is_inside_another_thing_in_the_trash_waits_for_it(studio_client, book):
    scene = Scene.objects.get(title="a")
    scene.trash()
    scene.chapter.trash()
    answer = studio_client.post(f"/trash/scenes/{scene.pk}/restore/")
    (message,) = get_messages(answer.wsgi_request)
    assert str(message) == "a is in the trash too; bring it back first."
    assert not Scene.objects.filter(pk=scene.pk).exists()


def test_a_counterpart_in_the_trash_is_not_offered_and_comes_back_paired(studio_client, book):
    twin = make.book("晶格", world=book.world, language="zh-Hans")
    book.pair_with(twin)
    scene = Scene.objects.get(title="a")
    other = make.scene("晶格。", chapter=make.chapter("晶", book=twin))
    scene.pair_with(other)
    other.trash()
    address = f"/scenes/{other.pk}/edit/"
    assert address not in studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    other.bring_back()
    assert address in studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()


def test_a_passage_says_that_its_scene_is_in_the_trash(studio_client, book):
    scene = Scene.objects.get(title="a")
    concept = Concept.objects.create_next(title="First Light")
    Passage.objects.bind(concept, None, scene, "two")
    scene.trash()
    page = studio_client.get(f"/concepts/{concept.pk}/").content.decode()
    assert "Its scene is in the trash; the words are kept here." in page


def test_nothing_is_deleted_for_ever_without_being_asked(studio_client, book):
    scene = Scene.objects.get(title="a")
    address = f"/trash/scenes/{scene.pk}/delete/"
    assert studio_client.post(address).status_code == 404  # it is not in the trash
    scene.trash()
    page = studio_client.get(address).content.decode()
    assert "3 words and every revision of them go with it." in page
    studio_client.post(address)
    assert not Scene.everything.filter(pk=scene.pk).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_trash_takes_the_same_queries_however_full_it_is(
    studio_client, django_assert_num_queries, number
):
    world = make.world()
    for _ in range(number):
        book = make.book(world=world)
        part = Part.objects.create(book=book, title="I")
        for _ in range(number):
            make.scene("晶格。", chapter=make.chapter(book=book, part=part)).trash()
            make.chapter(book=book).trash()
        part.trash()
        make.book(world=world).trash()
    studio_client.get(f"/worlds/{world.pk}/trash/")
    with django_assert_num_queries(9):
        studio_client.get(f"/worlds/{world.pk}/trash/")
