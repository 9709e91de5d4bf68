"""The sample story: whole, bilingual, and only into an empty studio."""

import re
from dataclasses import replace
from datetime import date
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command

from projects.images.difference import analyse
from projects.images.models import Image, Mark, Trace, Version
from projects.videos.models import Concept
from projects.voice.models import Profile
from projects.worlds.models import World
from projects.writing.models import Book, Scene
from projects.writing.outline import outline
from studio.ops.demo import looks, painter, recipes, tell, words
from studio.ops.demo.hours import CRAFT, with_starts, year
from studio.ops.tasks import tell_story
from studio.public.models import Publication
from studio.store.models import Job
from timelog.models import Detour, Kind, TimeEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(monkeypatch):
    """Few pictures, as small as stamps: the same code, in a moment."""
    monkeypatch.setattr(tell, "COVER", 96)
    monkeypatch.setattr(tell, "FRAME", 96)
    few = tuple((title, seconds, min(count, 2)) for title, seconds, count in words.SHOTS)
    monkeypatch.setattr(words, "SHOTS", few)
    monkeypatch.setattr(looks, "COVERS", looks.COVERS[:3])


@pytest.fixture
def unpainted(monkeypatch):
    """Only the rows."""
    monkeypatch.setattr(tell, "paint_all", lambda concepts, report: None)


def demo(*options):
    out = StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()


def test_the_story_fills_every_room(small, studio_client):
    assert "pieces on its public page" in demo()
    assert Concept.objects.count() == 25
    assert Concept.objects.filter(stage="released").count() == 2
    assert Concept.objects.in_the_making().get().number == 3
    assert Kind.objects.get(key="video").seconds == CRAFT == 1947 * 3600
    assert Version.objects.count() == 2 + sum(count for _, _, count in words.SHOTS)
    assert Version.objects.exclude(reading="ready").count() == 0
    assert set(Mark.objects.values_list("kind", flat=True)) == {"note", "todo", "keep"}
    assert Trace.objects.count() == 8  # of two shots, each on the other of two versions
    assert Image.objects.exclude(pick=None).count() == 2 + 7
    assert Book.objects.filter(language="zh-Hans").get().twin.title == "The Quiet Lattice"
    assert Publication.objects.live().count() > 5
    today = studio_client.get("/")
    assert "1,947 h" in today.text
    assert "The Lattice Remembers" in today.text
    told = Version.objects.filter(filename="shot07_v2.jpg").get().how_made
    assert told.prompt.startswith("the lattice at first light, long lens")
    judged = Detour.objects.order_by("began").values_list("paid_off", flat=True)
    assert list(judged) == [True, False, None]
    public = studio_client.get("/progress/").text
    assert "To bring my novels to life." in public
    assert "让我的小说活过来。" in studio_client.get("/zh/progress/").text


def test_each_scene_of_book_two_has_its_counterpart(unpainted):
    demo()
    pairs = Scene.objects.filter(chapter__book__title="The Quiet Lattice")
    assert pairs.count() == 26
    assert all(scene.counterpart.chapter.book.language == "zh-Hans" for scene in pairs)
    now = pairs.in_reading_order()[words.NOW]
    assert now.text == "\n".join(words.ENGLISH)
    assert now.counterpart.text == "\n".join(words.CHINESE)
    assert now.revisions.count() == 4


def test_book_one_is_through_its_second_pass_and_book_two_half_through(unpainted, studio_client):
    demo()
    one, two, twin = (
        Book.objects.get(title=title, language=language)
        for title, language in (
            ("The First Instruction", "en"),
            ("The Quiet Lattice", "en"),
            ("寂静晶格", "zh-Hans"),
        )
    )
    assert outline(one).pass_sentence == "Second pass, finished"
    assert one.passes.get(number=2).purpose == "Prose"
    for book in (two, twin):
        tree = outline(book)
        assert tree.pass_sentence == "Second pass, half done"
        assert 0.5 <= tree.share < 0.55
        states = [line.state for line in tree.lines]
        assert states == ["done"] * 13 + ["work"] + ["untouched"] * 12
        stands = [tree.stand(line.scenes[0]).survival for line in tree.lines]
        assert all(0 < n <= 100 for n in stands) and min(stands[:13]) < 70
        assert set(stands[14:]) == {100}
    world = studio_client.get(f"/worlds/{one.world_id}/").text
    assert "Book Two: second pass, half done" in world


