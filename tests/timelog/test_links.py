"""What the time went to: found from what was saved, corrected with two clicks, shown as a cost."""

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
import time_machine
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from projects.videos.models import BriefRevision, Shot
from studio.store.models import Setting
from tests.images import make as images
from tests.queries import queries
from tests.videos import make as videos
from tests.writing import make as writing
from timelog.linking import link_new, page_thing
from timelog.models import DayTotal, TimeChange, TimeEntry, TimeLink
from timelog.sharing import scaled, shares

from . import make
from .make import reconcile, unhurried

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
SCENE, IMAGE = ("scene", 5), ("image", 9)


def minutes(n):
    return NOON + timedelta(minutes=n)


@pytest.fixture(autouse=True)
def utc():
    Setting.write("time.zone", "UTC")
    with time_machine.travel(minutes(-300), tick=False) as clock:
        yield clock


def text_of(answer):
    return " ".join(answer.content.decode().split())


def new_shot():
    return videos.concept().shots.create(number=7, title="The array")


def write_at(clock, scene, *instants):
    for number, instant in enumerate(instants):
        clock.move_to(instant)
        scene.refresh_from_db()
        scene.revise(f"雪落在阵列上。{number} {instant}", base=scene.head)


def links():
    return {
        (link.thing[0], link.thing[1]): round(link.seconds / 60)
        for link in TimeLink.objects.order_by("pk")
    }


# --- how the time is shared -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("saves", "page", "told"),
    [
        ([], None, {}),
        ([], SCENE, {SCENE: 60}),
        ([(30, SCENE)], IMAGE, {SCENE: 60}),
        ([(20, SCENE), (50, IMAGE)], None, {SCENE: 20, IMAGE: 40}),
        ([(20, SCENE), (50, IMAGE), (55, SCENE)], None, {SCENE: 30, IMAGE: 30}),
        ([(61, SCENE)], None, {SCENE: 60}),  # its save arrived a little late
        ([(70, SCENE), (-5, SCENE)], None, {}),
        ([(20, None), (40, SCENE)], None, {SCENE: 40}),  # the bible is none of these
    ],
)
def test_the_time_before_a_save_counts_for_what_was_saved(saves, page, told):
    marks = [(minutes(at), thing) for at, thing in saves]
    found = shares(NOON, minutes(60), marks, page)
    assert found == {thing: 60 * length for thing, length in told.items()}


THINGS = st.tuples(st.sampled_from(["scene", "image", "shot"]), st.integers(1, 3))


@unhurried
@given(
    st.lists(st.tuples(st.integers(-99, 7400), THINGS), max_size=12), st.integers(1, 7200), THINGS
)
def test_the_shares_are_the_whole_to_the_second(saves, length, page):
    end = NOON + timedelta(seconds=length)
    marks = [(NOON + timedelta(seconds=at), thing) for at, thing in saves]
    assert sum(shares(NOON, end, marks, page).values()) == length


@unhurried
@given(st.lists(st.integers(0, 9999), min_size=1, max_size=6), st.integers(0, 99_999))
def test_scaled_parts_keep_their_sum(parts, total):
    told = scaled(parts, total)
    assert sum(told) == total
    whole = sum(parts)
    for part, one in zip(parts, told, strict=True):
        assert not whole or abs(one - part / whole * total) < 1


# --- links make themselves ------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_an_entry_is_tied_to_what_was_saved_while_the_clock_ran(utc, run_jobs):
    scene = writing.scene("晶格并不发光。")
    TimeEntry.objects.start(make.kind(), now=NOON)
    write_at(utc, scene, minutes(10), minutes(30))
    utc.move_to(minutes(50))
    image = images.version().image
    TimeEntry.objects.stop(now=minutes(60))
    assert links() == {}
    run_jobs()
    assert links() == {("scene", scene.pk): 30, ("image", image.pk): 30}
    assert link_new() == 0


