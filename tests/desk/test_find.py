"""Find: the same hits on either database, in both languages, always of the present words."""

import random

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from projects.images.models import Image
from projects.videos.models import Concept
from projects.worlds.models import Entry, World
from projects.writing.models import Scene
from studio.desk import index, words
from studio.desk.find import find
from studio.desk.models import Place
from studio.desk.passages import passages
from studio.desk.sources import SOURCES
from studio.lib.bigrams import holds
from studio.store.models import Job, Setting
from studio.store.signals import rows_replaced
from tests.tools import make as tools
from tests.writing import make

pytestmark = pytest.mark.django_db


def titles(query):
    return [hit.title for group in find(query) for hit in group.hits]


@pytest.fixture
def cast(db):
    world = make.world("The Computational Universe", other_title="计算宇宙")
    entry = Entry.objects.create(
        world=world, kind="person", title="Wen Zhao", other_title="闻昭", summary="Surveyor."
    )
    entry.set_aliases(["the surveyor", "测绘者"])
    chapter = make.chapter("The Lattice Remembers", book=make.book(world=world))
    scene = make.scene("Wen Zhao wrote the time.\n闻昭写下时刻。", chapter=chapter)
    return world, entry, scene


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("闻昭", ["The Lattice Remembers", "Wen Zhao"]),
        ("昭", ["The Lattice Remembers", "Wen Zhao"]),
        ("测绘者", ["Wen Zhao"]),
        ("wen zh", ["The Lattice Remembers", "Wen Zhao"]),
        ("zhao wen", ["The Lattice Remembers", "Wen Zhao"]),
        ("时刻", ["The Lattice Remembers"]),
        ("计算宇宙", ["The Computational Universe"]),
        ("remembers", ["The Lattice Remembers"]),
        ("昭闻", []),
        ("hao", []),
        ("", []),
        ("……", []),
        ('"; DROP TABLE desk_words', []),
        ("闻昭 lattice", []),
        ("NEAR(a b) OR *", []),
    ],
)
def test_what_each_query_finds(cast, query, wanted):
    assert titles(query) == wanted


def test_tools_capabilities_and_notes_of_tests_are_found(cast):
    trial = tools.trial(tool=tools.tool("即梦"), note="四个字能站住。 A fifth dissolves.")
    gone = tools.trial(tool=trial.tool, note="四个字都散了。")
    gone.remove()
    cell = f"/tools/{trial.tool_id}/{trial.capability_id}/"
    assert [(hit.title, hit.url) for hit in find("即梦")[0].hits] == [
        ("即梦", f"/tools/#tool-{trial.tool_id}")
    ]
    assert [hit.url for hit in find("汉字")[0].hits] == [
        f"/tools/#capability-{row.capability_id}" for row in (gone, trial)
    ]
    assert [(hit.title, hit.url) for hit in find("四个字")[0].hits] == [
        ("即梦 · Chinese lettering", cell)
    ]
    trial.tool.retired = True
    trial.tool.save()
    assert [hit.url for hit in find("即梦")[0].hits] == [f"/tools/{trial.tool_id}/edit/"]


def test_a_find_shows_the_words_round_it(cast):
    hit = find("时刻")[0].hits[0]
    assert (hit.passage.before[-3:], hit.passage.at, hit.passage.after) == ("昭写下", "时刻", "。")


def test_a_save_is_found_at_once_and_what_it_replaced_is_not(cast):
    scene = cast[2]
    scene.revise("盐原很静。", base=scene.head)
    assert titles("盐原") == ["The Lattice Remembers"]
    assert titles("时刻") == []


def test_what_is_deleted_is_found_no_more(cast):
    _, entry, scene = cast
    entry.delete()
    scene.chapter.delete()
    assert titles("闻昭") == []
    assert Place.objects.filter(kind__in=["scene", "chapter", "entry"]).count() == 0


def test_a_new_alias_is_found_and_a_lost_one_is_not(cast):
    entry = cast[1]
    entry.set_aliases(["丈量者"])
    assert titles("丈量") == ["Wen Zhao"]
    assert titles("测绘者") == []


def test_pictures_and_films_are_found_by_name_note_and_brief(db):
    Image.objects.create(title="第一缕光")
    film = Concept.objects.create_next(title="Low Tide on Kesh", brief="A tide every nine hours.")
    film.add_shot("退潮", 4)
    assert titles("一缕") == ["第一缕光"]
    assert titles("nine hours") == ["01 Low Tide on Kesh"]
    assert titles("01") == ["01 Low Tide on Kesh"]
    assert titles("退潮") == ["01 退潮"]


