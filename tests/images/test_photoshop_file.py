"""Photoshop documents: the merged picture at any depth, the layers as a tree."""

from io import BytesIO
from random import Random

import numpy as np
import pytest
from PIL import Image as Picture

from projects.images import child, layers
from projects.images.picture import Refusal, decoded

from . import photoshop
from .photoshop import divider, document, flat, opened, record, resource


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_eight_bits_small_and_large_packed_and_plain(tmp_path, large, packed):
    random = Random(5)
    bands = [[[random.randrange(256) for _ in range(301)] for _ in range(7)] for _ in range(3)]
    picture = opened(document(bands, large=large, packed=packed), tmp_path / "a.psd")
    assert (picture.mode, picture.size, picture.format) == (
        "RGB",
        (301, 7),
        "PSB" if large else "PSD",
    )
    assert np.array_equal(np.asarray(picture), np.moveaxis(np.array(bands), 0, 2))


@pytest.mark.parametrize("packed", [False, True])
def test_sixteen_bits_are_their_upper_eight(tmp_path, packed):
    band = photoshop.gradient()
    picture = opened(document([band] * 3, bits=16, packed=packed), tmp_path / "a.psd")
    shown = np.asarray(picture)[0, :, 1].astype(int)
    assert abs(shown - np.arange(256)).max() <= 1
    grey = opened(document([band], bits=16, mode=1, packed=packed), tmp_path / "b.psd")
    assert (grey.mode, abs(np.asarray(grey)[0].astype(int) - np.arange(256)).max() <= 1) == (
        "L",
        True,
    )


def test_thirty_two_bits_are_light_and_are_encoded(tmp_path):
    bands = flat((0.0, 0.2140, 4.0))
    picture = opened(document(bands, bits=32), tmp_path / "a.psd")
    assert picture.getpixel((3, 3)) == (0, 127, 255)
    assert (
        opened(document(flat((float("nan"),)), bits=32, mode=1), tmp_path / "b.psd").getpixel(
            (0, 0)
        )
        == 0
    )


def test_print_colours_are_not_inverted(tmp_path):
    white = flat((65535,) * 4)
    picture = opened(document(white, bits=16, mode=4), tmp_path / "a.psd")
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    picture = opened(document(flat((255,) * 4), mode=4), tmp_path / "b.psd")
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_a_saved_selection_does_not_make_the_picture_clear(tmp_path):
    bands = flat((200, 100, 50, 0))
    layer = [record("a")]
    kept = opened(document(bands, layers=layer), tmp_path / "a.psd")
    assert (kept.mode, kept.getpixel((0, 0))) == ("RGB", (200, 100, 50))
    clear = opened(document(bands, layers=layer, clear=True), tmp_path / "b.psd")
    assert (clear.mode, clear.getpixel((0, 0))) == ("RGBA", (200, 100, 50, 0))


@pytest.mark.parametrize("cut", [10, 26, 30, 40, 60, -1, -200])
def test_a_document_that_ends_early_is_refused(tmp_path, cut):
    data = document(flat((1, 2, 3)), packed=True, layers=[record("a")])
    with pytest.raises(Refusal):
        opened(data[:cut], tmp_path / "a.psd")


@pytest.mark.parametrize(("mode", "bits"), [(9, 16), (7, 16), (3, 7), (5, 8)])
def test_what_no_reader_knows_is_refused_as_photoshops(tmp_path, mode, bits):
    data = bytearray(document(flat((1, 2, 3))))
    data[22:26] = bits.to_bytes(2, "big") + mode.to_bytes(2, "big")
    with pytest.raises(Refusal, match="photoshop"):
        opened(bytes(data), tmp_path / "a.psd")


def tree():
    """Lowest first, as they are written."""
    return [
        record("Hintergrund"),
        record("end", divider(3)),
        record("高光", photoshop.block(b"TySh", b"\0" * 8), opacity=128, blend=b"scrn"),
        record("end", divider(3)),
        record("deep", photoshop.block(b"SoLd", b"\0" * 8), hidden=True),
        record("inner", divider(2)),
        record("晶格 group", divider(1), blend=b"pass"),
        record("curves", photoshop.block(b"curv", b"\0" * 8)),
    ]


