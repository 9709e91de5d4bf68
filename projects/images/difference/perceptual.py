"""What the eye sees changed between two pictures that were laid over one another."""

from dataclasses import dataclass

import numpy as np

from . import areas, noise
from . import grade as grades
from .colour import Floats, hyab
from .copies import Copy
from .grade import Grade
from .planes import IDENTITY, Affine, Mask, grown, inside, shrunk, slopes, soft, warped

SIGMA = 3.0  # pixels of the low-pass, where the longer side has 512 or more
# Spreads above the noise: for a pixel to begin an area and to belong to one; and what a small area
# must reach, for blocks of a hard JPEG stand out too, but not so far.
HIGH, LOW, STRONG = 8.0, 4.0, 12.0
SMALL = 200  # pixels
WIDTH, SEEN = 5.0, 9.0  # what is so many sigmas wide and stands out so far is found
CLOSING = 5
EDGE = 4  # pixels along the frame of a picture that was moved
CLEAR = 30.0  # what from opaque to clear counts for, in OKLab times 100


@dataclass(frozen=True, eq=False)
class Seen:
    """The mask and how many spreads each pixel stands out, shape (h, w); the `distance` and the
    `width` in pixels from which on a change is found; and the grade of the whole."""

    mask: Mask
    strength: Floats
    distance: float
    width: float
    grade: Grade


def changed(a: Copy, b: Copy, lab_a: Floats, lab_b: Floats, matrix: Affine) -> Seen:
    """What was changed between two copies of one size, B laid over A by `matrix`."""
    size = a.shape
    if matrix != IDENTITY:
        lab_b = np.stack([warped(lab_b[..., n], matrix, size) for n in range(3)], 2)
    among = comparable(matrix, size)
    moved, grade = grades.fit(lab_a, lab_b, among)
    sigma = sigma_of(size)
    far = distances(lab_b - lab_a - moved, among, sigma) + covers(a, b, matrix, sigma)
    steep = np.maximum(steepness(lab_a, sigma), steepness(lab_b, sigma))
    strength, distance = noise.standing_out(far, steep, among, SEEN)
    strength[~among] = 0
    mask = closed(areas.holding(strength > LOW, strength > HIGH)) & among
    small = round(SMALL * (sigma / SIGMA) ** 2)
    mask = areas.telling(mask, strength, small, STRONG)
    return Seen(mask, strength, distance, WIDTH * sigma, grade)


def plain(lab_a: Floats, lab_b: Floats) -> Floats:
    """How many of the least spreads each pixel stands out where there is no noise at all."""
    size = lab_a.shape[1], lab_a.shape[0]
    every = np.ones(lab_a.shape[:2], np.bool_)
    far: Floats = distances(lab_b - lab_a, every, sigma_of(size)) / np.float32(noise.LEAST)
    return far


def sigma_of(size: tuple[int, int]) -> float:
    """The low-pass for a copy of this width and height."""
    return max(1.0, SIGMA * min(1.0, max(size) / 512))


def steepness(lab: Floats, sigma: float) -> Floats:
    """How much detail there is round each pixel, in lightness and in colour."""
    power = np.zeros(lab.shape[:2], np.float32)
    for plane in range(3):
        for slope in slopes(soft(lab[..., plane], sigma / 2)):
            power += slope**2
    return soft(np.sqrt(power), sigma)


def comparable(matrix: Affine, size: tuple[int, int]) -> Mask:
    """What both pictures show; along the frame of a moved one, neither shows it wholly."""
    if matrix == IDENTITY:
        return np.ones((size[1], size[0]), np.bool_)
    among = inside(matrix, size, EDGE)
    among[:EDGE] = among[-EDGE:] = False
    among[:, :EDGE] = among[:, -EDGE:] = False
    return among


def distances(difference: Floats, among: Mask, sigma: float) -> Floats:
    """How far apart the colours are once both are low-passed; only what is `among` counts."""
    if among.all():
        return hyab(np.stack([soft(difference[..., n], sigma) for n in range(3)], 2))
    weight = soft(among.astype(np.float32), sigma) + np.float32(1e-6)
    parts = [soft(difference[..., n] * among, sigma) / weight for n in range(3)]
    return hyab(np.stack(parts, 2))


def covers(a: Copy, b: Copy, matrix: Affine, sigma: float) -> Floats | float:
    """What a change from opaque to clear adds."""
    if a.cover is None and b.cover is None:
        return 0.0
    width, height = a.shape
    opaque = np.ones((height, width), np.float32)
    one = opaque if a.cover is None else a.cover
    other = opaque if b.cover is None else b.cover
    if matrix != IDENTITY:
        other = warped(other, matrix, a.shape)
    return np.float32(CLEAR) * np.abs(soft(other - one, sigma))


def closed(mask: Mask) -> Mask:
    """Without gaps and small holes."""
    wide = np.pad(mask, CLOSING)
    whole = shrunk(grown(wide, CLOSING), CLOSING)[CLOSING:-CLOSING, CLOSING:-CLOSING]
    return areas.filled(whole, mask.size // 200)
