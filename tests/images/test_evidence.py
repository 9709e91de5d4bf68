"""Versions show what a test of a tool came to."""

import pytest

from projects.images.models import Evidence, Version
from tests.tools import make as tools

from . import make
from .test_ingest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(run_jobs):
    made = add(make.image("晨光 First light"), make.picture(tone=30))
    run_jobs()
    return made


def cell_of(trial):
    return f"/tools/{trial.tool_id}/{trial.capability_id}/"


def test_a_version_is_chosen_and_stands_beside_its_test(studio_client, version):
    trial = tools.trial(note="四个字")
    choose = f"/trials/{trial.pk}/evidence/"
    assert f'href="{choose}"' in studio_client.get(cell_of(trial)).content.decode()
    page = studio_client.get(choose).content.decode()
    assert "晨光 First light" in page and "四个字" in page
    answer = studio_client.post(f"{choose}{version.pk}/")
    assert answer.url == cell_of(trial)
    page = studio_client.get(answer.url).content.decode()
    assert f'src="/versions/{version.pk}/renditions/256/"' in page
    assert 'alt="v1 of 晨光 First light"' in page


def test_the_same_version_shows_a_test_once(studio_client, version):
    trial = tools.trial()
    for _ in range(2):
        studio_client.post(f"/trials/{trial.pk}/evidence/{version.pk}/")
    assert Evidence.objects.count() == 1
    page = studio_client.get(f"/trials/{trial.pk}/evidence/").content.decode()
    assert f'formaction="/trials/{trial.pk}/evidence/{version.pk}/remove/"' in page


@pytest.mark.parametrize("by", ["form", "script"])
def test_evidence_is_taken_back_and_undo_brings_it_again(studio_client, version, by):
    trial = tools.trial()
    address = f"/trials/{trial.pk}/evidence/{version.pk}/"
    studio_client.post(address)
    if by == "form":
        studio_client.post(f"{address}remove/")
    else:
        studio_client.delete(address)
    assert not Evidence.objects.exists()
    toasts = [one.extra_tags for one in studio_client.get(cell_of(trial)).context["messages"]]
    studio_client.post(toasts[-1])
    assert Evidence.objects.get().version == version
    assert Version.objects.get() == version


def test_evidence_shows_when_it_is_the_pick(studio_client, version):
    trial = tools.trial()
    studio_client.post(f"/trials/{trial.pk}/evidence/{version.pk}/")
    pages = [f"/trials/{trial.pk}/evidence/", cell_of(trial)]
    for picked in (False, True):
        if picked:
            version.pick()
        for page in pages:
            assert ('aria-label="Picked"' in studio_client.get(page).content.decode()) == picked


def test_a_version_that_was_set_aside_may_show_best_what_a_tool_cannot_do(studio_client, version):
    version.reject()
    page = studio_client.get(f"/trials/{tools.trial('not').pk}/evidence/").content.decode()
    assert "晨光 First light" in page


@pytest.mark.parametrize(
    ("wanted", "found"), [("晨光", True), ("first", True), ("", True), ("夜", False)]
)
def test_a_picture_is_looked_for_by_its_title(studio_client, version, wanted, found):
    trial = tools.trial()
    page = studio_client.get(f"/trials/{trial.pk}/evidence/", {"q": wanted}).content.decode()
    assert (f"/evidence/{version.pk}/" in page) == found
    assert ("No picture has “夜” in its title." in page) == (not found)


def test_without_pictures_the_page_names_the_next_act(studio_client):
    page = studio_client.get(f"/trials/{tools.trial().pk}/evidence/").content.decode()
    assert "No pictures yet." in page and 'href="/images/new/"' in page


def test_a_removed_test_comes_back_with_its_evidence(studio_client, version):
    trial = tools.trial()
    studio_client.post(f"/trials/{trial.pk}/evidence/{version.pk}/")
    studio_client.post(f"/trials/{trial.pk}/delete/")
    assert f"/versions/{version.pk}/" not in studio_client.get(cell_of(trial)).content.decode()
    studio_client.post(f"/trials/{trial.pk}/bring-back/")
    assert f"/versions/{version.pk}/" in studio_client.get(cell_of(trial)).content.decode()


@pytest.mark.parametrize("address", ["/trials/99/evidence/", "/trials/{}/evidence/99/"])
def test_what_is_not_there_answers_404(studio_client, address):
    trial = tools.trial()
    where = address.format(trial.pk)
    answer = studio_client.post(where) if where.endswith("/99/") else studio_client.get(where)
    assert answer.status_code == 404


def test_a_history_asks_as_often_for_three_tests_as_for_one(studio_client):
    trial, image = tools.trial(), make.image("晨光", versions=3)
    versions = list(image.versions.all())
    Evidence.objects.create(trial=trial, version=versions[0])
    with make.asked(1):
        studio_client.get(cell_of(trial))
    for version in versions[1:]:
        other = tools.trial("not", tool=trial.tool, capability=trial.capability)
        Evidence.objects.create(trial=other, version=version)
    with make.asked(1):
        studio_client.get(cell_of(trial))


def test_the_choice_asks_as_often_for_three_versions_as_for_one(studio_client):
    trial = tools.trial()
    make.version(reading="ready")
    with make.asked(3):
        studio_client.get(f"/trials/{trial.pk}/evidence/")
    for _ in range(2):
        make.version(reading="ready")
    with make.asked(3):
        studio_client.get(f"/trials/{trial.pk}/evidence/")
