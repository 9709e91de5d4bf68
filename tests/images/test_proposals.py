"""Files are filed at once; the author has the last word, one click for each, and a way back."""

import re

import pytest

from projects.images.models import Image, Version
from projects.images.moving import move
from tests.queries import queries

from . import make

pytestmark = pytest.mark.django_db


def proposed(image, confidence=97, **fields):
    tone = 10 + 7 * Version.objects.count()
    fields = {"grouping": "proposed", "reason": "named “晨光”", **fields}
    return make.version(image, tone=tone, confidence=confidence, **fields)


def undo_in(page):
    """The address that the toast's button posts to."""
    return re.search(r'class="toast.*?action="([^"]+)"', page, re.S)[1].replace("&amp;", "&")


def test_the_page_lists_what_nobody_decided_with_reason_and_certainty(studio_client):
    image = make.image("晨光")
    make.version(image)
    proposed(image, 97)
    proposed(image, 84)
    proposed(image, 40, reason="named “晨光”; more than one picture fits")
    page = studio_client.get("/proposals/").content.decode()
    said = re.findall(r'class="certainty \w+">(\w+)</b> · ([^<]+)<', page)
    assert said == [
        ("unsure", "Proposed: named “晨光”; more than one picture fits"),
        ("likely", "Proposed: named “晨光”"),
        ("sure", "Proposed: named “晨光”"),
    ]
    assert "Accept the 1 that is sure" in page


def test_a_studio_without_proposals_says_what_would_come(studio_client):
    page = studio_client.get("/proposals/").content.decode()
    assert "Every file is where you want it." in page
    assert "Accept" not in page


def test_the_page_asks_as_often_for_three_as_for_one(studio_client):
    image = make.image()
    other = make.image("Other")
    proposed(image, reading="ready")
    once = queries(studio_client, "/proposals/")
    proposed(image, reading="ready", perhaps=other)
    proposed(other, reading="ready", perhaps=image)
    assert queries(studio_client, "/proposals/") == once


def test_a_proposal_is_accepted_with_one_click_and_back(studio_client):
    version = proposed(make.image())
    page = studio_client.post(f"/versions/{version.pk}/confirm/", follow=True).content.decode()
    version.refresh_from_db()
    assert version.grouping == "said"
    studio_client.post(undo_in(page))
    version.refresh_from_db()
    assert version.grouping == "proposed"


def test_all_sure_ones_are_accepted_at_once_and_back_but_none_that_came_meanwhile(studio_client):
    image = make.image()
    said = make.version(image, confidence=99)
    proposed(image)
    proposed(image)
    unsure = proposed(image, 80)
    newest = unsure.pk
    late = proposed(image)
    answer = studio_client.post("/proposals/confirm/", {"newest": newest}, follow=True)
    page = answer.content.decode()
    assert "2 files accepted." in page
    still = set(Version.objects.proposed().values_list("pk", flat=True))
    assert still == {unsure.pk, late.pk}
    studio_client.post(undo_in(page))
    assert Version.objects.proposed().count() == 4
    said.refresh_from_db()
    assert said.grouping == "said"


def test_a_version_that_gets_a_picture_of_its_own_is_told_so(studio_client):
    image = make.image("晨光", versions=2)
    version = proposed(image)
    answer = studio_client.post(f"/versions/{version.pk}/move/", follow=True)
    version.refresh_from_db()
    assert version.image != image
    assert "A picture of its own now: “晨光”." in answer.content.decode()


def test_a_version_moves_to_another_picture_and_back(studio_client):
    image, other = make.image("晨光", versions=1), make.image("Wall", versions=2)
    version = proposed(image)
    version.pick()
    answer = studio_client.post(f"/versions/{version.pk}/move/", {"image": other.pk}, follow=True)
    version.refresh_from_db()
    assert (version.image, version.number, version.grouping) == (other, 3, "said")
    assert "Now v3 of “Wall”." in answer.content.decode()
    image.refresh_from_db()
    assert image.pick is None
    studio_client.post(undo_in(answer.content.decode()))
    version.refresh_from_db()
    image.refresh_from_db()
    assert (version.image, version.number, version.grouping) == (image, 2, "proposed")
    assert image.pick == version


