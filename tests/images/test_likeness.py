"""A fingerprint of how a picture looks."""

from io import BytesIO

import pytest
from PIL import Image, ImageEnhance, ImageOps

from projects.images import likeness

from .intake_cases import scene


@pytest.fixture(scope="module")
def picture():
    return scene("晨光", 1, (1200, 500))


def bits(one, other):
    return likeness.distance(likeness.of(one), likeness.of(other))


def as_jpeg(picture, quality):
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(BytesIO(out.getvalue()))


def test_small_changes_change_few_bits(picture):
    assert bits(picture, as_jpeg(picture, 60)) <= 2
    assert bits(picture, picture.resize((600, 250))) <= 2
    assert bits(picture, ImageEnhance.Brightness(picture).enhance(1.1)) <= 8
    assert bits(picture, picture.convert("L")) <= 2
    assert bits(picture, scene("晨光", 3, (1200, 500))) <= 12


def test_other_pictures_differ_in_about_half_of_the_bits(picture):
    others = [bits(picture, scene(name, 1)) for name in ("a", "b", "c", "d", "e", "f")]
    assert min(others) > 18


def test_what_is_turned_or_mirrored_looks_different(picture):
    assert bits(picture, ImageOps.mirror(picture)) > 18
    assert bits(picture, picture.rotate(90, expand=True)) > 18


def test_a_plain_colour_looks_like_nothing():
    assert likeness.of(Image.new("RGB", (300, 200), (200, 20, 20))) is None
    assert likeness.of(Image.new("RGB", (1, 1))) is None
    assert likeness.of(Image.new("RGBA", (64, 64), (200, 20, 20, 0))) is None


def test_odd_shapes_have_a_fingerprint_too():
    assert likeness.of(scene("x", 1).resize((3000, 2))) is not None
    assert likeness.of(scene("x", 1).resize((1, 900))) is None  # nothing changes across it


def test_the_nearest_come_first():
    known = [(1, 0b1111), (2, 0b1), (3, 2**64 - 1), (4, 0)]
    assert likeness.nearest(0, known, 4) == [(0, 4), (1, 2), (4, 1)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((7680, 3216), (1920, 804), True),
        ((1024, 768), (1024, 769), True),
        ((1920, 1080), (1920, 804), False),
        ((0, 0), (1920, 804), None),
    ],
)
def test_shapes(one, other, same):
    assert likeness.same_shape(one, other) is same
