"""Changed areas: found where a person changed something, and nowhere else."""

import numpy as np
import pytest
from PIL import Image as Picture

from projects.images.difference import analyse
from projects.images.difference.planes import grown

from .scenes import (
    blob,
    gamma,
    generated_anew,
    iou,
    jpeg,
    laid,
    painted,
    retouched,
    scene,
    three_edits,
)

SIZE = (768, 576)
DISTURBED = {
    "q60": jpeg,
    "shift": lambda pixels: jpeg(laid(pixels, 3.4, -2.2), 85),
    "scale and rotation": lambda pixels: jpeg(laid(pixels, scale=1.01, degrees=0.3), 85),
    "gamma": lambda pixels: jpeg(gamma(pixels, 1.05), 85),
}


def between(one, other):
    return analyse(Picture.fromarray(one), Picture.fromarray(other))


@pytest.mark.parametrize("how", DISTURBED)
def test_what_was_only_disturbed_was_not_changed(how):
    pixels = scene(11, SIZE)
    found = between(pixels, DISTURBED[how](pixels))
    assert (found.regions, found.share, found.registration.framing) == ([], 0.0, "same")


@pytest.mark.parametrize("how", DISTURBED)
def test_edits_are_found_below_the_disturbance(how):
    pixels = scene(12, SIZE)
    edited, mask = three_edits(pixels)
    found = between(pixels, DISTURBED[how](edited))
    assert len(found.regions) == 3
    assert iou(found.mask, mask) > 0.75
    assert not (found.mask & ~grown(mask, 12)).any()


@pytest.mark.parametrize("seed", [21, 22, 23, 24])
def test_an_area_painted_anew_is_found_where_all_else_was_generated_anew_too(seed):
    pixels = scene(seed, SIZE)
    mask = blob(pixels.shape, seed)
    other = generated_anew(painted(pixels, mask, scene(seed + 500, SIZE)), seed)
    found = between(pixels, other)
    assert iou(found.mask, grown(mask, 6)) >= 0.85
    assert len(found.regions) == 1


def test_the_map_takes_points_of_a_to_b():
    pixels = scene(31, SIZE)
    width, height = SIZE
    found = between(pixels, laid(pixels, 5.5, -3.25, 1.02, 0.6))
    told = found.registration
    assert told.dx == pytest.approx(5.5, abs=0.1)
    assert told.dy == pytest.approx(-3.25, abs=0.1)
    assert told.scale == pytest.approx(1.02, abs=0.0005)
    assert told.rotation == pytest.approx(0.6, abs=0.02)
    a, b, c, d, e, f = found.matrix
    turn = np.radians(0.6)
    for x, y in ((0.1, 0.2), (0.9, 0.4), (0.5, 0.95)):
        across, down = (x - 0.5) * width, (y - 0.5) * height
        there = (
            1.02 * (across * np.cos(turn) - down * np.sin(turn)) + 5.5 + width / 2,
            1.02 * (across * np.sin(turn) + down * np.cos(turn)) - 3.25 + height / 2,
        )
        seen = (a * x + b * y + c) * width, (d * x + e * y + f) * height
        assert seen == pytest.approx(there, abs=0.3)


def test_pixels_are_told_in_those_of_the_first_picture():
    pixels = scene(32, (2304, 1728))
    found = between(pixels, laid(pixels, 12.0, 6.0))
    assert (found.registration.dx, found.registration.dy) == pytest.approx((12.0, 6.0), abs=0.3)
    assert found.mask.shape == (576, 768)


def test_an_upscaled_version_lies_over_the_small_one():
    pixels = scene(33, SIZE)
    edited, mask = three_edits(pixels)
    large = Picture.fromarray(edited).resize((1536, 1152), Picture.LANCZOS)
    found = analyse(Picture.fromarray(pixels), large)
    assert found.registration.scale == pytest.approx(1, abs=0.001)
    assert iou(found.mask, mask) > 0.75


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda p: scene(99, SIZE), id="another picture"),
        pytest.param(lambda p: p[:, ::-1], id="mirrored"),
        pytest.param(lambda p: p[60:480, 80:640], id="cropped"),
        pytest.param(lambda p: p[:, 96:672], id="another aspect"),
        pytest.param(lambda p: laid(p, 130, 0), id="another part"),
        pytest.param(lambda p: laid(p, degrees=90), id="turned"),
    ],
)
def test_another_framing_is_refused(other):
    pixels = scene(41, SIZE)
    found = between(pixels, np.ascontiguousarray(other(pixels)))
    assert (found.registration.framing, found.matrix, found.regions, found.share) == (
        "different",
        None,
        [],
        0.0,
    )


def test_a_grade_of_the_whole_is_told_apart_from_an_edit_of_a_part():
    pixels = scene(51, SIZE)
    edited, mask = three_edits(pixels)
    warm = np.clip(gamma(edited, 0.85) + np.array([14.0, 2.0, -12.0]), 0, 255).astype(np.uint8)
    found = between(pixels, warm)
    assert (found.grade.lightness > 2, found.grade.b > 1) == (True, True)
    assert len(found.regions) == 3
    assert iou(found.mask, mask) > 0.7
    plain = between(pixels, jpeg(edited, 90))
    assert plain.grade.distance < 0.3


