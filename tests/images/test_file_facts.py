"""What is inside a file, as it is read and as the page tells it."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image as Picture
from PIL import ImageCms

from projects.images import child
from projects.images.file_facts import FileFacts, colour_warning
from projects.images.models import Version

from . import make, photoshop
from .test_ingest import add


def inside(tmp_path, data):
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    return child.tell(path)["inside"]


def saved(picture, kind, **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def profile(name="sRGB"):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def wide():
    """An sRGB profile with red and green swapped: other colours under any name."""
    data = bytearray(profile())
    red = data.index(b"rXYZ", 132) + 4
    green = data.index(b"gXYZ", 132) + 4
    data[red : red + 8], data[green : green + 8] = data[green : green + 8], data[red : red + 8]
    return bytes(data)


PLAIN = Picture.new("RGB", (40, 30), (200, 40, 30))


def test_colours_depth_and_profile_by_format(tmp_path):
    assert inside(tmp_path, saved(PLAIN, "PNG")) == {"space": "rgb", "bits": 8}
    srgb = inside(tmp_path, saved(PLAIN, "JPEG", icc_profile=profile()))
    assert (srgb["profile"]["srgb"], srgb["bits"]) == (True, 8)
    assert srgb["profile"]["name"]
    other = inside(tmp_path, saved(PLAIN, "WEBP", icc_profile=wide()))
    assert "srgb" not in other["profile"]
    assert inside(tmp_path, saved(PLAIN, "AVIF"))["bits"] == 8
    deep = Picture.fromarray(np.arange(0, 60000, 50, np.uint16).reshape(30, 40))
    assert inside(tmp_path, saved(deep, "PNG")) == {"space": "grey", "bits": 16}
    assert inside(tmp_path, saved(deep, "TIFF"))["bits"] == 16
    assert inside(tmp_path, saved(Picture.new("CMYK", (40, 30)), "TIFF")) == {
        "space": "cmyk",
        "bits": 8,
    }
    assert inside(tmp_path, saved(PLAIN.quantize(4), "GIF"))["space"] == "palette"


def test_a_broken_profile_is_told_as_broken(tmp_path):
    found = inside(tmp_path, saved(PLAIN, "PNG", icc_profile=b"nonsense" * 30))
    assert found["profile"] == {"broken": True}
    unfit = inside(tmp_path, saved(Picture.new("CMYK", (40, 30)), "JPEG", icc_profile=profile()))
    assert unfit["profile"]["broken"] is True


def test_frames_are_counted_and_layers_are_none(tmp_path):
    frames = [Picture.new("L", (40, 30), tone) for tone in (9, 99, 199)]
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:])
        assert inside(tmp_path, data)["frames"] == 3, kind
    layered = photoshop.document(
        photoshop.flat((1, 2, 3)), bits=16, layers=[photoshop.record("晶格"), photoshop.record("b")]
    )
    found = inside(tmp_path, layered)
    assert (found["bits"], "frames" in found) == (16, False)
    assert [each["name"] for each in found["layers"]] == ["b", "晶格"]


def test_sixteen_bits_of_grey_are_shown_as_they_are_however_dark(tmp_path):
    ramp = np.tile(np.arange(256, dtype=np.uint16) * 257, (8, 1))
    dark = np.tile(np.arange(256, dtype=np.uint16) // 2, (8, 1))  # all below 1 of 255
    for kind in ("PNG", "TIFF"):
        for pixels, expected in ((ramp, np.arange(256)), (dark, np.zeros(256))):
            path = tmp_path / f"a.{kind.lower()}"
            path.write_bytes(saved(Picture.fromarray(pixels), kind))
            list(child.make(path, tmp_path / "out", {"1024"}))
            with Picture.open(tmp_path / "out" / "1024.webp") as shown:
                row = np.asarray(shown.convert("L"))[4].astype(int)
            assert abs(row - expected).max() <= 3
            assert abs(row - expected).mean() < 1


def version(number, inside, **fields):
    return Version(number=number, inside=inside, **fields)


SRGB = {"space": "rgb", "bits": 8, "profile": {"name": "sRGB IEC61966-2.1", "srgb": True}}
P3 = {"space": "rgb", "bits": 16, "profile": {"name": "Display P3"}}
NONE = {"space": "rgb", "bits": 8}


def test_profiles_that_differ_are_warned_of():
    words = colour_warning(version(3, P3), version(5, SRGB))
    assert words == (
        "Colour profiles differ: v3 Display P3; v5 sRGB IEC61966-2.1. Both are shown as sRGB."
    )
    assert "v2 none, taken for sRGB" in colour_warning(version(2, NONE), version(5, SRGB))
    other_srgb = SRGB | {"profile": {"name": "sRGB built-in", "srgb": True}}
    assert colour_warning(version(1, SRGB), version(2, other_srgb)) == ""
    assert colour_warning(version(1, P3), version(2, P3)) == ""
    assert colour_warning(version(1, {}), version(2, P3)) == ""  # not read yet


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (NONE | {"frames": 3}, "It holds 3 pictures; the first is shown."),
        ({"space": "cmyk"}, "CMYK without a profile: its colours are shown by a rule of thumb."),
        (
            NONE | {"credentials": {"unread": True}},
            "It carries Content Credentials; install the extra “c2pa” to read them.",
        ),
        (
            NONE | {"credentials": {"changed": True}},
            "It was changed after its Content Credentials were signed.",
        ),
    ],
)
def test_what_one_should_know_is_said(inside, words):
    assert FileFacts(version(1, inside)).notes == [words]


def test_nonsense_that_is_kept_breaks_no_page():
    odd = {"layers": [7, {"name": 3, "layers": "x", "kind": "evil"}], "frames": "x", "bits": []}
    told = FileFacts(version(1, odd | {"profile": [], "credentials": 5}))
    assert [layer.name for layer in told.layers] == ["3"]
    assert (told.notes, [fact.label for fact in told.facts]) == ([], ["Colour profile", "Layers"])


@pytest.mark.django_db
def test_the_pages_show_layers_facts_and_the_warning(studio_client, run_jobs):
    image = make.image()
    add(image, saved(PLAIN, "PNG", icc_profile=wide()), "a.png")
    layered = photoshop.document(
        photoshop.flat((1, 2, 3)),
        layers=[photoshop.record("云 <b>", opacity=128, blend=b"scrn", hidden=True)],
    )
    add(image, layered, "b.psd")
    run_jobs()
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "云 &lt;b&gt;" in page
    assert "pixels · Screen · 50 % · hidden" in page
    compare = studio_client.get(f"/images/{image.pk}/compare/?v=1&v=2").content.decode()
    assert "<dt>Colour profile</dt><dd>none, taken for sRGB</dd>" in compare
    assert "RGB, 8 bits a channel" in compare
    assert "Colour profiles differ" in compare
