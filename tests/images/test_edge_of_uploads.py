"""What a page, a phone or a script may send by mistake: a sentence, nothing half kept, no fault."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.images.models import Image, Version
from studio.store.models import Blob

from . import make

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def sent(name, data):
    return SimpleUploadedFile(name, data)


def parts(settings):
    return list((settings.STUDIO_DATA / "spool").iterdir())


def test_a_file_of_no_bytes_is_refused_beside_good_ones(studio_client, settings):
    image = make.image()
    files = [sent("empty.png", b""), sent("good.png", make.picture())]
    answer = studio_client.post(f"/images/{image.pk}/versions/", {"files": files}, headers=JSON)
    assert answer.status_code == 200
    told = {one["name"]: (one["state"], one["message"]) for one in answer.json()["files"]}
    assert told["empty.png"] == ("refused", "The file is empty; export it again.")
    assert told["good.png"] == ("new", "version v1")
    assert (image.versions.count(), Blob.objects.count(), parts(settings)) == (1, 1, [])


@pytest.mark.parametrize(
    "body",
    [
        {"file": "a"},
        {"files": "not a file"},
        {"": sent("x.png", b"x")},
        {"versions": sent("x.png", b"x")},
        {},
    ],
)
def test_another_name_of_the_field_is_told_and_keeps_nothing(studio_client, settings, body):
    image = make.image()
    answer = studio_client.post(f"/images/{image.pk}/versions/", body)
    assert answer.status_code == 422
    assert "No file was chosen; choose one or more pictures." in answer.content.decode()
    assert (image.versions.count(), Blob.objects.count(), parts(settings)) == (0, 0, [])


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
        ("application/json", b"{"),
        ("text/plain", b"\x00\xff"),
    ],
)
def test_a_body_that_is_no_form_is_refused_and_keeps_nothing(studio_client, settings, kind, body):
    image = make.image()
    answer = studio_client.post(f"/images/{image.pk}/versions/", data=body, content_type=kind)
    assert answer.status_code in {400, 422}
    assert (image.versions.count(), Blob.objects.count(), parts(settings)) == (0, 0, [])


def test_two_hundred_files_at_once_are_all_kept_in_the_order_of_their_names(
    studio_client, settings, monkeypatch
):
    """The limited process is left out: it is the same for each, and two hundred take a while."""
    answer = {"facts": {"format": "PNG", "width": 40, "height": 20}}
    monkeypatch.setattr("projects.images.child.check", lambda *given, **options: answer)
    files = [
        sent(f"plate_v{n}.png", make.picture((40, 20), mark=str(n))) for n in range(200, 0, -1)
    ]
    image = make.image()
    told = studio_client.post(f"/images/{image.pk}/versions/", {"files": files}, headers=JSON)
    assert [one["state"] for one in told.json()["files"]] == ["new"] * 200
    names = list(image.versions.order_by("number").values_list("number", "filename"))
    assert names == [(n, f"plate_v{n}.png") for n in range(1, 201)]
    assert parts(settings) == []


def test_a_full_disk_keeps_nothing_and_says_so(studio_client, settings, monkeypatch):
    monkeypatch.setattr("projects.images.upload.has_room", lambda size: False)
    image = make.image()
    answer = studio_client.post(
        f"/images/{image.pk}/versions/", {"files": sent("a.png", make.picture())}
    )
    assert answer.status_code == 422
    assert "The disk is nearly full" in answer.content.decode()
    assert (Version.objects.count(), Blob.objects.count(), parts(settings)) == (0, 0, [])


def test_a_disk_that_fills_on_the_way_loses_one_file_and_keeps_the_next(
    studio_client, settings, monkeypatch
):
    from studio.store.spool import Incoming

    write = Incoming.write

    def full_for_large(self, data):
        if len(data) > 60_000:
            raise OSError(28, "No space left on device")
        write(self, data)

    monkeypatch.setattr(Incoming, "write", full_for_large)
    image = make.image()
    files = [sent("large.png", make.noise((256, 256))), sent("small.png", make.picture())]
    answer = studio_client.post(f"/images/{image.pk}/versions/", {"files": files}, headers=JSON)
    states = {one["name"]: one["state"] for one in answer.json()["files"]}
    assert states == {"large.png": "refused", "small.png": "new"}
    assert (image.versions.count(), parts(settings)) == (1, [])


@pytest.mark.parametrize(
    "address",
    ["/images/99/versions/", "/versions/99/pick/", "/versions/99/reject/", "/decisions/99/undo/"],
)
def test_what_is_not_there_is_not_found(studio_client, address):
    assert studio_client.post(address).status_code == 404


def test_a_stranger_sends_nothing(owner, settings):
    image = make.image()
    files = {"files": sent("a.png", make.picture())}
    answer = Client().post(f"/images/{image.pk}/versions/", files)
    assert (answer.status_code, Image.objects.count(), Blob.objects.count()) == (302, 1, 0)
    assert parts(settings) == []