def test_names_come_before_passages_and_the_newest_first(db):
    chapter = make.chapter("Salt")
    for number in range(12):
        make.scene(f"{number} the salt plain", chapter=chapter, title=f"Scene {number}")
    make.scene("", chapter=chapter, title="Salt road")
    assert titles("salt")[:3] == ["Salt", "Salt road", "Scene 11"]
    assert len([title for title in titles("salt") if title.startswith("S")]) == 1 + 8


def test_a_long_text_is_found_to_its_end_and_across_its_passages(db):
    scene = make.scene("盐" * 1499 + "晶格" + "盐" * 3000 + "尽头")
    assert titles("晶格") == [str(scene)]
    assert titles("尽头") == [str(scene)]
    hit = find("尽头")[0].hits[0]
    assert hit.passage.at == "尽头"


def test_a_very_long_text_is_left_to_a_worker(db, run_jobs):
    scene = make.scene("光。" * 150_000 + "晶格")
    assert titles("晶格") == []
    run_jobs()
    assert titles("晶格") == [str(scene)]


def test_saving_the_same_words_again_makes_no_new_places(cast):
    before = list(Place.objects.values())
    cast[2].save()
    cast[1].save()
    assert list(Place.objects.values()) == before


def test_everything_can_be_made_anew(cast, run_jobs):
    Place.objects.all().delete()
    words.drop_all()
    assert titles("闻昭") == []
    for _ in index.everything():
        pass
    assert titles("闻昭") == ["The Lattice Remembers", "Wen Zhao"]


def test_places_of_things_that_are_gone_are_swept(cast):
    Place.objects.create(kind="entry", target=999, is_title=True, stamp="x")
    for _ in index.everything():
        pass
    assert not Place.objects.filter(target=999).exists()


def test_rows_that_are_replaced_as_a_whole_are_found_again(cast, run_jobs):
    World.objects.filter(pk=cast[0].pk).update(title="另一个世界")
    rows_replaced.send(sender=None)
    assert titles("闻昭") == []
    run_jobs()
    assert titles("另一") == ["另一个世界"]


def test_a_studio_from_before_is_made_findable_by_a_worker(cast, run_jobs):
    Place.objects.all().delete()
    Setting.write(index.KEPT, 0)
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    assert Job.objects.unfinished().count() == 1
    run_jobs()
    assert titles("闻昭") == ["The Lattice Remembers", "Wen Zhao"]
    assert index.is_old() is False


def test_every_source_is_shown(db):
    from studio.desk.find import SHOWN

    assert set(SHOWN) == {source.kind for source in SOURCES}


@given(st.text("晶格a \n。", max_size=400), st.integers(5, 60))
def test_passages_joined_without_their_overlap_are_the_text(text, longest):
    pieces = list(passages(text, longest))
    starts = [start for start, _ in pieces]
    ends = [*starts[1:], len(text)][: len(starts)]
    joined = "".join(piece[: end - start] for (start, piece), end in zip(pieces, ends, strict=True))
    assert joined == text
    assert all(len(piece) <= longest + 1 for _, piece in pieces)


LETTERS = st.text("晶格光盐 ab。\n", max_size=40)


class EveryDatabase(TestCase):
    """What the database answers is what the definition says."""

    @settings(max_examples=60, deadline=None)
    @given(st.lists(LETTERS, min_size=1, max_size=5), st.text("晶格光盐 ab", max_size=4))
    def test_finds_what_the_definition_finds(self, texts, query):
        Scene.objects.all().delete()
        chapter = make.chapter("第")
        scenes = [make.scene(text, chapter=chapter) for text in texts]
        found = {each.target for each in words.search(query) if each.kind == "scene"}
        assert found == {
            scene.pk for scene, text in zip(scenes, texts, strict=True) if holds(text, query)
        }


def test_a_thousand_random_queries_never_break_the_database(cast):
    chance = random.Random(3)
    alphabet = "'\"\\*():&|!<->^~晶格闻昭wen \0\t%_;-"
    for _ in range(1000):
        find("".join(chance.choice(alphabet) for _ in range(chance.randint(1, 12))))
