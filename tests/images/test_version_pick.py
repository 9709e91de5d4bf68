"""One pick a picture, and always a way back."""

import json
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from projects.images.models import Decision, Image, Version

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
    last = image.decisions.last()
    assert toast == {"text": "v3 picked.", "undo": f"/decisions/{last.pk}/undo/"}
    assert response.content.decode().count('class="seal') == 1
    assert "<html" not in response.content.decode()


def test_the_first_pick_is_undone_by_taking_it_back(studio_client, image):
    first = image.versions.first()
    response = studio_client.post(f"/versions/{first.pk}/pick/", follow=True)
    undo = f"/decisions/{image.decisions.get().pk}/undo/"
    assert f'action="{undo}"' in response.content.decode()
    response = studio_client.post(undo, follow=True)
    assert "Taken back: v1 is as it was." in response.content.decode()
    assert pick_of(image) is None
    assert studio_client.post(undo).status_code == 404


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
        "undo": f"/decisions/{image.decisions.last().pk}/undo/",
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
    decision = first.pick()
    assert studio_client.get(f"/decisions/{decision.pk}/undo/").status_code == 405
    assert pick_of(image) == 1
    first.unpick()
    assert pick_of(image) is None


def standing(image):
    """The pick's number and every version's state."""
    states = dict(image.versions.values_list("number", "state"))
    return pick_of(image), states


@pytest.mark.parametrize("verb", ["pick", "unpick", "reject", "clear"])
def test_undo_gives_back_exactly_what_was_before(studio_client, image, verb):
    first, second, third = image.versions.all()
    first.pick()
    third.reject()
    for version in (first, second, third):
        before = standing(image)
        known = set(Decision.objects.values_list("pk", flat=True))
        studio_client.post(f"/versions/{version.pk}/{verb}/")
        for decision in Decision.objects.exclude(pk__in=known):
            studio_client.post(f"/decisions/{decision.pk}/undo/")
        assert standing(image) == before


def test_what_was_decided_anew_is_not_undone_from_an_old_page(studio_client, image):
    first, second, _ = image.versions.all()
    old = first.pick()
    second.pick()
    page = studio_client.post(f"/decisions/{old.pk}/undo/", follow=True).content.decode()
    assert "It was decided anew since." in page
    assert pick_of(image) == 2


def test_what_is_so_already_is_no_decision(studio_client, image):
    first = image.versions.first()
    first.pick()
    answer = studio_client.post(
        f"/versions/{first.pk}/pick/", headers={"accept": "application/json"}
    ).json()
    assert (answer["undo"], Decision.objects.count()) == (None, 1)


def test_earlier_picks_are_listed_and_can_be_gone_back_to(studio_client, image):
    first, _, third = image.versions.all()
    first.pick()
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "Earlier picks" not in page
    third.reject()
    third.pick()
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "Earlier picks" in page
    assert page.index("v3 picked") < page.index("v1 picked")
    assert "Pick v1 again" in page
    assert "Pick v3 again" not in page


def test_the_database_takes_no_version_as_the_pick_of_two_pictures(image):
    first = image.versions.first()
    first.pick()
    other = make.image("Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=other.pk).update(pick=first)


@pytest.mark.django_db(transaction=True)
def test_of_two_devices_that_pick_at_once_one_comes_after_the_other():
    image = make.image(versions=4)
    versions = list(image.versions.all())
    ready, wrong = Barrier(len(versions)), []

    def pick(pk):
        try:
            ready.wait(20)
            Version.objects.select_related("image").get(pk=pk).pick()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=pick, args=[version.pk]) for version in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    decisions = list(image.decisions.order_by("pk"))
    befores = [decision.pick_before_id for decision in decisions]
    afters = [decision.pick_after_id for decision in decisions]
    image.refresh_from_db()
    assert befores == [None, *afters[:-1]]
    assert (image.pick_id, set(afters)) == (afters[-1], {version.pk for version in versions})
