"""The bytes of versions reach only the owner, in parts where asked, and are never run."""

import pytest
from django.test import Client

from projects.images.models import Rendition
from projects.images.views.serving import range_of

from . import make
from .test_ingest import add

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def version(run_jobs):
    version = add(make.image(), make.picture((2600, 900)), "晨光 “v1”.png")
    run_jobs()
    return version


def test_a_preview_may_be_kept_for_ever_by_its_owner_alone(studio_client, version):
    response = studio_client.get(f"/versions/{version.pk}/renditions/1024/")
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert body(response)[8:12] == b"WEBP"
    again = studio_client.get(
        f"/versions/{version.pk}/renditions/1024/", headers={"if-none-match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_preview_that_is_not_made_yet_says_when_to_ask_again(studio_client):
    version = add(make.image(), make.picture())
    response = studio_client.get(f"/versions/{version.pk}/renditions/256/")
    assert (response.status_code, response["Retry-After"]) == (404, "2")
    assert response["Cache-Control"] == "no-store, private"


def test_one_tile_is_a_range_of_the_pack(studio_client, version):
    index = Rendition.objects.get(name="tiles").index
    start, end = index["levels"][0]["offsets"][:2]
    response = studio_client.get(
        f"/versions/{version.pk}/tiles/", headers={"range": f"bytes={start}-{end - 1}"}
    )
    data = body(response)
    assert (response.status_code, len(data), data[:2]) == (206, end - start, b"\xff\xd8")
    assert response["Content-Range"].startswith(f"bytes {start}-{end - 1}/")


def test_an_original_is_saved_under_its_own_name_and_never_shown(studio_client, version):
    response = studio_client.get(f"/versions/{version.pk}/original/")
    assert body(response) == version.blob.path.read_bytes()
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%99%A8%E5%85%89%20%E2%80%9Cv1%E2%80%9D.png"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_rest_of_an_original_is_sent_after_a_break(studio_client, version):
    whole = version.blob.path.read_bytes()
    address = f"/versions/{version.pk}/original/"
    rest = studio_client.get(address, headers={"range": "bytes=100-"})
    assert (rest.status_code, body(rest)) == (206, whole[100:])
    other = studio_client.get(address, headers={"range": "bytes=100-", "if-range": '"old"'})
    assert (other.status_code, body(other)) == (200, whole)
    beyond = studio_client.get(address, headers={"range": "bytes=99999999-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(whole)}")


@pytest.mark.parametrize(
    ("header", "bounds"),
    [
        ("", None),
        ("bytes=0-0", (0, 1)),
        ("bytes=2-500", (2, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-300", (0, 10)),
        ("bytes=-0", (0, 0)),
        ("bytes=10-", (0, 0)),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("pages=1-2", None),
    ],
)
def test_ranges_are_read_as_the_standard_says(header, bounds):
    assert range_of(header, 10) == bounds


@pytest.mark.parametrize("what", ["renditions/256/", "renditions/1024/", "tiles/", "original/"])
def test_nobody_else_gets_a_byte(owner, version, what):
    response = Client().get(f"/versions/{version.pk}/{what}")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")


def test_names_we_do_not_make_are_unknown(studio_client, version):
    for name in ("tiles", "512", "2048.webp", "..%2f256"):
        response = studio_client.get(f"/versions/{version.pk}/renditions/{name}/")
        assert response.status_code == 404
