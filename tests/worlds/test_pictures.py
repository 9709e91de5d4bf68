"""An entry of the bible may have a picture, of its own or one that is there."""

import pytest

from projects.images.models import Image
from projects.worlds.models import Entry
from tests.queries import queries
from tests.story import drawn
from tests.writing import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db):
    return make.entry("Wen Zhao", other_title="闻昭")


def test_an_entry_begins_a_picture_of_its_own_once(studio_client, entry):
    answer = studio_client.post(f"/entries/{entry.pk}/picture/")
    image = Image.objects.get()
    assert (image.title, answer.headers["Location"]) == ("Wen Zhao", f"/images/{image.pk}/")
    studio_client.post(f"/entries/{entry.pk}/picture/")
    assert Image.objects.count() == 1


def test_the_pick_of_its_picture_is_shown_on_its_page_and_in_the_index(
    studio_client, entry, run_jobs
):
    image = entry.begin_picture()
    first, second = drawn(image, 60), drawn(image, 90)
    run_jobs()
    world = f"/worlds/{entry.world_id}/"
    assert (
        f"/versions/{second.pk}/renditions/1024/" in studio_client.get(f"/entries/{entry.pk}/").text
    )
    first.pick()
    assert (
        f"/versions/{first.pk}/renditions/1024/" in studio_client.get(f"/entries/{entry.pk}/").text
    )
    assert f"/versions/{first.pk}/renditions/256/" in studio_client.get(world).text
    assert 'aria-label="Picked"' in studio_client.get(f"/entries/{entry.pk}/").text
    first.unpick()
    assert 'aria-label="Picked"' not in studio_client.get(f"/entries/{entry.pk}/").text


def test_a_picture_without_previews_yet_shows_none(studio_client, entry):
    drawn(entry.begin_picture(), 60)
    assert "/renditions/" not in studio_client.get(f"/entries/{entry.pk}/").text


def test_a_picture_that_is_there_can_be_chosen_and_left(studio_client, entry):
    image = Image.objects.create(title="晶格")
    sent = {"kind": "person", "title": "Wen Zhao", "picture": image.pk}
    assert studio_client.post(f"/entries/{entry.pk}/edit/", sent).status_code == 302
    assert Entry.objects.get().picture == image
    studio_client.post(f"/entries/{entry.pk}/edit/", sent | {"picture": ""})
    assert Entry.objects.get().picture is None
    answer = studio_client.post(f"/entries/{entry.pk}/edit/", sent | {"picture": 999})
    assert answer.status_code == 422


def test_an_entry_outlives_its_picture(entry):
    entry.begin_picture().delete()
    assert Entry.objects.get().picture is None


def test_the_index_asks_for_all_pictures_at_once(studio_client, entry, run_jobs):
    drawn(entry.begin_picture(), 60)
    run_jobs()
    one = queries(studio_client, f"/worlds/{entry.world_id}/")
    for name in ("苏伊岚", "Kesh"):
        drawn(make.entry(name, world=entry.world).begin_picture(), 70)
    run_jobs()
    assert queries(studio_client, f"/worlds/{entry.world_id}/") == one