def test_a_picture_left_with_nothing_goes_and_comes_back(studio_client):
    image, other = make.image("晨光"), make.image("Wall", versions=1)
    version = proposed(image)
    page = studio_client.post(f"/versions/{version.pk}/move/", {"image": other.pk}, follow=True)
    assert not Image.objects.filter(pk=image.pk).exists()
    studio_client.post(undo_in(page.content.decode()))
    version.refresh_from_db()
    assert (version.image_id, version.image.title) == (image.pk, "晨光")


def test_a_picture_that_something_holds_on_to_stays_when_it_is_empty():
    from projects.videos.models import Concept

    image, other = make.image("晨光"), make.image("Wall")
    Concept.objects.create_next(title="The passage").add_shot("Horizon", 4).show(image)
    move(proposed(image), other)
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_version_becomes_a_picture_of_its_own_and_back(studio_client):
    image = make.image("晨光", versions=1)
    version = proposed(image)
    page = studio_client.post(f"/versions/{version.pk}/move/", follow=True).content.decode()
    version.refresh_from_db()
    assert (version.image != image, version.image.title, version.number) == (True, "晨光", 2)
    made = version.image_id
    studio_client.post(undo_in(page))
    version.refresh_from_db()
    assert (version.image, Image.objects.filter(pk=made).exists()) == (image, False)


def test_bytes_that_are_there_already_do_not_move_there(studio_client):
    image, other = make.image("晨光"), make.image("Wall")
    version = proposed(image)
    twin = Version.objects.create(image=other, number=4, blob=version.blob, filename="x.png")
    answer = studio_client.post(f"/versions/{version.pk}/move/", {"image": other.pk}, follow=True)
    assert "“Wall” has the same file already: v4." in answer.content.decode()
    version.refresh_from_db()
    assert (version.image, twin.image) == (image, other)


def test_the_picture_to_move_to_is_found_by_its_title(studio_client):
    version = proposed(make.image("晨光"))
    make.image("Wall", versions=1)
    make.image("Boat", versions=1)
    page = studio_client.get(f"/versions/{version.pk}/move/?q=wal").content.decode()
    assert ("Wall" in page, "Boat" in page) == (True, False)
    assert "No picture has" in studio_client.get(f"/versions/{version.pk}/move/?q=zz").text


@pytest.mark.parametrize(
    "path",
    [
        "/proposals/doubt/?of=nonsense",
        "/versions/{pk}/back/?to=nonsense",
        "/versions/0/confirm/",
        "/versions/0/move/",
        "/proposals/confirm/",
    ],
)
def test_nonsense_changes_nothing(studio_client, path):
    version = proposed(make.image())
    assert studio_client.post(path.format(pk=version.pk)).status_code == 404
    version.refresh_from_db()
    assert version.grouping == "proposed"


def test_the_way_back_of_one_version_moves_no_other(studio_client):
    one, other = proposed(make.image("a")), proposed(make.image("b"))
    kept = move(one, make.image("c"))
    assert studio_client.post(f"/versions/{other.pk}/back/?to={kept}").status_code == 404
    other.refresh_from_db()
    assert other.image.title == "b"


def test_files_dropped_among_all_pictures_without_script_are_filed(studio_client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = [
        SimpleUploadedFile(name, make.picture(tone=tone))
        for name, tone in (("lattice_v2.png", 60), ("lattice_v1.png", 50), ("晨光.png", 200))
    ]
    answer = studio_client.post("/images/", {"files": files}, follow=True)
    assert answer.redirect_chain == [("/images/", 302)]
    page = answer.content.decode()
    assert "3 files came in." in page
    assert "3 files were filed by proposals" in page
    rows = Version.objects.order_by("image_id", "number").values_list("image__title", "number")
    assert list(rows) == [("lattice", 1), ("lattice", 2), ("晨光", 1)]


def test_a_file_that_cannot_be_read_is_told_among_all_pictures(studio_client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = [SimpleUploadedFile("a.png", b"<html>"), SimpleUploadedFile("b.png", make.picture())]
    answer = studio_client.post("/images/", {"files": files})
    assert answer.status_code == 422
    assert "This is no picture the studio reads" in answer.content.decode()
    assert Version.objects.get().filename == "b.png"
    assert studio_client.post("/images/?for=shot&id=9", {"files": []}).status_code == 404