def test_films_are_bound_to_the_words_they_come_from(unpainted):
    demo()
    film = Concept.objects.in_the_making().get()
    passages = film.passages.with_scenes()
    assert {passage.scene.chapter.book.language for passage in passages} == {"en", "zh-Hans"}
    assert all(passage.is_intact and passage.shot for passage in passages)
    threads = film.thread_links.values_list("thread__title", flat=True)
    assert list(threads) == ["The count"]
    homes = Profile.objects.order_by("language").values_list("language", "book__title")
    assert list(homes) == [("en", "The First Instruction"), ("zh", "寂静晶格")]


def test_a_studio_that_is_not_empty_is_left_alone(unpainted):
    Image.objects.create(title="mine")
    with pytest.raises(CommandError, match="not empty"):
        demo()
    assert Concept.objects.count() == 0


def test_it_can_be_told_as_another_world_beside_ones_own(unpainted):
    mine = World.objects.create(title="计算宇宙")
    demo()
    with pytest.raises(CommandError, match="already"):
        demo("--world", "计算宇宙")
    assert World.objects.get() == mine


def test_a_worker_can_tell_it(unpainted, run_jobs):
    World.objects.create(title="My world")
    tell_story.enqueue()
    run_jobs()
    assert World.objects.get().title == "My world"
    assert Concept.objects.count() == 25
    assert Job.objects.filter(state="failed").count() == 0
    assert Publication.objects.live().count() > 2


def test_a_story_asked_for_twice_is_told_once(unpainted, run_jobs):
    tell_story.enqueue()
    tell_story.enqueue()
    run_jobs()
    assert Concept.objects.count() == 25


def test_a_year_of_craft_adds_up_whatever_the_day():
    for today in (date(2026, 11, 19), date(2028, 2, 29), date(2026, 1, 1)):
        rows = year(today)
        assert sum(seconds for _, kind, seconds, _ in rows if kind == "video") == CRAFT
        assert all(0 < seconds < 24 * 3600 for _, _, seconds, _ in rows)
        assert max(day for day, *_ in rows) < today
    assert year(date(2026, 11, 19)) == year(date(2026, 11, 19))


def test_no_day_holds_more_than_a_day():
    spent: dict[date, int] = {}
    for day, _kind, seconds, _note in year(date(2026, 11, 19)):
        spent[day] = spent.get(day, 0) + seconds
    assert max(spent.values()) < 20 * 3600


def test_the_day_s_work_follows_one_after_the_other_and_ends_before_the_next_day():
    free: dict[date, int] = {}
    for day, _kind, seconds, _note, minute in with_starts(year(date(2026, 11, 19))):
        assert minute >= free.get(day, 0)
        free[day] = minute + seconds // 60
    assert max(free.values()) <= 28 * 60  # a day begins at four


def test_the_last_third_of_the_versions_went_through_photoshop_one_from_the_other():
    packets = [recipes.packet(6, n, 9) for n in (7, 8, 9)]
    assert [painter.is_edited(n, 9) for n in range(1, 10)] == [False] * 6 + [True] * 3
    ids = [re.search(r'xmpMM:InstanceID="([^"]+)"', packet)[1] for packet in packets]
    parents = [re.findall(r'stRef:instanceID="([^"]+)"', packet) for packet in packets]
    assert parents == [[], [ids[0]], [ids[1]]]
    assert not painter.is_edited(2, 2)


def test_a_frame_is_painted_the_same_each_time_and_versions_differ():
    look = looks.SHOTS[6]
    frame = painter.paint(look, 120)
    assert frame.size == (120, 50)
    assert painter.paint(look, 120).tobytes() == frame.tobytes()
    tries = painter.versions(look, 7)
    assert len({painter.paint(each, 96).tobytes() for each in tries}) == 7
    assert painter.encoded(frame)[:2] == b"\xff\xd8"
    assert painter.encoded(frame, "PNG")[1:4] == b"PNG"


def test_versions_of_a_frame_are_edits_of_one_another():
    look = looks.SHOTS[6]
    pictures = [painter.paint(each, 640) for each in painter.versions(look, 7)]
    found = [analyse(*pair) for pair in pairwise(pictures)]
    assert {each.registration.framing for each in found} == {"same"}
    assert all(1 <= len(each.regions) <= 15 for each in found)
    assert all(each.share < 0.1 for each in found[2:])
    assert painter.versions(look, 7)[-1] == replace(look, thinned=True)


def test_every_film_and_every_painted_shot_has_a_look():
    assert len(looks.COVERS) == len(words.CONCEPTS) == 25
    assert len(looks.SHOTS) == sum(count > 0 for _, _, count in words.SHOTS)
    assert TimeEntry.objects.count() == 0
