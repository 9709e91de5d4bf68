"""What changed, beside what others see: CIEDE2000 and SSIM (scikit-image), FLIP, pixelmatch.

None of them lays one picture over the other or knows of noise, so they are asked where both lie
alike, and believed above what they see in the part that nobody touched.
"""

import numpy as np
import pytest
from PIL import Image as Picture

from projects.images.difference import analyse
from projects.images.difference.colour import FLARE, hyab, oklab
from projects.images.difference.planes import grown, soft

from .scenes import jpeg, scene, three_edits
from .test_difference_corpus import PAINTED, opened

__all__ = ["opened"]
colour, metrics = (pytest.importorskip(f"skimage.{name}") for name in ("color", "metrics"))
pixelmatch = pytest.importorskip("pixelmatch.contrib.PIL").pixelmatch
SIZE = (512, 384)
SMALL = (320, 240)  # pixelmatch goes from point to point in Python
SIGMA, SPREAD = 3.0, 6  # pixels: what an oracle sees is smoothed, and so spreads
UNTOUCHED = 99.9  # percentile of what an oracle sees there: above it is what it finds


def ciede2000(a, b):
    return colour.deltaE_ciede2000(colour.rgb2lab(a), colour.rgb2lab(b))


def unlike(a, b):
    """1 less SSIM, as Wang et al. (2004) weigh it."""
    _, like = metrics.structural_similarity(
        a, b, channel_axis=2, data_range=255, full=True, gaussian_weights=True, sigma=1.5
    )
    return 1 - like.mean(2)


def flip(a, b):
    """Of a screen at 0.7 m; 0 to 1. There is no wheel of it for Linux on ARM."""
    oracle = pytest.importorskip("flip_evaluator")
    one, other = (pixels.astype(np.float32) / 255 for pixels in (a, b))
    found, _, _ = oracle.evaluate(one, other, "LDR", applyMagma=False)
    return np.asarray(found)[..., 0]


def pixels_that_differ(a, b):
    out = Picture.new("RGBA", (a.shape[1], a.shape[0]))
    one, other = Picture.fromarray(a), Picture.fromarray(b)
    pixelmatch(one, other, out, includeAA=True, diff_mask=True)
    return (np.asarray(out)[..., 3] > 0).astype(float)


ORACLES = (ciede2000, unlike, flip, pixels_that_differ)


def smooth(plane):
    return soft(np.asarray(plane, np.float32), SIGMA)


def mask_of(found, size):
    """The mask of an analysis with the width and height of `size`."""
    return np.asarray(Picture.fromarray(found.mask).resize(size))


@pytest.mark.parametrize("spread", [4, 12, 40, 120])
def test_a_step_of_our_colours_is_a_step_of_ciede2000(spread):
    chance = np.random.default_rng(spread)
    one = chance.integers(0, 256, (20_000, 3))
    other = np.clip(one + chance.integers(-spread, spread + 1, one.shape), 0, 255)
    one, other = one.astype(np.uint8), other.astype(np.uint8)
    ours = hyab(oklab(one, FLARE) - oklab(other, FLARE))
    theirs = ciede2000(one, other)
    assert (ours[theirs == 0] == 0).all()
    ratio = (ours / np.maximum(theirs, 1e-6))[theirs > 0]
    assert np.median(ratio) == pytest.approx(1, abs=0.1)
    assert 0.25 < np.percentile(ratio, 1) < np.percentile(ratio, 99) < 2.2
    ranks = [np.argsort(np.argsort(each)) for each in (ours, theirs)]
    assert np.corrcoef(*ranks)[0, 1] > 0.7


@pytest.mark.parametrize("seed", [51, 52])
def test_where_nothing_is_said_to_have_changed_structure_is_the_same(seed):
    pixels = scene(seed, SIZE)
    edited, _ = three_edits(pixels, seed)
    found = analyse(Picture.fromarray(pixels), Picture.fromarray(edited))
    far = ~grown(mask_of(found, SIZE), 6)  # half the window of SSIM
    seen = unlike(pixels, edited)
    assert seen[far].max() < 0.001
    assert seen[~far].max() > 0.3


@pytest.mark.parametrize("how", [pytest.param(lambda p: p, id="plain"), jpeg])
@pytest.mark.parametrize("seed", [61, 62, 63])
def test_nothing_is_called_unchanged_where_flip_is_high(seed, how):
    pixels = scene(seed, SIZE)
    edited, true = three_edits(pixels, seed)
    other = how(edited)
    found = analyse(Picture.fromarray(pixels), Picture.fromarray(other))
    seen = smooth(flip(pixels, other))
    high = seen > max(0.3, np.percentile(seen[~grown(true, 2 * SPREAD)], UNTOUCHED))
    assert high.any()
    assert not (high & ~grown(mask_of(found, SIZE), SPREAD)).any()


@pytest.mark.parametrize("name", PAINTED)
def test_what_the_oracles_find_in_a_real_pair_above_their_noise_is_found(opened, name):
    first, second = opened("inpaint/yosemite_inpaint_example.png"), opened(name)
    true = np.asarray(first.getchannel("A").resize(SMALL)) < 128
    a, b = (np.asarray(each.convert("RGB").resize(SMALL)) for each in (first, second))
    mask = mask_of(analyse(first.convert("RGB"), second), SMALL)
    for oracle in ORACLES:
        seen = smooth(oracle(a, b))
        area = seen > np.percentile(seen[~grown(true, 2 * SPREAD)], UNTOUCHED)
        assert (area & grown(mask, SPREAD)).sum() >= 0.97 * area.sum(), oracle
        # And it sees much of what was painted, so that this says something.
        assert (area & true).sum() > 0.5 * true.sum(), oracle
        assert seen[mask].mean() > 3 * seen[~mask].mean(), oracle
