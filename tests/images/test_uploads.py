"""Files in pieces: what has come is not sent again, and nothing is stored half."""

import hashlib
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from projects.images.models import Image, Version

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(studio_client):
    return Sender(studio_client)


class Sender:
    """What the page does, step by step."""

    def __init__(self, client):
        self.client = client
        self.key = uuid4()
        self.query = ""

    @property
    def address(self):
        return f"/uploads/{self.key}/{self.query}"

    def offset(self):
        return int(self.client.head(self.address)["Upload-Offset"])

    def piece(self, data, offset, length):
        headers = {"upload-offset": str(offset), "upload-length": str(length)}
        return self.client.patch(
            self.address, data, content_type="application/offset+octet-stream", headers=headers
        )

    def finish(self, length, name="晨光_v2.png"):
        headers = {"upload-length": str(length), "upload-name": quote(name)}
        return self.client.post(self.address, headers=headers)


def test_a_file_in_two_pieces_becomes_one_version(sender):
    image = make.image()
    sender.query = f"?for=image&id={image.pk}"
    data = make.noise((90, 90))
    assert sender.offset() == 0
    assert sender.piece(data[:5000], 0, len(data)).status_code == 204
    assert sender.offset() == 5000
    assert not Version.objects.exists()
    assert sender.piece(data[5000:], 5000, len(data))["Upload-Offset"] == str(len(data))
    answer = sender.finish(len(data))
    version = image.versions.get()
    assert (answer.status_code, answer.json()["message"]) == (201, "version v2")
    assert (version.filename, version.grouping) == ("晨光_v2.png", "said")
    assert version.blob.path.read_bytes() == data
    assert version.blob.sha256 == hashlib.sha256(data).hexdigest()


def test_an_answer_that_was_lost_is_given_again(sender, studio_data):
    data = make.picture()
    sender.piece(data, 0, len(data))
    first = sender.finish(len(data))
    assert sender.finish(len(data)).json() == first.json()
    assert Version.objects.count() == 1
    pieces = studio_data / "spool" / "pieces"
    assert [path.suffix for path in pieces.iterdir()] == [".answer"]


def test_a_piece_that_does_not_go_on_is_refused_with_the_right_place(sender):
    data = make.picture()
    sender.piece(data[:100], 0, len(data))
    for offset in (0, 50, 101):
        answer = sender.piece(data[offset:], offset, len(data))
        assert (answer.status_code, answer["Upload-Offset"]) == (409, "100")
    assert sender.finish(len(data)).status_code == 409
    assert sender.offset() == 100


@pytest.mark.parametrize(
    ("offset", "length"), [("", "5"), ("x", "5"), ("-1", "5"), ("9", "5"), ("0", "1e9")]
)
def test_nonsense_is_no_piece(sender, offset, length):
    assert sender.piece(b"12345", offset, length).status_code == 400
    assert sender.offset() == 0


def test_more_than_was_said_is_no_piece_of_it(sender):
    data = make.picture()
    sender.piece(data[:100], 0, 200)
    assert sender.piece(data[100:], 100, 200).status_code == 400
    assert sender.offset() == 100


def test_what_is_given_up_is_gone(sender, studio_data):
    sender.piece(b"1234", 0, 9)
    assert sender.client.delete(sender.address).status_code == 204
    assert (sender.offset(), list((studio_data / "spool" / "pieces").iterdir())) == (0, [])


def test_what_is_no_picture_is_refused_and_gone(sender, studio_data):
    sender.piece(b"<html>", 0, 6)
    answer = sender.finish(6)
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert answer.json()["message"].startswith("This is no picture the studio reads")
    assert list((studio_data / "spool" / "pieces").iterdir()) == []
    assert not Image.objects.exists()


def test_a_picture_that_was_removed_meanwhile_is_said(sender):
    sender.query = "?for=image&id=99"
    data = make.picture()
    sender.piece(data, 0, len(data))
    answer = sender.finish(len(data))
    assert (answer.status_code, answer.json()["message"]) == (
        422,
        "What it was for is not there any more.",
    )


def test_two_who_send_the_same_file_do_not_mix_it(sender, settings):
    from studio.store.spool import Pieces

    with Pieces(settings.STUDIO_DATA / "spool" / "pieces", sender.key):
        answer = sender.piece(b"1234", 0, 9)
    assert (answer.status_code, answer["Retry-After"]) == (423, "2")
    assert sender.offset() == 0


def test_a_full_disk_takes_nothing(sender, monkeypatch):
    monkeypatch.setattr("projects.images.views.uploads.has_room", lambda size: False)
    answer = sender.piece(b"1234", 0, 9)
    assert answer.json()["message"] == "The disk is nearly full; make room and add the file again."
    assert sender.offset() == 0


def test_a_file_sent_without_a_place_is_proposed_one_and_its_sibling_joins(sender):
    for number in (1, 2):
        sender.key = uuid4()
        data = make.picture(tone=50 + number)
        sender.piece(data, 0, len(data))
        answer = sender.finish(len(data), f"lattice_v{number}.png").json()
    image = Image.objects.get()
    assert (image.title, answer["image"], answer["number"]) == ("lattice", image.pk, 2)
    assert answer["reason"].startswith("named “lattice” without “_v2”")
    assert set(image.versions.values_list("grouping", flat=True)) == {"proposed"}


def test_the_page_asks_before_it_sends(sender):
    version = make.version(make.image("Wall"))
    digest = version.blob.sha256
    ask = sender.client.get
    known = ask(f"/uploads/known/?sha256={digest}&name=a.png").json()["known"]
    assert (known["state"], known["message"], known["title"]) == ("already", "already v1", "Wall")
    other = make.image("Other")
    here = f"/uploads/known/?sha256={digest}&for=image&id={other.pk}"
    assert ask(here).json() == {"known": None}
    assert ask("/uploads/known/").json() == {"known": None}


def test_a_stranger_sends_nothing(owner, studio_data):
    stranger = Sender(Client())
    assert stranger.piece(b"1234", 0, 9).status_code == 401
    assert not (studio_data / "spool" / "pieces").exists()


def test_a_forged_piece_is_refused(owner, studio_data):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert Sender(client).piece(b"1234", 0, 9).status_code == 403
    assert not (studio_data / "spool" / "pieces").exists()


def test_old_pieces_are_swept_away(sender, studio_data):
    import os

    sender.piece(b"1234", 0, 9)
    [piece] = (studio_data / "spool" / "pieces").glob("*.piece")
    os.utime(piece, (1, 1))
    sender.key = uuid4()
    data = make.picture()
    sender.piece(data, 0, len(data))
    sender.finish(len(data))
    assert not piece.exists()