@pytest.mark.django_db(transaction=True)
def test_where_nothing_was_saved_the_page_it_began_on_tells(studio_client, run_jobs):
    shot = new_shot()
    studio_client.post("/time/running/", {"next": f"/shots/{shot.pk}/?x=1"})
    with time_machine.travel(minutes(-240), tick=False):
        studio_client.delete("/time/running/")
        run_jobs()
    assert links() == {("shot", shot.pk): 60}


@pytest.mark.parametrize(
    "path", ["", "/", "/time/", "/scenes/x/edit/", "https://e.example/", "�", f"/images/{10**20}/"]
)
def test_a_page_of_no_one_thing_tells_nothing(path):
    assert page_thing(path) is None


def test_what_is_gone_is_not_tied(run_jobs):
    TimeEntry.objects.start(make.kind(), now=NOON, page="/images/777/")
    TimeEntry.objects.stop(now=minutes(60))
    assert (link_new(), links()) == (1, {})


def test_a_correction_of_the_time_ties_anew_and_one_by_hand_stays(utc):
    scene = writing.scene("晶格并不发光。")
    write_at(utc, scene, minutes(10))
    TimeEntry.objects.start(make.kind(), now=NOON)
    entry = TimeEntry.objects.stop(now=minutes(60))
    link_new()
    entry.change(kind=entry.kind, day=entry.day, seconds=1800, note="")
    link_new()
    assert links() == {("scene", scene.pk): 30}
    image = images.image()
    entry.tie({("image", image.pk): 1800})
    entry.change(kind=entry.kind, day=entry.day, seconds=3600, note="")
    link_new()
    assert links() == {("image", image.pk): 60}
    reconcile()


def test_on_a_scripted_week_at_least_nine_tenths_of_the_hours_are_tied(utc):
    """Seven days: mornings of writing in two or three scenes, afternoons of pictures, a film's
    brief in between, one hour of reading that leaves no trace."""
    chance, tones = Random(7), count(1)
    utc.move_to(datetime(2026, 11, 15, tzinfo=UTC))
    scenes = [writing.scene(f"第 {n} 章") for n in range(3)]
    pictures = [images.image() for _ in range(3)]
    concept = videos.concept()

    def session(kind, begin, length, save, page=""):
        at = begin
        TimeEntry.objects.start(make.kind(kind), now=at, page=page)
        end = begin + timedelta(minutes=length)
        while (at := at + timedelta(minutes=chance.uniform(3, 25))) < end:
            utc.move_to(at)
            save()
        utc.move_to(end)
        TimeEntry.objects.stop(now=end)

    def write():
        scene = chance.choice(scenes)
        scene.refresh_from_db()
        scene.revise(f"{chance.random()}", base=scene.head)

    for day in range(7):
        midnight = datetime(2026, 11, 16, tzinfo=UTC) + timedelta(days=day)
        session("writing", midnight + timedelta(hours=9), chance.uniform(60, 180), write)
        at = midnight + timedelta(hours=14)
        session("video", at, 120, lambda: images.version(chance.choice(pictures), tone=next(tones)))
        at = midnight + timedelta(hours=17)
        session("video", at, 40, lambda: None, f"/concepts/{concept.pk}/brief/")
        if day % 2:
            session("detour", midnight + timedelta(hours=20), 25, lambda: None, "/tools/")
    while link_new():
        pass
    timed = DayTotal.objects.aggregate(sum=Sum("seconds"))["sum"]
    assert TimeLink.objects.all().seconds() / timed >= 0.9


# --- what pages say -------------------------------------------------------------------------------
@pytest.fixture
def spent(utc):
    """An hour on each of a scene, a picture in a shot, the shot, its film."""
    scene = writing.scene("晶格并不发光。", chapter=writing.chapter("The Lattice Remembers"))
    shot = new_shot()
    image = images.image(versions=8)
    shot.pictures.create(image=image)
    entry = make.entry(4)
    things = [("scene", scene), ("image", image), ("shot", shot), ("concept", shot.concept)]
    TimeLink.objects.give(entry, {(what, one.pk): 3600 for what, one in things}, by_hand=True)
    return dict(things)


