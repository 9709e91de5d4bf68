"""The heat map: where and how strongly a picture was changed, in one ramp from dark to light.

The colours go through those of matplotlib's magma (Smith and van der Walt, 2015; CC0), which grow
lighter evenly, so that the map reads without telling colours apart.
"""

from pathlib import Path

import numpy as np
from PIL import Image

from .analysis import Analysis
from .perceptual import HIGH, LOW
from .planes import Mask

RAMP = np.array(
    [
        (0, 0, 4),
        (28, 16, 68),
        (79, 18, 123),
        (129, 37, 129),
        (181, 54, 122),
        (229, 80, 100),
        (251, 135, 97),
        (254, 194, 135),
        (252, 253, 191),
    ],
    np.float32,
)
FULL = 40.0  # spreads above the noise at which the ramp ends


def heat(found: Analysis) -> Image.Image:
    """RGBA in A's frame: clear where nothing was changed."""
    strong = np.log1p(np.maximum(found.strength, 0) / LOW) / np.log1p(FULL / LOW)
    strong = np.clip(strong, 0, 1) * found.mask
    places = np.linspace(0, 1, len(RAMP))
    colours = [np.interp(strong, places, RAMP[:, n]) for n in range(3)]
    least = np.log1p(HIGH / LOW) / np.log1p(FULL / LOW)
    alpha = np.where(found.mask, 90 + 140 * np.clip(strong / least, 0, 1), 0)
    return Image.fromarray(np.stack([*colours, alpha], 2).round().astype(np.uint8))


def mask_picture(mask: Mask) -> Image.Image:
    """The mask as a picture of one bit."""
    return Image.fromarray(mask).convert("1")


def read_mask(path: Path) -> Mask:
    """The mask kept at `path`; raises OSError."""
    with Image.open(path) as kept:
        mask: Mask = np.asarray(kept.convert("L")) > 0
    return mask


def share_of(mask: Mask, box: tuple[float, float, float, float]) -> float:
    """Which share of a relative box x, y, w, h the mask covers.

    At least one pixel is looked at; what lies outside the picture is left out.
    """
    height, width = mask.shape
    x, y, w, h = box
    left = min(max(0, int(x * width)), width - 1)
    top = min(max(0, int(y * height)), height - 1)
    right = min(max(left + 1, round((x + w) * width)), width)
    bottom = min(max(top + 1, round((y + h) * height)), height)
    return float(mask[top:bottom, left:right].mean())
