"""Odd and hostile files through the real upload: one sentence, never a fault, nothing half kept."""

import hashlib
import json
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from PIL import ImageCms

from projects.images.extras import is_here
from projects.images.models import Version
from projects.images.reasons import sentence
from studio.store.models import Blob

from . import make, photoshop, told

pytestmark = pytest.mark.django_db


def send(client, image, data, name="晶格.png"):
    files = [SimpleUploadedFile(name, data)]
    answer = client.post(
        f"/images/{image.pk}/versions/", {"files": files}, headers={"accept": "application/json"}
    )
    (one,) = answer.json()["files"]
    assert answer.status_code == (422 if one["state"] == "refused" else 200)
    return one


def saved(picture, kind, **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def bomb():
    """A PNG of 9,000 x 9,000 real pixels in some 80 kB."""
    row = b"\0" + bytes(9000)
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(row) for _ in range(9000)) + packed.flush()
    head = struct.pack(">IIBBBBB", 9000, 9000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + told.chunk(b"IHDR", head)
        + told.chunk(b"IDAT", body)
        + told.chunk(b"IEND", b"")
    )


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(document.domain)</script>"
REFUSED = {
    "nothing": (b"", "empty"),
    "HTML by the name of a PNG": (HTML, "format"),
    "SVG by the name of a PNG": (SVG, "format"),
    "a start and no more": (b"\x89PNG\r\n\x1a\n", "broken"),
    "a PNG cut in the middle": (make.noise((300, 300))[:40000], "broken"),
    "a JPEG cut in the middle": (
        saved(Picture.effect_noise((300, 300), 90), "JPEG")[:9000],
        "broken",
    ),
    "wider than any": (make.huge_png(70_000, 10), "size"),
    "no pixel": (make.huge_png(0, 10), "broken"),
    "a Photoshop head alone": (b"8BPS" + bytes(40), "photoshop"),
    "a TIFF whose directory is itself": (
        b"II*\0\x08\0\0\0\x01\0" + bytes(12) + b"\x08\0\0\0",
        "broken",
    ),
    "a GIF without a frame": (b"GIF89a\x10\0\x10\0\0\0\0;", "broken"),
    "a WebP of nothing": (b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0", "broken"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_is_refused_in_a_sentence_and_leaves_nothing(
    studio_client, studio_data, case
):
    data, reason = REFUSED[case]
    image = make.image()
    one = send(studio_client, image, data)
    assert (one["state"], one["message"]) == ("refused", sentence(reason))
    assert (Version.objects.count(), Blob.objects.count()) == (0, 0)
    assert [path for path in studio_data.rglob("*") if path.is_file()] == []


def animated(kind):
    frames = [Picture.new("RGB", (40, 30), (tone, 0, 0)) for tone in (200, 20, 90)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def polyglot():
    """A PNG that is a page and an archive, too."""
    return told.png_with(told.chunk(b"tEXt", b"x\0" + HTML)) + HTML + b"PK\x05\x06" + bytes(18)


def nan_recipe():
    words = '{"sampler": {"class_type": "KSampler", "inputs": {"seed": 7, "cfg": NaN}}}'
    return told.png(prompt=words)


def circle():
    graph = told.graph(decode=told.node("VAEDecode", samples=["save", 0]))
    graph["save"]["inputs"]["images"] = ["decode", 0]
    return told.png(prompt=json.dumps(graph))


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TAKEN = {
    "one pixel": (make.picture((1, 1)), "PNG"),
    "30,000 wide": (saved(Picture.new("L", (30_000, 3), 90), "PNG"), "PNG"),
    "a bomb of 81 megapixels": (bomb(), "PNG"),
    "text behind the pixels": (
        told.png_with(told.chunk(b"tEXt", b"parameters\0" + told.INFOTEXT.encode())),
        "PNG",
    ),
    "a number that is none": (nan_recipe(), "PNG"),
    "a graph that goes round": (circle(), "PNG"),
    "a polyglot": (polyglot(), "PNG"),
    "CMYK": (saved(Picture.new("CMYK", (40, 30), (255, 0, 0, 0)), "JPEG"), "JPEG"),
    "a profile of nonsense": (
        saved(Picture.new("RGB", (40, 30)), "PNG", icc_profile=b"no profile" * 20),
        "PNG",
    ),
    "a profile of other colours": (
        saved(Picture.new("CMYK", (40, 30)), "JPEG", icc_profile=SRGB),
        "JPEG",
    ),
    "an animation": (animated("GIF"), "GIF"),
    "a WebP that moves": (animated("WEBP"), "WEBP"),
    "Photoshop at 16 bits": (
        photoshop.document(photoshop.flat((65535, 0, 0)), bits=16, layers=[photoshop.record("a")]),
        "PSD",
    ),
    "a large document": (photoshop.document(photoshop.flat((9, 9, 9)), large=True), "PSB"),
}


@pytest.mark.parametrize("case", TAKEN)
def test_what_is_odd_but_a_picture_is_taken_and_shown(studio_client, run_jobs, case):
    data, format = TAKEN[case]
    image = make.image()
    assert send(studio_client, image, data)["state"] == "new"
    run_jobs()
    version = Version.objects.get()
    assert (version.format, version.reading, version.trouble) == (format, "ready", "")
    assert set(version.blob.renditions.values_list("name", flat=True)) >= {"256", "1024", "2048"}
    page = studio_client.get(f"/images/{image.pk}/")
    compare = studio_client.get(f"/images/{image.pk}/compare/")
    assert (page.status_code, compare.status_code) == (200, 200)


@pytest.mark.parametrize("case", TAKEN)
def test_its_original_comes_back_bit_for_bit_and_is_never_shown(studio_client, case):
    data, _format = TAKEN[case]
    send(studio_client, make.image(), data, "晶格.html")
    answer = studio_client.get(f"/versions/{Version.objects.get().pk}/original/")
    body = b"".join(answer.streaming_content)
    assert hashlib.sha256(body).hexdigest() == hashlib.sha256(data).hexdigest()
    kind = answer["Content-Type"]
    assert kind.startswith("image/") and "svg" not in kind
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


EXTRAS = {
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "jxl": b"\0\0\0\x0cJXL \r\n\x87\n",
    "exr": b"\x76\x2f\x31\x01\x02\0\0\0",
}


@pytest.mark.parametrize("extra", EXTRAS)
def test_what_needs_an_extra_says_which(studio_client, studio_data, extra):
    if is_here(extra):
        pytest.skip(f"the extra “{extra}” is installed")
    one = send(studio_client, make.image(), EXTRAS[extra] + bytes(100), f"晶格.{extra}")
    assert (one["state"], one["message"]) == ("refused", sentence(extra))
    assert f"“{extra}”" in one["message"]
    assert list((studio_data / "spool").iterdir()) == []


def test_an_avif_is_not_taken_for_a_heic(studio_client):
    data = saved(Picture.new("RGB", (40, 30), (9, 90, 200)), "AVIF")
    assert send(studio_client, make.image(), data)["state"] == "new"


def write_heic(path):
    import pillow_heif

    pillow_heif.from_pillow(Picture.new("RGB", (64, 48), (200, 40, 30))).save(path)


def write_jxl(path):
    import imagecodecs
    import numpy as np

    pixels = np.full((48, 64, 3), (200, 40, 30), np.uint8)
    path.write_bytes(imagecodecs.jpegxl_encode(pixels, lossless=True))


def write_exr(path):
    import numpy as np
    import OpenEXR

    light = np.full((48, 64, 3), ((200 / 255 + 0.055) / 1.055) ** 2.4, np.float32)
    light[..., 1:] = 0.02
    OpenEXR.File({}, {"RGB": light}).write(str(path))


@pytest.mark.parametrize(
    ("extra", "write", "format"),
    [("heic", write_heic, "HEIC"), ("jxl", write_jxl, "JXL"), ("exr", write_exr, "EXR")],
)
def test_with_its_extra_the_picture_is_shown(
    studio_client, run_jobs, tmp_path, extra, write, format
):
    if not is_here(extra):
        pytest.skip(f"the extra “{extra}” is not installed")
    path = tmp_path / f"a.{extra}"
    write(path)
    assert send(studio_client, make.image(), path.read_bytes())["state"] == "new"
    run_jobs()
    version = Version.objects.get()
    assert (version.format, version.width, version.height) == (format, 64, 48)
    assert version.trouble == ""
    thumb = studio_client.get(f"/versions/{version.pk}/renditions/256/")
    with Picture.open(BytesIO(b"".join(thumb.streaming_content))) as shown:
        red, green, _ = shown.convert("RGB").getpixel((30, 20))
        assert abs(red - 200) < 8 and abs(green - 40) < 12