def test_a_scene_a_chapter_a_picture_a_shot_and_a_film_say_what_they_took(studio_client, spent):
    for address, words in [
        (f"/scenes/{spent['scene'].pk}/edit/", "1 h spent on it"),
        (f"/chapters/{spent['scene'].chapter_id}/", "1 h spent on it"),
        (f"/images/{spent['image'].pk}/", "1 h, 8 versions"),
        (f"/images/{spent['image'].pk}/compare/", "1 h, 8 versions"),
        (f"/shots/{spent['shot'].pk}/", "2 h spent on it"),
        (f"/concepts/{spent['concept'].pk}/", "3 h spent on it"),
    ]:
        assert words in text_of(studio_client.get(address)), address


def test_a_picture_in_two_shots_of_a_film_counts_once(spent):
    other = Shot.objects.create(concept=spent["concept"], number=90, title="again")
    other.pictures.create(image=spent["image"])
    assert TimeLink.objects.of_concept(spent["concept"].pk).seconds() == 3 * 3600


def test_a_cost_is_the_same_number_of_queries_for_one_entry_and_for_many(studio_client, spent):
    addresses = [
        f"/scenes/{spent['scene'].pk}/edit/",
        f"/chapters/{spent['scene'].chapter_id}/",
        f"/images/{spent['image'].pk}/",
        f"/shots/{spent['shot'].pk}/",
        f"/concepts/{spent['concept'].pk}/",
        "/time/?week=2026-W47",
    ]
    before = [queries(studio_client, address) for address in addresses]
    for hours in (1, 2):
        entry = make.entry(hours)
        given = {(what, one.pk): 60 for what, one in spent.items()}
        TimeLink.objects.give(entry, given, by_hand=True)
    assert [queries(studio_client, address) for address in addresses] == before


def test_a_page_nothing_went_to_says_nothing(studio_client):
    image = images.image()
    assert "cost" not in text_of(studio_client.get(f"/images/{image.pk}/"))


# --- two clicks -----------------------------------------------------------------------------------
def test_an_entry_is_tied_to_something_else_with_two_clicks(studio_client, spent):
    entry = TimeEntry.objects.get()
    page = text_of(studio_client.get("/time/?week=2026-W47"))
    assert f'href="/time/entries/{entry.pk}/link/"' in page
    page = text_of(studio_client.get(f"/time/entries/{entry.pk}/link/"))
    chip = f'name="thing" value="image-{spent["image"].pk}"'
    assert chip in page
    answer = studio_client.post(
        f"/time/entries/{entry.pk}/link/", {"thing": f"image-{spent['image'].pk}"}
    )
    assert answer.url == "/time/?week=2026-W47"
    assert links() == {("image", spent["image"].pk): 240}
    studio_client.post(f"/time/changes/{TimeChange.objects.get().pk}/undo/")
    assert len(links()) == 4


@pytest.mark.parametrize("thing", ["", "scene-99999", "kind-1", "scene", "scene-²", "image--1"])
def test_tied_to_none_or_to_nonsense_it_is_tied_to_nothing(studio_client, spent, thing):
    entry = TimeEntry.objects.get()
    studio_client.post(f"/time/entries/{entry.pk}/link/", {"thing": thing})
    assert links() == {}
    assert link_new() == 0


def test_a_removed_entry_comes_back_with_its_links(spent):
    before = links()
    change = TimeEntry.objects.get().remove()
    assert links() == {}
    spent["image"].delete()
    change.undo()
    assert links() == {key: value for key, value in before.items() if key[0] != "image"}
    reconcile()


def test_a_brief_is_evidence_for_its_film(utc):
    concept = videos.concept()
    TimeEntry.objects.start(make.kind("video"), now=NOON)
    utc.move_to(minutes(20))
    BriefRevision.objects.create(concept=concept, number=1, text="一粒晶格。")
    TimeEntry.objects.stop(now=minutes(30))
    link_new()
    assert links() == {("concept", concept.pk): 30}