def test_half_a_picture_made_darker_is_an_edit_and_no_grade():
    pixels = scene(52, SIZE)
    half = pixels.copy()
    half[:, 480:] = half[:, 480:] // 2
    found = between(pixels, jpeg(half, 90))
    mask = np.zeros(pixels.shape[:2], bool)
    mask[:, 480:] = True
    assert found.grade.distance < 1
    assert iou(found.mask, mask) > 0.9


def test_of_two_states_of_one_file_every_retouch_is_found():
    pixels = scene(61, SIZE)
    edited, masks = retouched(pixels, spots=12, side=8, stamps=4)
    found = between(pixels, edited)
    assert all((found.mask & each).any() for each in masks)
    assert not (found.mask & ~grown(np.any(masks, axis=0), 4)).any()
    assert (found.floor.distance, found.floor.pixels) == (0, 0)


def test_one_step_of_one_pixel_is_found_where_all_else_is_the_same():
    pixels = scene(62, (2304, 1728))
    edited = pixels.copy()
    edited[1000, 700, 1] ^= 1
    found = between(pixels, edited)
    (region,) = found.regions
    assert region.x <= 700 / 2304 <= region.x + region.w
    assert region.y <= 1000 / 1728 <= region.y + region.h
    assert region.w < 0.07


def test_what_is_above_the_stated_floor_is_found():
    """Square patches of the stated width, each lighter by the stated distance and a tenth."""
    pixels = scene(71, SIZE)
    again = jpeg(pixels, 75)
    floor = between(pixels, again).floor
    assert 0 < floor.distance < 8
    hits = 0
    chance = np.random.default_rng(7)
    side = floor.pixels
    edited, places = pixels.astype(np.float32), []
    while len(places) < 20:
        x, y = (int(chance.integers(20, most - side - 20)) for most in SIZE)
        if all(max(abs(x - a), abs(y - b)) > 3 * side for a, b in places):
            places.append((x, y))
    for x, y in places:
        part = edited[y : y + side, x : x + side]
        part[...] = lighter(part, 1.1 * floor.distance)
    found = between(pixels, jpeg(edited.round().astype(np.uint8), 75))
    for x, y in places:
        hits += bool(found.mask[y : y + side, x : x + side].mean() > 0.5)
    assert hits >= 19
    assert len(found.regions) <= 20


def lighter(part, distance):
    """The same colours, lighter or darker by `distance` of OKLab times 100."""
    from projects.images.difference.colour import FLARE, hyab, oklab

    start = part.round().astype(np.uint8)
    for step in range(1, 120):
        sign = -1 if start.mean() > 128 else 1
        moved = np.clip(part + sign * step, 0, 255)
        far = hyab(oklab(moved.round().astype(np.uint8), FLARE) - oklab(start, FLARE))
        if far.mean() >= distance:
            return moved
    raise AssertionError("no room for a change")


def test_clear_and_opaque_are_told_apart_and_what_is_below_the_clear_is_not_seen():
    pixels = scene(81, SIZE)
    mask = blob(pixels.shape, 81)
    alpha = np.where(mask, 0, 255).astype(np.uint8)[..., None]
    hole = Picture.fromarray(np.concatenate([pixels, alpha], 2))
    found = analyse(Picture.fromarray(jpeg(pixels, 90)), hole)
    assert iou(found.mask, mask) > 0.85
    other = Picture.fromarray(np.concatenate([painted(pixels, mask, pixels // 2), alpha], 2))
    assert analyse(hole, other).regions == []


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 3), (9, 700), (3000, 1), (64, 64)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_odd_sizes_are_compared_too(size):
    one, other = Picture.new("RGB", size, (90, 40, 30)), Picture.new("RGB", size, (20, 40, 90))
    assert analyse(one, one).regions == []
    found = analyse(one, other)
    assert found.registration.framing in {"same", "different"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "F", "RGBA", "YCbCr"])
def test_every_mode_is_compared(mode):
    pixels = Picture.fromarray(scene(91, (256, 192)))
    found = analyse(pixels, pixels.convert("I" if mode == "I;16" else mode))
    assert found.mask.shape == (192, 256)


def test_a_smooth_picture_is_the_same_framing_even_where_all_its_detail_was_changed():
    """A clear sky into which something was painted."""
    height, width = 576, 768
    y, x = np.mgrid[:height, :width]
    sky = np.stack([90 + y / 8, 110 + y / 9 + x / 40, 160 + y / 12], 2)
    grain = np.random.default_rng(4).normal(0, 0.6, sky.shape)
    one = np.clip(sky + grain, 0, 255).astype(np.uint8)
    mask = blob(one.shape, 5)
    found = between(one, jpeg(painted(one, mask, scene(6, SIZE)), 90))
    assert found.registration.framing == "same"
    assert iou(found.mask, mask) > 0.8
