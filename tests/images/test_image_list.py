"""All pictures on one page."""

import pytest

from . import make
from .test_ingest import add

pytestmark = pytest.mark.django_db


def test_a_studio_without_pictures_says_how_to_begin(studio_client):
    page = studio_client.get("/images/").content.decode()
    assert "No pictures yet." in page
    assert 'href="/images/new/"' in page


def test_a_picture_shows_its_pick_else_its_newest_version(studio_client, run_jobs):
    image = make.image("晨光 First light")
    versions = [add(image, make.picture(tone=tone)) for tone in (30, 40, 50)]
    run_jobs()
    add(image, make.picture(tone=60))  # still waiting: nothing to show
    page = studio_client.get("/images/").content.decode()
    assert f"/versions/{versions[2].pk}/renditions/1024/" in page
    assert "晨光 First light" in page
    assert "4 versions" in page
    assert 'aria-label="Picked"' not in page
    versions[0].pick()
    page = studio_client.get("/images/").content.decode()
    assert f"/versions/{versions[0].pk}/renditions/1024/" in page
    assert 'aria-label="Picked"' in page


def test_the_list_asks_as_often_for_three_pictures_as_for_one(studio_client):
    make.image(versions=2)
    with make.asked(3):
        studio_client.get("/images/")
    make.image(versions=1)
    make.image(versions=3)
    with make.asked(3):
        studio_client.get("/images/")


def test_the_list_comes_in_pages(studio_client):
    for number in range(26):
        make.image(f"Plate {number}")
    page = studio_client.get("/images/?page=2").content.decode()
    assert ("Plate 1<" in page, "Plate 2<" in page, "Page 2 of 2" in page) == (True, False, True)
    assert "Plate 25" in studio_client.get("/images/?page=nonsense").content.decode()
