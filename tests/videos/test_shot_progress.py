"""A shot is settled when all its pictures are; the film counts its settled shots everywhere."""

import pytest

from projects.videos.models import Concept, Film, Passage, Shot
from projects.writing.models import Scene
from tests.images import make as pictures
from tests.queries import queries
from tests.writing import make as writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    """Two shots: the first of two pictures, the second of one; two versions each."""
    concept = Concept.objects.create_next(title="Waiting for Light 等光", stage="images")
    for number, count in ((1, 2), (2, 1)):
        shot = concept.add_shot(f"Shot {number} 镜头", 4)
        for _ in range(count):
            image = shot.add_image()
            for tone in (30, 50):
                pictures.version(image, tone=tone + image.pk % 20, reading="ready")
    return concept


def versions(shot):
    return [image.versions.first() for image in shot.images.order_by("in_shots__position")]


def counted(concept):
    """What the board, the card rows and Today's sum say of the film."""
    board = Concept.objects.with_counts().get(pk=concept.pk)
    today = Film(*Shot.objects.film_in_the_making().get())
    cards = Shot.objects.filter(concept=concept).cards()
    return (
        (board.picked_count, board.shot_count),
        (today.picked_count, today.first_open),
        [card.state for card in cards],
    )


def test_a_shot_of_two_pictures_is_settled_by_the_second_pick(studio_client, film):
    first, second = film.shots.order_by("number")
    assert counted(film) == ((0, 2), (0, 1), ["choosing", "choosing"])
    one, other = versions(first)
    one.pick()
    assert counted(film) == ((0, 2), (0, 1), ["choosing", "choosing"])
    page = studio_client.get(f"/concepts/{film.pk}/").content.decode()
    assert "1 of 2 picked" in page
    assert "<b>0</b> of 2 shots picked" in page
    decision = other.pick()
    assert counted(film) == ((1, 2), (1, 2), ["picked", "choosing"])
    page = studio_client.get(f"/concepts/{film.pk}/").content.decode()
    assert "<b>1</b> of 2 shots picked" in page
    assert "<b>1</b> of 2" in studio_client.get("/concepts/").content.decode()
    decision.undo()
    assert counted(film) == ((0, 2), (0, 1), ["choosing", "choosing"])
    versions(second)[0].pick()
    assert counted(film)[0] == (1, 2)


def test_the_strip_leads_to_the_picture_that_waits_for_a_choice(studio_client, film):
    first = film.shots.order_by("number").first()
    one, other = versions(first)
    one.pick()
    card = Shot.objects.filter(concept=film).cards()[0]
    assert (card.thumb, card.image, card.picks) == (one.pk, other.image_id, 1)
    page = studio_client.get("/").content.decode()
    assert f'href="/images/{other.image_id}/compare/"' in page


def test_a_shots_page_says_which_of_its_pictures_are_picked(studio_client, film):
    first = film.shots.order_by("number").first()
    versions(first)[1].pick()
    page = studio_client.get(f"/shots/{first.pk}/").content.decode()
    assert "<b>1</b> of 2 picked" in page
    assert page.count('aria-label="Picked"') == 1
    assert "v1 picked" in page


def test_a_shot_without_pictures_is_not_settled(film):
    film.add_shot("Empty", 4)
    assert counted(film)[0] == (0, 3)


def test_the_board_shows_the_pick_itself_and_not_a_newer_version(film):
    second = film.shots.order_by("-number").first()
    pick = versions(second)[0]
    pick.pick()
    assert Concept.objects.with_covers().get(pk=film.pk).cover == pick.pk
    assert pick.number < second.images.get().versions.last().number


def test_words_bound_to_a_shot_show_its_pick(studio_client, film):
    first = film.shots.order_by("number").first()
    scene = writing.scene("She counted to one.\n她数到一。")
    Passage.objects.bind(film, first, Scene.objects.get(pk=scene.pk), "她数到一。")
    chapter = scene.chapter_id
    assert Passage.objects.of_chapter(chapter).get().pick is None
    pick = versions(first)[0]
    pick.pick()
    found = Passage.objects.of_chapter(chapter).get()
    assert (found.thumb, found.pick) == (pick.pk, pick.pk)
    page = studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    assert page.count('aria-label="Picked"') == 2


def test_find_says_what_is_picked(studio_client, film):
    from studio.desk import index

    image = film.shots.order_by("number").first().images.first()
    image.versions.first().pick()
    for _ in index.everything():
        pass
    page = studio_client.get("/search/?q=Shot 1").content.decode()
    assert "v1 picked" in page


def test_a_shots_page_asks_as_often_for_three_pictures_as_for_one(studio_client, film):
    second = film.shots.order_by("-number").first()
    one = queries(studio_client, f"/shots/{second.pk}/")
    for _ in range(2):
        pictures.version(second.add_image()).pick()
    assert queries(studio_client, f"/shots/{second.pk}/") == one
