"""A film's picks on paper and in a zip, in the order of its shots."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from projects.images.models import Export
from projects.videos.models import Concept, Passage
from projects.writing.models import Scene
from tests.images import make as pictures
from tests.images.test_ingest import add
from tests.queries import queries
from tests.writing import make as writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(run_jobs):
    """Three shots; the third has no pick. The second is older than the first."""
    concept = Concept.objects.create_next(title="Waiting for Light", stage="images")
    shots = [concept.add_shot(title, 4) for title in ("Salt", "She counts", "Dust")]
    for tone, shot in zip((50, 40, 30), reversed(shots), strict=True):
        image = shot.add_image()
        for step in (0, 1):
            add(image, pictures.picture(tone=tone + step), f"{shot.title}_{step}.png")
    run_jobs()
    for shot in shots[:2]:
        shot.images.get().versions.get(number=1).pick()
    scene = writing.scene("She counted to one, and the station counted with her.")
    scene = Scene.objects.get(pk=scene.pk)
    Passage.objects.bind(concept, shots[1], scene, "She counted to one")
    return concept


def test_the_page_offers_picks_in_order_and_names_what_lacks_one(studio_client, film):
    page = studio_client.get(f"/concepts/{film.pk}/export/").content.decode()
    assert page.index("01 Salt") < page.index("02 She counts") < page.index("03 Dust")
    assert "Shot 03 has no pick yet." in page
    assert "v2, not picked" in page
    boxes = [part.partition(">")[0] for part in page.split('name="chosen"')[1:]]
    assert ["checked" in box for box in boxes] == [True, True, False]
    assert "She counted to one" in page


def chosen(film):
    return [
        image.pick_id for shot in film.shots.all() for image in shot.images.all() if image.pick_id
    ]


def test_the_storyboard_has_shots_versions_and_words(studio_client, film, run_jobs):
    data = {"kind": "pdf", "chosen": chosen(film)}
    studio_client.post(f"/concepts/{film.pk}/export/", data)
    run_jobs()
    export = Export.objects.get()
    [sheet] = PdfReader(export.path).pages
    words = sheet.extract_text()
    assert words.index("01 Salt") < words.index("02 She counts")
    for said in ("01 Waiting for Light", "v1", "She counted to one"):
        assert said in words
    assert "03 Dust" not in words
    assert export.back == f"/concepts/{film.pk}/"


def test_the_originals_are_numbered_by_shot(studio_client, film, run_jobs):
    data = {"kind": "zip", "chosen": chosen(film)}
    studio_client.post(f"/concepts/{film.pk}/export/", data)
    run_jobs()
    with ZipFile(BytesIO(Export.objects.get().path.read_bytes())) as archive:
        assert archive.namelist()[:2] == ["01-Salt-v1.png", "02-She counts-v1.png"]


def test_a_film_without_pictures_says_what_to_do(studio_client):
    concept = Concept.objects.create_next(title="Empty")
    concept.add_shot("Salt", 4)
    page = studio_client.get(f"/concepts/{concept.pk}/export/").content.decode()
    assert "There is no version to take along yet." in page
    assert studio_client.post(f"/concepts/{concept.pk}/export/").status_code == 422


def test_the_page_asks_as_often_for_three_shots_as_for_one(studio_client, film):
    many = queries(studio_client, f"/concepts/{film.pk}/export/")
    film.shots.exclude(number=2).delete()
    assert queries(studio_client, f"/concepts/{film.pk}/export/") == many
