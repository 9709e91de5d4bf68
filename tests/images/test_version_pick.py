"""One pick a picture, and always a way back."""

import json

import pytest

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return make.image(versions=3)


def pick_of(image):
    image.refresh_from_db()
    return image.pick and image.pick.number


def test_a_pick_takes_the_place_of_the_one_before(studio_client, image):
    first, _, third = image.versions.all()
    studio_client.post(f"/versions/{first.pk}/pick/")
    response = studio_client.post(
        f"/versions/{third.pk}/pick/", headers={"hx-request": "true", "hx-target": "versions"}
    )
    assert pick_of(image) == 3
    toast = json.loads(response["HX-Trigger"])["toast"]
    assert toast == {"text": "v3 picked.", "undo": f"/versions/{first.pk}/pick/"}
    assert response.content.decode().count('class="seal') == 1
    assert "<html" not in response.content.decode()


def test_the_first_pick_is_undone_by_taking_it_back(studio_client, image):
    first = image.versions.first()
    response = studio_client.post(f"/versions/{first.pk}/pick/", follow=True)
    assert f'action="/versions/{first.pk}/unpick/"' in response.content.decode()
    studio_client.post(f"/versions/{first.pk}/unpick/")
    assert pick_of(image) is None


def test_delete_takes_a_pick_back(studio_client, image):
    first = image.versions.first()
    first.pick()
    studio_client.delete(f"/versions/{first.pk}/pick/")
    assert pick_of(image) is None


def test_what_is_set_aside_is_not_the_pick(studio_client, image):
    first = image.versions.first()
    first.pick()
    response = studio_client.post(
        f"/versions/{first.pk}/reject/", headers={"accept": "application/json"}
    )
    assert response.json() == {
        "text": "v1 set aside.",
        "undo": f"/versions/{first.pk}/pick/",
        "pick": None,
        "state": "rejected",
    }
    assert pick_of(image) is None
    studio_client.post(f"/versions/{first.pk}/clear/")
    first.refresh_from_db()
    assert first.state == "kept"


def test_picking_what_was_set_aside_takes_it_up_again(studio_client, image):
    first = image.versions.first()
    first.reject()
    studio_client.post(f"/versions/{first.pk}/pick/")
    first.refresh_from_db()
    assert (first.state, pick_of(image)) == ("kept", 1)


def test_a_pick_goes_back_only_to_our_own_pages(studio_client, image):
    first = image.versions.first()
    for given, back in (
        (f"/images/{image.pk}/compare/?v=1&v=2", f"/images/{image.pk}/compare/?v=1&v=2"),
        ("https://elsewhere.example/", f"/images/{image.pk}/"),
        ("//elsewhere.example/", f"/images/{image.pk}/"),
    ):
        response = studio_client.post(f"/versions/{first.pk}/pick/", {"next": given})
        assert response["Location"] == back


def test_a_get_changes_nothing(studio_client, image):
    first = image.versions.first()
    for verb in ("pick", "unpick", "reject", "clear", "note", "remove"):
        assert studio_client.get(f"/versions/{first.pk}/{verb}/").status_code == 405
    assert pick_of(image) is None
