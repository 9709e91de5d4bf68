"""The page of a picture: its versions, and files on their way in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.images.models import Image, Version

from . import make

pytestmark = pytest.mark.django_db


def upload(name, data):
    return SimpleUploadedFile(name, data)


def test_many_files_become_versions_and_a_broken_one_keeps_no_other_out(studio_client, studio_data):
    image = make.image("晨光")
    same = make.picture(tone=90)
    files = [
        upload("晨光_v10.png", make.picture(tone=80)),
        upload("broken.png", make.noise((200, 200))[:9000]),
        upload("晨光_v2.png", same),
        upload("晨光_v2（副本）.png", same),
    ]
    response = studio_client.post(
        f"/images/{image.pk}/versions/", {"files": files}, headers={"accept": "application/json"}
    )
    assert [(one["name"], one["state"], one["message"]) for one in response.json()["files"]] == [
        (
            "broken.png",
            "refused",
            "The picture is damaged and cannot be read to its end; export it again.",
        ),
        ("晨光_v2.png", "new", "version v2"),
        ("晨光_v2（副本）.png", "already", "already v2"),
        ("晨光_v10.png", "new", "version v10"),
    ]
    assert [version.filename for version in image.versions.all()] == [
        "晨光_v2.png",
        "晨光_v10.png",
    ]
    assert list((studio_data / "spool").iterdir()) == []


def test_without_scripts_the_page_answers_with_what_became_of_each_file(studio_client):
    image = make.image()
    files = [upload("a.png", make.picture()), upload("notes.txt", "晨光".encode())]
    response = studio_client.post(f"/images/{image.pk}/versions/", {"files": files})
    page = response.content.decode()
    assert response.status_code == 200
    assert "version v1" in page
    assert "This is no picture the studio reads" in page


def test_no_file_at_all_is_said(studio_client):
    image = make.image()
    response = studio_client.post(f"/images/{image.pk}/versions/")
    assert response.status_code == 422
    assert "No file was chosen; choose one or more pictures." in response.content.decode()


def test_files_of_someone_not_signed_in_are_not_even_read(owner, studio_data):
    image = make.image()
    response = Client().post(
        f"/images/{image.pk}/versions/", {"files": [upload("a.png", make.picture())]}
    )
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")
    assert not Version.objects.exists()
    assert not (studio_data / "blobs").exists()


def test_a_forged_upload_is_refused(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    image = make.image()
    response = client.post(
        f"/images/{image.pk}/versions/", {"files": [upload("a.png", make.picture())]}
    )
    assert (response.status_code, Version.objects.count()) == (403, 0)


def test_a_full_disk_refuses_the_file_with_a_sentence(studio_client, monkeypatch):
    monkeypatch.setattr("projects.images.upload.has_room", lambda size: False)
    image = make.image()
    response = studio_client.post(
        f"/images/{image.pk}/versions/",
        {"files": [upload("a.png", make.picture())]},
        headers={"accept": "application/json"},
    )
    assert (response.status_code, response.json()["files"][0]["message"]) == (
        422,
        "The disk is nearly full; make room and add the file again.",
    )


def test_a_picture_begins_with_its_files_and_takes_their_name(studio_client):
    files = [upload("晨光_v1.png", make.picture(tone=30)), upload("晨光_v2.png", make.picture())]
    response = studio_client.post("/images/new/", {"title": "", "files": files})
    image = Image.objects.get()
    assert (image.title, image.versions.count()) == ("晨光", 2)
    assert response["Location"] == f"/images/{image.pk}/"


def test_a_picture_without_title_or_files_is_asked_for_one(studio_client):
    response = studio_client.post("/images/new/", {"title": " "})
    assert response.status_code == 422
    assert "Give the picture a title, or choose files." in response.content.decode()
    assert not Image.objects.exists()


def test_a_picture_that_would_begin_with_nothing_readable_does_not_begin(studio_client):
    broken = make.noise((200, 200))[:9000]
    response = studio_client.post(
        "/images/new/", {"title": "", "files": [upload("坏.png", broken)]}
    )
    assert response.status_code == 422
    assert "坏.png: The picture is damaged" in response.content.decode()
    assert not Image.objects.exists()
    studio_client.post("/images/new/", {"title": "晨光", "files": [upload("坏.png", broken)]})
    assert [(image.title, image.versions.count()) for image in Image.objects.all()] == [("晨光", 0)]


def test_a_picture_is_renamed(studio_client):
    image = make.image("draft")
    studio_client.post(f"/images/{image.pk}/edit/", {"title": "地平线 Horizon"})
    image.refresh_from_db()
    assert image.title == "地平线 Horizon"


def test_the_page_asks_again_while_previews_are_made_and_then_no_more(studio_client, run_jobs):
    from tests.images.test_ingest import add

    image = make.image()
    version = add(image, make.picture())
    waiting = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "every 1s" in waiting
    assert "Previews are being made" in waiting
    run_jobs()
    after = studio_client.get(
        f"/images/{image.pk}/progress/?after={version.pk}&waiting={version.pk}"
    ).content.decode()
    assert "every 1s" not in after
    assert f'id="version-{version.pk}" data-reading="ready" hx-swap-oob="true"' in after
    quiet = studio_client.get(f"/images/{image.pk}/progress/?after={version.pk}&waiting=")
    assert f"version-{version.pk}" not in quiet.content.decode()
    fresh = studio_client.get(f"/images/{image.pk}/progress/?after=0&waiting=").content.decode()
    assert 'hx-swap-oob="beforeend:#version-list"' in fresh


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 40, "1;drop"])
def test_the_progress_of_nonsense_is_the_whole(studio_client, nonsense):
    image = make.image(versions=1)
    response = studio_client.get(
        f"/images/{image.pk}/progress/", {"after": nonsense, "waiting": nonsense}
    )
    assert response.status_code == 200


def test_the_page_of_a_picture_asks_as_often_for_three_versions_as_for_one(studio_client):
    for image in (make.image(versions=1), make.image(versions=3)):
        with make.asked(5):
            studio_client.get(f"/images/{image.pk}/")
        with make.asked(3):
            studio_client.get(f"/images/{image.pk}/progress/")


def test_an_unreadable_version_can_be_removed(studio_client):
    version = make.version(reading="unreadable", error="broken")
    page = studio_client.get(f"/images/{version.image_id}/").content.decode()
    assert "damaged" in page
    studio_client.post(f"/versions/{version.pk}/remove/")
    assert not Version.objects.exists()


def test_a_readable_version_stays(studio_client):
    version = make.version(reading="ready")
    studio_client.post(f"/versions/{version.pk}/remove/")
    assert Version.objects.count() == 1


def test_a_note_is_kept_in_both_languages(studio_client):
    version = make.version()
    studio_client.post(f"/versions/{version.pk}/note/", {"note": "手太亮 hand too bright"})
    version.refresh_from_db()
    assert version.note == "手太亮 hand too bright"


def test_a_note_that_is_left_as_it_was_says_nothing(studio_client):
    version = make.version(note="手太亮")
    htmx = {"HX-Request": "true"}
    address = f"/versions/{version.pk}/note/"
    assert studio_client.post(address, {"note": "手太亮"}, headers=htmx).status_code == 204
    assert studio_client.post(address, {"note": "手"}, headers=htmx).status_code != 204
    version.refresh_from_db()
    assert version.note == "手"
