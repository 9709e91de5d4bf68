"""The page of the voice: choosing home, measuring in the worker, telling what is known."""

import re

import pytest

from projects.voice.models import Profile, Reading
from projects.writing.models import Book, Scene
from studio.store.models import Job
from tests.writing import make

from .make import prose

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 13


def written(book, number, *, hand=0, words=4000, first=1):
    """Chapters of one scene, in the language of the book."""
    language = "zh" if book.is_chinese else "en"
    return [
        make.scene(
            prose(language, first + at, words, hand),
            chapter=make.chapter(f"{book.title} {first + at}", book=book),
        )
        for at in range(number)
    ]


@pytest.fixture
def home(run_jobs):
    """Book One, measured, as home in English."""
    book = make.book("The First Instruction")
    written(book, 6)
    Profile.objects.choose(book)
    run_jobs()
    return Profile.objects.get()


def shown(client, chapter=None, **headers):
    address = "/voice/" if chapter is None else f"/voice/?chapter={chapter.pk}"
    return client.get(address, headers=headers).content.decode()


def test_an_empty_studio_says_what_the_page_is_for(studio_client):
    make.chapter().scenes.create()
    page = shown(studio_client)
    assert "Nothing to measure yet." in page
    assert 'href="/writing/"' in page


def test_without_a_home_the_page_asks_for_one_and_measures_nothing(studio_client):
    book = make.book("寂静晶格", language="zh-Hans")
    written(book, 1)
    make.book("In English")
    page = shown(studio_client)
    assert "Choose the Chinese book that sounds most like you." in page
    choices = page.split('id="id_book"')[1].split("</select>")[0]
    options = re.findall(r"<option[^>]*>([^<]+)</option>", choices)
    assert options == ["寂静晶格"]
    assert (Reading.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_chosen_book_is_measured_by_the_worker(studio_client, run_jobs, language):
    book = make.book("晶格", language=language)
    scenes = written(book, 5)
    sent = {"book": book.pk, "said": " 克制。 ", "chapter": scenes[2].chapter_id}
    answer = studio_client.post("/voice/home/", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/voice/?chapter={sent['chapter']}")
    assert Reading.objects.count() == 0
    assert "is being measured" in shown(studio_client)
    run_jobs()
    profile = Profile.objects.get()
    assert (profile.said, profile.home.units, profile.readings.count()) == ("克制。", 5, 5)
    page = shown(studio_client, scenes[2].chapter)
    assert "is being measured" not in page
    assert f"The mark is {scenes[2].chapter.title} as it stands now." in page
    assert '<p class="display epic"><span lang="' in page


def test_a_reading_holds_what_the_text_measures(home):
    reading = home.readings.get(chapter__title="The First Instruction 1")
    scene = Scene.objects.get(chapter=reading.chapter)
    assert (reading.words, reading.chars) == (4000, scene.chars)
    assert reading.heads == [[scene.pk, 1]]
    assert reading.distance == pytest.approx(home.home.own_distances[0])


def test_only_what_has_changed_is_measured_again(home, run_jobs):
    scenes = list(Scene.objects.order_by("pk"))
    before = dict(home.readings.values_list("chapter_id", "measured"))
    make.revision(scenes[3], scenes[3].text + "\nOne sentence more.")
    home.ask()
    run_jobs()
    after = dict(home.readings.values_list("chapter_id", "measured"))
    assert [pk for pk in before if before[pk] != after[pk]] == [scenes[3].chapter_id]
    assert home.readings.get(chapter=scenes[3].chapter_id).heads == [[scenes[3].pk, 2]]


def test_the_same_words_in_a_new_revision_are_not_measured_again(home, run_jobs):
    scene = Scene.objects.order_by("pk").first()
    before = home.readings.get(chapter=scene.chapter_id).measured
    make.revision(scene, scene.text, name="第二稿", kind="named")
    home.ask()
    run_jobs()
    reading = home.readings.get(chapter=scene.chapter_id)
    assert (reading.measured, reading.heads) == (before, [[scene.pk, 2]])


def test_a_chapter_that_lost_its_words_loses_its_reading(home, run_jobs):
    scene = Scene.objects.order_by("pk").first()
    make.revision(scene, "")
    home.ask()
    run_jobs()
    assert home.readings.count() == 5


def test_a_changed_chapter_is_told_as_changed_until_it_is_measured(studio_client, home, run_jobs):
    scene = Scene.objects.order_by("pk").first()
    make.revision(scene, scene.text.replace("the", "that"))
    page = shown(studio_client, scene.chapter)
    assert "1 chapter has changed since it was measured." in page
    assert f"The mark is {scene.chapter.title} as it stood" in page
    assert 'hx-trigger="load, submit"' in page
    part = shown(studio_client, scene.chapter, **{"HX-Target": "reading"})
    assert "1 chapter has changed" in part
    assert "load, submit" not in part
    studio_client.post(f"/voice/{home.pk}/measure/", {"chapter": scene.chapter_id})
    assert "Waiting to be measured" in shown(studio_client)
    run_jobs()
    page = shown(studio_client, scene.chapter)
    assert "has changed since" not in page
    assert "as it stands now" in page


def test_asking_twice_makes_one_job(studio_client, home):
    for _ in range(3):
        studio_client.post(f"/voice/{home.pk}/measure/")
    assert Job.objects.unfinished().count() == 1


def test_the_state_alone_is_polled_and_then_brings_the_page(studio_client, home, run_jobs):
    home.ask()
    part = shown(studio_client, **{"HX-Target": "state"})
    assert part.strip().startswith('<div class="voice-state" id="state"')
    assert 'hx-trigger="every 1s"' in part
    run_jobs()
    part = shown(studio_client, **{"HX-Target": "state"})
    assert 'hx-trigger="load" hx-target="#reading"' in part


def test_a_measuring_that_failed_says_so(studio_client, home):
    home.ask()
    Job.objects.update(state=Job.State.FAILED)
    page = shown(studio_client)
    assert "The last measuring failed." in page
    assert "every 1s" not in page


def test_another_hand_stands_outside_and_its_words_are_named(studio_client, home, run_jobs):
    book = make.book("The Quiet Lattice")
    (other,) = written(book, 1, hand=1)
    home.ask()
    run_jobs()
    page = shown(studio_client, other.chapter)
    assert "Away from home." in page
    assert f"{other.chapter.title} stands outside" in page
    assert "1 stands outside the home range" in page
    more = page.split('id="h-more"')[1].split("</p>")[0]
    assert re.search(r"<span>\w+<sup>\d+\.\d</sup></span>", more)


def test_a_short_chapter_is_drawn_open_and_not_judged(studio_client, home, run_jobs):
    book = make.book("The Quiet Lattice")
    (short,) = written(book, 1, words=900)
    home.ask()
    run_jobs()
    page = shown(studio_client, short.chapter)
    assert "Too short to tell." in page
    assert "It has 900 of the 3,000 words" in page
    assert page.count('class="mark-dot open"') == 8
    assert page.count('class="now open"') == 2
    assert '<tr class="small now">' in page
    assert "stands outside:" not in page


def test_a_home_that_is_too_short_says_what_is_needed(studio_client, run_jobs):
    book = make.book("晶格", language="zh-Hans")
    written(book, 2)
    Profile.objects.choose(book)
    run_jobs()
    page = shown(studio_client)
    assert "晶格 is too short to be home." in page
    assert "A home range needs 5 chapters of at least 500 words each." in page


def test_languages_have_a_home_each(studio_client, home, run_jobs):
    twin = make.book("第一条指令", language="zh-Hans")
    (scene, *_) = written(twin, 5)
    page = shown(studio_client, scene.chapter)
    assert "Choose the Chinese book" in page
    Profile.objects.choose(twin, "理性，克制，宏大。")
    run_jobs()
    assert sorted(Profile.objects.values_list("language", flat=True)) == ["en", "zh"]
    assert home.readings.count() == 6
    page = shown(studio_client, scene.chapter)
    assert "Your home range is 第一条指令." in page
    assert "in 1,000 characters" in page


def test_another_home_takes_the_place_of_the_first(home, run_jobs):
    book = make.book("The Quiet Lattice")
    written(book, 5, hand=1)
    changed = Profile.objects.choose(book)
    assert (changed.pk, changed.home) == (home.pk, None)
    run_jobs()
    changed.refresh_from_db()
    assert changed.home.units == 5
    away = Reading.objects.filter(chapter__book=home.book).values_list("distance", flat=True)
    assert min(away) > 1.5


def test_words_for_the_voice_can_change_without_a_new_home(home):
    changed = Profile.objects.choose(home.book, "Restrained.")
    assert (changed.said, changed.home.units) == ("Restrained.", 6)


def test_a_home_that_is_deleted_leaves_the_question(studio_client, home):
    scene = make.scene("Words.", chapter=make.chapter(book=make.book("Another")))
    Book.objects.filter(pk=home.book_id).delete()
    assert (Profile.objects.count(), Reading.objects.count()) == (0, 0)
    assert "Choose the English book" in shown(studio_client, scene.chapter)


@pytest.mark.parametrize("sent", [{}, {"book": "999"}, {"book": "晶格"}])
def test_a_home_that_is_not_there_is_refused_with_a_sentence(studio_client, sent):
    make.scene("Words.")
    answer = studio_client.post("/voice/home/", sent)
    assert answer.status_code == 422
    assert re.search(r'class="error".*?<span>[A-Z][^<]+\.</span>', answer.content.decode(), re.S)
    assert Profile.objects.count() == 0


@pytest.mark.parametrize("chapter", ["", "0", "x", "9999999999999999999999", "²"])
def test_an_unknown_chapter_shows_the_last_one(studio_client, home, chapter):
    page = studio_client.get("/voice/", {"chapter": chapter}).content.decode()
    assert "The mark is The First Instruction 6 as it stands now." in page


def test_every_chart_says_its_sentence(studio_client, home):
    page = shown(studio_client)
    images = re.findall(r'role="img" aria-label="([^"]*)"', page)
    assert len(images) == 4 + 2 + 1 + 4
    assert all(re.match(r"[A-Z0-9]", said) for said in images)
    assert re.search(r"Dialogue; The First Instruction 6 at \d+%; home range \d+% to \d+%", page)
    assert page.count("<summary>Show numbers</summary>") == 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_reads_as_often_however_much_is_measured(
    studio_client, home, run_jobs, django_assert_num_queries, number
):
    book = make.book("The Quiet Lattice")
    scenes = written(book, number, words=600)
    home.ask()
    run_jobs()
    with django_assert_num_queries(PAGE_QUERIES):
        shown(studio_client, scenes[0].chapter)
