"""The board: cards move between stages and within them, and every way can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.videos.models import Concept, Passage, StageChange
from tests.images import make as pictures
from tests.tools import make as tools
from tests.videos import make
from tests.writing import make as writing

pytestmark = pytest.mark.django_db
BOARD_QUERIES = 7


@pytest.fixture
def three():
    return [make.concept(title) for title in ("Low Tide on Kesh", "晶格的记忆", "Beacon Nine")]


def move(client, concept, **said):
    return client.post(f"/concepts/{concept.pk}/move/", said)


def test_a_card_goes_to_another_stage_and_says_so(studio_client, three):
    answer = move(studio_client, three[1], stage="brief")
    assert answer.url == f"/concepts/#concept-{three[1].pk}"
    assert make.titles("idea") == ["Low Tide on Kesh", "Beacon Nine"]
    assert make.titles("brief") == ["晶格的记忆"]
    assert "02 晶格的记忆 is in Brief." in studio_client.get("/concepts/").content.decode()


def test_a_card_stands_before_another_of_its_new_stage(studio_client, three):
    move(studio_client, three[0], stage="brief")
    move(studio_client, three[2], stage="brief", before=three[0].pk)
    assert make.titles("brief") == ["Beacon Nine", "Low Tide on Kesh"]


def test_a_card_changes_its_place_without_a_new_stage(studio_client, three):
    move(studio_client, three[2], stage="idea", before=three[0].pk)
    assert make.titles("idea") == ["Beacon Nine", "Low Tide on Kesh", "晶格的记忆"]
    move(studio_client, three[2], stage="idea", before="")
    assert make.titles("idea") == ["Low Tide on Kesh", "晶格的记忆", "Beacon Nine"]
    assert three[2].changes.count() == 1


def test_the_wide_column_takes_a_card_in_at_its_first_stage_and_keeps_the_others(
    studio_client, three
):
    move(studio_client, three[0], stage="making")
    move(studio_client, three[1], stage="motion")
    move(studio_client, three[1], stage="making", before=three[0].pk)
    stages = dict(Concept.objects.values_list("title", "stage"))
    assert stages["Low Tide on Kesh"] == "images"
    assert stages["晶格的记忆"] == "motion"
    assert [one.title for one in Concept.objects.in_column("making")] == [
        "晶格的记忆",
        "Low Tide on Kesh",
    ]


def test_a_stage_within_the_wide_column_keeps_the_place(studio_client, three):
    for concept in three:
        move(studio_client, concept, stage="images")
    move(studio_client, three[0], stage="edit")
    assert Concept.objects.in_column("making").first().title == "Low Tide on Kesh"


def test_a_new_concept_stands_last(three):
    three[0].stand_before(None)
    make.concept("Cold Start")
    assert make.titles("idea")[-2:] == ["Low Tide on Kesh", "Cold Start"]


@pytest.mark.parametrize("stage", ["", "someday", "已发布"])
def test_a_stage_that_does_not_exist_moves_nothing(studio_client, three, stage):
    move(studio_client, three[0], stage=stage)
    page = studio_client.get("/concepts/").content.decode()
    assert "There is no such stage. Choose one from the menu." in page
    assert make.titles("idea") == ["Low Tide on Kesh", "晶格的记忆", "Beacon Nine"]


def test_a_move_is_taken_back_with_its_place_and_its_day(studio_client, three):
    since = timezone.now() - timedelta(days=30)
    StageChange.objects.update(since=since)
    Concept.objects.update(stage_since=since)
    move(studio_client, three[0], stage="released")
    page = studio_client.get("/concepts/").content.decode()
    change = three[0].changes.get(stage="released")
    undo = f"/stages/{change.pk}/undo/?stage=released&amp;before={three[1].pk}"
    assert f'action="{undo}"' in page
    studio_client.post(undo.replace("&amp;", "&"))
    assert make.titles("idea") == ["Low Tide on Kesh", "晶格的记忆", "Beacon Nine"]
    three[0].refresh_from_db()
    assert three[0].stage_since == since
    assert three[0].changes.count() == 1


def test_a_move_that_was_followed_by_another_is_not_taken_back(studio_client, three):
    first = three[0].move_to("brief")
    three[0].move_to("storyboard")
    studio_client.post(f"/stages/{first.pk}/undo/")
    page = studio_client.get("/concepts/").content.decode()
    assert "It has moved on since. Move it on the board." in page
    assert make.titles("storyboard") == ["Low Tide on Kesh"]


def test_the_bare_form_of_undo_says_its_place_in_the_address(studio_client, three):
    studio_client.post(f"/concepts/{three[2].pk}/move/?stage=idea&before={three[1].pk}")
    assert make.titles("idea") == ["Low Tide on Kesh", "Beacon Nine", "晶格的记忆"]


def test_htmx_gets_the_two_columns_that_changed_and_their_counts(studio_client, three):
    answer = studio_client.post(
        f"/concepts/{three[0].pk}/move/", {"stage": "brief"}, headers={"HX-Target": "board"}
    )
    html = answer.content.decode()
    assert html.count("<section") == 2
    assert html.count('hx-swap-oob="true"') == 4
    assert '<span class="n" id="count-idea" hx-swap-oob="true">2</span>' in html
    assert '<span class="n" id="count-brief" hx-swap-oob="true">1</span>' in html
    assert "01 Low Tide on Kesh is in Brief." in answer["HX-Trigger"]


def test_the_page_of_a_concept_says_since_when_each_stage(studio_client, three):
    three[0].changes.update(since="2026-03-01T12:00Z")
    three[0].move_to("brief")
    page = studio_client.get(f"/concepts/{three[0].pk}/").content.decode()
    assert '<time class="meta n" datetime="2026-03-01">' in page
    today = timezone.localdate().isoformat()
    assert f'<time class="meta n" datetime="{today}">' in page


def test_the_form_of_a_concept_moves_it_too(studio_client, three):
    fields = {"title": "晶格的记忆", "other_title": "", "stage": "edit", "brief": ""}
    studio_client.post(f"/concepts/{three[1].pk}/edit/", fields)
    assert list(three[1].changes.values_list("stage", flat=True)) == ["idea", "edit"]


@pytest.mark.parametrize("number", [1, 3, 25, 500])
def test_the_board_takes_the_same_queries_however_many_stand_on_it(
    studio_client, django_assert_num_queries, number
):
    for place in range(number):
        make.concept(f"概念 {place}", stage=Concept.Stage.values[(place + 3) % 7])
    studio_client.get("/concepts/")
    with django_assert_num_queries(BOARD_QUERIES):
        studio_client.get("/concepts/")


def test_the_film_in_the_making_tells_where_it_comes_from_and_what_it_waits_for(
    studio_client, three
):
    film = three[1]
    film.move_to("images")
    shot = film.add_shot("Mirror", 9)
    scene = writing.scene("The light and the image of the light.")
    Passage.objects.bind(film, shot, scene, "the image of the light")
    capability = tools.capability("A take over ten seconds")
    shot.waits.create(capability=capability, since=timezone.localdate())
    image = pictures.image("Mirror", versions=2)
    shot.pictures.create(image=image)
    page = studio_client.get("/concepts/").content.decode()
    assert scene.chapter.title in page
    assert "A take over ten seconds" in page
    assert '<dd class="n">0:09</dd>' in page
    assert f'href="/images/{image.pk}/compare/">Choose for shot 01</a>' in page
    image.versions.get(number=2).pick()
    assert "Choose for shot" not in studio_client.get("/concepts/").content.decode()
