"""The first answer, from what ingest kept: every retouch of an evening, and hardly more."""

import numpy as np
import pytest
from PIL import Image as Picture

from projects.images import child, proxy
from projects.images.difference import look, of_proxy
from projects.images.difference.planes import grown

from .scenes import blob, gamma, generated_anew, jpeg, laid, regraded, retouched, scene

SIZE = (2304, 1296)


@pytest.fixture
def kept(tmp_path):
    """Pixels as ingest keeps them, by way of a file and the limited child."""

    def keep(pixels, name="a.png", **options):
        path = tmp_path / name
        Picture.fromarray(pixels).save(path, compress_level=1, **options)
        (tmp_path / name[0]).mkdir(exist_ok=True)
        for answer in child.make(path, tmp_path / name[0], {"proxy"}):
            if "made" in answer:
                size = answer["width"], answer["height"]
                read = proxy.read(tmp_path / name[0] / "proxy.bin", size, answer["index"])
        return of_proxy(read)

    return keep


def reduced(masks, step=3):
    """Masks of the picture at the proxy's size: where any of its pixels was changed."""
    height, width = masks[0].shape[0] // step, masks[0].shape[1] // step
    return [
        each[: height * step, : width * step].reshape(height, step, width, step).any((1, 3))
        for each in masks
    ]


def test_heals_stamps_and_a_regrade_are_all_found_and_hardly_more(kept):
    pixels = scene(1, SIZE)
    edited, masks = retouched(pixels, side=22)
    tones = blob(pixels.shape, 3)
    edited = regraded(edited, tones)
    found = look(kept(pixels), kept(edited, "b.png"))
    assert (len(masks), found.is_exact) == (52, True)
    for mask in reduced([*masks, tones]):
        assert found.mask[mask].any()
    true = np.any(reduced([*masks, tones]), axis=0)
    assert (found.mask & ~true).mean() <= 0.02
    assert found.mask[reduced([tones])[0]].mean() > 0.98


@pytest.mark.parametrize("seed", [31, 32])
def test_retouches_below_a_grade_of_the_whole_are_found_too(kept, seed):
    pixels = scene(seed, SIZE)
    edited, masks = retouched(pixels, seed=seed, side=30)
    found = look(kept(pixels), kept(gamma(edited, 0.93), "b.png"))
    assert found.is_exact is False
    small = reduced(masks)
    # A heal may bring the very tones that were there; what differs by eight steps is seen.
    strong = [
        mask
        for mask, whole in zip(small, masks, strict=True)
        if np.abs(pixels[whole].astype(int) - edited[whole]).mean() > 16
    ]
    assert len(strong) > 5
    assert all(found.mask[mask].any() for mask in strong)
    assert (found.mask & ~grown(np.any(small, axis=0), 2)).mean() <= 0.02


def test_a_picture_compressed_again_has_no_areas(kept):
    pixels = scene(2, SIZE)
    found = look(kept(pixels), kept(jpeg(pixels, 85), "b.png"))
    assert (found.regions, found.is_exact) == ([], False)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda p: laid(p, 6.0, -4.0), id="moved"),
        pytest.param(lambda p: laid(p, scale=1.01), id="scaled"),
        pytest.param(lambda p: p[:1200], id="another size"),
    ],
)
def test_what_does_not_lie_alike_is_left_to_the_worker(kept, other):
    pixels = scene(4, SIZE)
    assert look(kept(pixels), kept(np.ascontiguousarray(other(pixels)), "b.png")) is None


def test_what_falls_to_pieces_all_over_is_left_to_the_worker(kept):
    """As two drawings of the same do, which share a frame and hardly a line."""
    pixels = np.full((900, 1600, 3), 90, np.uint8)
    other = pixels.copy()
    for row in range(20, 880, 60):
        for column in range(20, 1580, 60):
            pixels[row : row + 9, column : column + 9] = 230
            other[row + 25 : row + 34, column + 20 : column + 29] = 230
    assert look(kept(jpeg(pixels, 90)), kept(jpeg(other, 90), "b.png")) is None
    few = jpeg(pixels, 90).copy()
    few[300:330, 300:330] = 200
    assert len(look(kept(jpeg(pixels, 90)), kept(few, "c.png")).regions) == 1


def test_flat_bars_prove_nothing(kept):
    """Letterbox bars are the same in any two pictures; what lies between was generated anew."""
    one, other = scene(5, SIZE), generated_anew(scene(5, SIZE))
    for each in (one, other):
        each[:128] = each[-128:] = 0
    found = look(kept(one), kept(other, "b.png"))
    assert found is None or not found.is_exact


def test_sums_are_of_what_is_seen_upright_or_not_compared(kept):
    pixels = scene(6, (600, 400))
    exif = Picture.Exif()
    exif[0x0112] = 6
    stored = np.rot90(pixels)
    turned = kept(np.ascontiguousarray(stored), "b.png", exif=exif)
    upright = kept(pixels)
    assert (turned.size, turned.shape) == (upright.size, upright.shape)
    assert (turned.colours == upright.colours).all()
    found = look(upright, turned)
    assert (found.regions, found.is_exact) == ([], False)
    again = kept(np.ascontiguousarray(stored), "c.png", exif=exif)
    assert look(turned, again).is_exact


def test_the_proxy_is_the_mean_of_whole_pixels_and_small_ones_stay_as_they_are(kept):
    small = scene(7, (900, 700))
    assert (kept(small).colours == small).all()
    large = kept(scene(8, (2051, 1000)), "b.png")
    assert (large.shape, large.size) == ((684, 334), (2051, 1000))
