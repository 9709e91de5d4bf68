"""A picture says which shots it is for, and leads to the pictures of the shots beside them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.videos.models import Concept
from projects.videos.places import places_of
from tests.images import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return Concept.objects.create(number=3, title="The Lattice Remembers")


def shot(film, title, *pictures):
    made = film.add_shot(title, 4)
    return made, [made.add_image(picture) for picture in pictures]


def seen(client, address):
    """The page, and how often it asked for pictures of shots."""
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).text
    return page, sum("videos_shotimage" in query["sql"] for query in queries)


def test_the_neighbours_of_a_picture_are_the_first_pictures_of_the_shots_that_have_any(film):
    _, (horizon,) = shot(film, "地平线 Horizon", "Horizon")
    shot(film, "Not drawn yet")
    third, (salt, salt_wide) = shot(film, "Salt", "Salt", "Salt, wide")
    _, (beacon,) = shot(film, "Beacon", "Beacon")
    other = Concept.objects.create(number=4, title="Elsewhere")
    shot(other, "Far", "Far")
    assert [(place.shot, place.before, place.after) for place in places_of(salt_wide.pk)] == [
        (third, horizon.pk, beacon.pk)
    ]
    assert [(place.before, place.after) for place in places_of(horizon.pk)] == [(None, salt.pk)]
    assert [(place.before, place.after) for place in places_of(beacon.pk)] == [(salt.pk, None)]


def test_a_picture_of_two_films_stands_in_both_and_one_of_none_in_none(film):
    first, (image,) = shot(film, "Horizon", "Horizon")
    again = Concept.objects.create(number=4, title="Trailer").add_shot("Opening", 2)
    again.show(image)
    assert [place.shot for place in places_of(image.pk)] == [first, again]
    assert places_of(make.image("Loose").pk) == []


def test_the_page_and_compare_say_it_and_only_compare_leads_on(studio_client, film):
    one, (horizon,) = shot(film, "地平线 Horizon", "Horizon")
    _, (salt,) = shot(film, "Salt", "Salt")
    for image in (horizon, salt):
        make.version(image)
    page = studio_client.get(f"/images/{horizon.pk}/").text
    assert f'href="/shots/{one.pk}/"' in page
    assert "03 The Lattice Remembers" in page
    assert 'rel="next"' not in page
    page = studio_client.get(f"/images/{horizon.pk}/compare/").text
    assert f'rel="next" href="/images/{salt.pk}/compare/"' in page
    assert 'rel="prev"' not in page


def test_the_list_names_the_films_in_one_query_more(studio_client, film):
    shot(film, "地平线 Horizon", "Cover")
    page, asked = seen(studio_client, "/images/")
    film_there = '03 <span lang="en">The Lattice Remembers</span>'
    assert f'{film_there} · 01 <span lang="zh-Hans">地平线 Horizon</span>' in page
    assert asked == 1
    shot(film, "Salt", "Salt")
    make.image("Loose")
    assert seen(studio_client, "/images/")[1] == 1


def test_the_page_of_a_picture_asks_as_often_for_three_shots_as_for_one(studio_client, film):
    _, (image,) = shot(film, "Horizon", "Horizon")
    assert seen(studio_client, f"/images/{image.pk}/")[1] == 2
    for title in ("Trailer", "Teaser"):
        Concept.objects.create_next(title=title).add_shot("Opening", 2).show(image)
    assert seen(studio_client, f"/images/{image.pk}/")[1] == 2


def test_a_title_is_only_text(studio_client, film):
    shot(film, "<b>Salt</b>", "Cover")
    assert ">&lt;b&gt;Salt&lt;/b&gt;<" in studio_client.get("/images/").text
