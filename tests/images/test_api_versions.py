"""Tools send pictures with a token: one file a request, told what became of it."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.images.models import Image, Version
from studio.accounts.models import Token

from . import make, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(owner):
    cache.clear()
    _, secret = Token.objects.issue(owner, "ComfyUI")
    client = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {secret}"})

    def send(data=None, name="晨光_v3.png", **fields):
        data = make.picture() if data is None else data
        file = SimpleUploadedFile(name, data, "image/png")
        return client.post("/api/versions/", {"file": file, **fields})

    send.client = client
    return send


def test_a_file_becomes_a_version_and_the_same_file_has_the_same_address(send):
    answer = send(told.png(parameters=told.INFOTEXT), note="手太亮")
    version = Version.objects.get()
    address = f"http://testserver/images/{version.image_id}/#version-{version.pk}"
    assert (answer.status_code, answer["Location"]) == (201, address)
    body = answer.json()
    assert (body["version"], body["new"], body["address"]) == (3, True, address)
    assert (body["tool"], body["seed"], body["sha256"]) == (
        "AUTOMATIC1111",
        48213,
        version.blob.sha256,
    )
    assert (version.image.title, version.note, version.grouping) == ("晨光", "手太亮", "proposed")
    again = send(told.png(parameters=told.INFOTEXT), name="copy of it.png")
    assert (again.status_code, again["Location"], Version.objects.count()) == (200, address, 1)
    assert (again.json()["new"], again.json()["reason"]) == (False, "already v3")


def test_a_file_goes_where_it_is_sent(send):
    from projects.videos.models import Concept

    image = make.image("Wall")
    film = Concept.objects.create_next(title="The passage")
    shot = film.add_shot("Horizon", 4)
    assert send(make.picture(tone=30), image=image.pk).status_code == 201
    assert send(make.picture(tone=60), name="boat.png", shot=shot.pk).status_code == 201
    assert (
        send(make.picture(tone=90), name="shot_01_v2.png", concept=film.number).status_code == 201
    )
    assert image.versions.get().grouping == "said"
    titles = sorted(shot.images.values_list("title", flat=True))
    assert titles == ["boat", "shot 01"]


def test_the_digest_tells_whether_a_file_is_here(send):
    send(make.picture())
    version = Version.objects.get()
    address = f"/api/versions/?sha256={version.blob.sha256}"
    rows = send.client.get(address).json()["versions"]
    assert [(row["image"], row["version"], row["new"]) for row in rows] == [
        (version.image_id, 3, False)
    ]
    assert send.client.get("/api/versions/?sha256=0").json() == {"versions": []}


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"image": "99"}, 404, "There is no image 99."),
        ({"concept": "七"}, 404, "There is no concept 七."),
        ({"shot": "9" * 40}, 404, "There is no shot"),
        ({"image": "1", "shot": "1"}, 422, "Name an image, a shot or a concept, not several."),
    ],
)
def test_a_wrong_place_is_said_and_nothing_is_kept(send, studio_data, fields, status, words):
    answer = send(**fields)
    assert (answer.status_code, answer.json()["error"][: len(words)]) == (status, words)
    assert not Image.objects.exists()
    assert list((studio_data / "spool").iterdir()) == []


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 422, "The file is empty; export it again."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "This is no picture the studio reads"),
        (make.noise((200, 200))[:5000], 422, "The picture is damaged"),
    ],
)
def test_what_is_no_picture_is_said_and_nothing_is_kept(send, studio_data, data, status, words):
    answer = send(data)
    assert (answer.status_code, answer.json()["error"][: len(words)]) == (status, words)
    assert not Image.objects.exists()
    assert [path for path in (studio_data / "spool").iterdir() if path.is_file()] == []


def test_other_requests_are_refused_in_one_sentence_each(send):
    client = send.client
    answers = [
        client.post("/api/versions/", b"\x89PNG", content_type="image/png"),
        client.post("/api/versions/", {"note": "no file"}),
        client.post("/api/versions/", {"picture": SimpleUploadedFile("a.png", make.picture())}),
        client.post("/api/versions/", b"--x", content_type="multipart/form-data; boundary=x"),
        client.post("/api/versions/", b"--x", content_type="multipart/form-data"),
        client.delete("/api/versions/"),
    ]
    assert [answer.status_code for answer in answers] == [415, 422, 422, 422, 422, 405]
    assert all(answer.json()["error"].endswith((".", "。")) for answer in answers)
    assert not Version.objects.exists()


def test_a_full_disk_is_said(send, monkeypatch):
    monkeypatch.setattr("projects.images.upload.has_room", lambda size: False)
    answer = send()
    assert (answer.status_code, answer.json()) == (
        413,
        {"error": "The disk is nearly full; make room and add the file again."},
    )
