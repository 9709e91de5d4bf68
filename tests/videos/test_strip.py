"""A film's shots as they stand in a row."""

import pytest
from django.utils.translation import override

from projects.videos.cards import Row, cards
from projects.videos.models import Concept, Film, Shot, cards_of
from projects.videos.templatetags.videos import dots, strip
from tests.images import make as pictures

pytestmark = pytest.mark.django_db


def film(shots=1, stage="images", **fields):
    concept = Concept.objects.create_next(title="Waiting for Light", stage=stage, **fields)
    for number in range(1, shots + 1):
        concept.add_shot(f"镜头 {number}", 4)
    return concept


def row(**fields):
    return Row(
        *(1, 3, "晶格", 10, 7, "She counts", 9, 21, None, 31, 1, False),
    )._replace(**fields)


def test_a_shot_to_choose_for_leads_to_its_versions_and_says_its_length():
    rows = [row(), row(version=32, version_number=2)]
    html = strip(cards(rows))
    assert 'aria-current="true"' in html
    assert 'href="/images/21/compare/"' in html
    assert 'src="/versions/32/renditions/256/"' in html
    assert '<span class="n">9 s</span>' in html
    assert 'aria-label="2 versions, none picked"' in html
    assert html.count('<i class="was"></i><i class="open"></i>') == 1


def test_a_shot_without_a_picture_leads_to_itself():
    nothing = {"image": None, "version": None, "version_number": None}
    html = strip(cards([row(**nothing)]))
    assert 'href="/shots/10/"' in html
    assert "<img" not in html
    assert 'aria-label="No version yet"' in html


def test_dots_are_said_in_chinese_too():
    card = cards([row(pick=31)])[0]
    assert 'aria-label="1 version, v1 picked"' in dots(card)
    with override("zh-hans"):
        assert 'aria-label="1 个版本，已定 v1"' in dots(card)


def test_a_title_cannot_become_markup():
    html = strip(cards([row(title='<script>"她"</script>')]))
    assert "&lt;script&gt;&quot;她&quot;&lt;/script&gt;" in html


def test_the_film_in_the_making_is_summed_by_the_database():
    film(2, stage="storyboard")
    concept = film(3)
    first, second, _third = concept.shots.order_by("number")
    for shot in (first, second):
        image = shot.add_image()
        pictures.version(image)
    first.images.get().versions.get().pick()
    found = [Film(*one) for one in Shot.objects.film_in_the_making()]
    assert found == [Film(concept.pk, 2, "Waiting for Light", 3, 1, 12, 2)]


def test_a_concept_without_shots_is_no_film():
    film(0)
    assert list(Shot.objects.film_in_the_making()) == []


@pytest.mark.parametrize(
    ("count", "first_open", "shown"),
    [
        (24, 20, (1, 24)),
        (30, 1, (1, 24)),
        (60, 30, (22, 45)),
        (60, 58, (37, 60)),
        (60, None, (1, 24)),
    ],
)
def test_of_a_long_film_those_about_the_first_open_shot_are_shown(count, first_open, shown):
    concept = film()
    Shot.objects.bulk_create(
        Shot(concept=concept, number=number, title="镜头") for number in range(2, count + 1)
    )
    found = Film(concept.pk, 1, "", count, 0, 0, first_open)
    numbers = [
        card.number for card in cards_of(Shot.objects.stretch(found.pk, *found.stretch).card_rows())
    ]
    assert (numbers[0], numbers[-1], len(numbers)) == (*shown, 24)