def told(found):
    return [
        (each["name"], each["kind"], *([told(each["layers"])] if "layers" in each else []))
        for each in found
    ]


@pytest.mark.parametrize("bits", [8, 16, 32])
def test_layers_are_a_tree_with_the_uppermost_first(tmp_path, bits):
    path = tmp_path / "a.psd"
    path.write_bytes(document(flat((0, 0, 0)), bits=bits, layers=tree()))
    found = layers.read(path)
    assert told(found) == [
        ("curves", "adjustment"),
        ("晶格 group", "group", [("inner", "group", [("deep", "smart")]), ("高光", "text")]),
        ("Hintergrund", "pixels"),
    ]
    light = found[1]["layers"][1]
    assert (light["opacity"], light["blend"], light["visible"]) == (50, "scrn", True)
    assert found[1]["layers"][0]["layers"][0]["visible"] is False


def test_layers_of_a_large_document(tmp_path):
    path = tmp_path / "a.psb"
    path.write_bytes(
        document(
            flat((0, 0, 0)), large=True, layers=[record("云", large=True), record("b", large=True)]
        )
    )
    assert told(layers.read(path)) == [("b", "pixels"), ("云", "pixels")]


def test_groups_that_never_end_and_ends_of_none_are_still_a_list(tmp_path):
    path = tmp_path / "a.psd"
    records = [record("x", divider(1)) for _ in range(60)] + [record("y", divider(3))] * 70
    path.write_bytes(document(flat((0, 0, 0)), layers=records))
    deep, level = 0, layers.read(path)
    while level:
        deep, level = deep + 1, level[0].get("layers")
    assert 1 <= deep <= layers.MOST_DEEP


def test_layers_agree_with_the_reference_reader_on_real_files(corpus):
    from psd_tools import PSDImage

    def expected(group):
        return [
            (
                each.name,
                bool(each.visible),
                round(each.opacity / 2.55),
                expected(each) if each.is_group() else None,
            )
            for each in reversed(list(group))
        ]

    def ours(found):
        return [
            (
                each["name"],
                each["visible"],
                each["opacity"],
                ours(each["layers"]) if "layers" in each else None,
            )
            for each in found
        ]

    paths = sorted((corpus / "images" / "psd").iterdir())
    assert len(paths) == 10
    for path in paths:
        assert ours(layers.read(path)) == expected(PSDImage.open(path)), path.name


def test_every_real_document_is_shown_or_says_why(corpus, tmp_path):
    shown = {}
    for path in sorted((corpus / "images" / "psd").iterdir()):
        answers = list(child.make(path, tmp_path / path.name, {"256", "1024", "2048"}))
        shown[path.name] = sorted(each["made"] for each in answers if "made" in each)
        assert not any("refused" in each for each in answers), path.name
    assert set(map(tuple, shown.values())) == {("1024", "2048", "256")}


def test_a_document_of_layers_alone_shows_its_preview_or_says_so(tmp_path):
    unmerged = resource(1057, b"\0\0\0\1\0" + bytes(10))
    small = BytesIO()
    Picture.new("RGB", (160, 120), (10, 200, 10)).save(small, "JPEG")
    preview = resource(1036, bytes(28) + small.getvalue())
    path = tmp_path / "a.psd"
    names = {"256", "1024", "2048"}
    path.write_bytes(document(flat((255, 255, 255)), resources=unmerged))
    assert {"unmerged": True} in list(child.make(path, tmp_path / "out", names))
    path.write_bytes(document(flat((255, 255, 255)), resources=unmerged + preview))
    answers = list(child.make(path, tmp_path / "out", names))
    assert next(each for each in answers if "inside" in each)["inside"]["unmerged"] is True
    with Picture.open(tmp_path / "out" / "256.webp") as shown:
        assert shown.getpixel((80, 60))[1] > 150


def test_pillow_and_we_agree_on_real_documents(corpus):
    seen = 0
    for path in sorted((corpus / "images" / "psd").glob("*.psd")):
        if path.name == "32bit.psd":
            continue
        with Picture.open(path, formats=["PSD"]) as theirs:
            assert np.array_equal(np.asarray(decoded(path)), np.asarray(theirs)), path.name
            seen += 1
    assert seen == 7
