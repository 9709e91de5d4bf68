"""The whole of it: two pictures in, their changed areas out."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from PIL import Image

from . import areas, grade, noise, registration
from .colour import Floats, hyab, oklab
from .copies import Copy, copy_of
from .planes import IDENTITY, Affine, Mask, grown, inside, shrunk, slopes, soft, warped

SIGMA = 3.0  # pixels of the low-pass at 1024 on the longer side
HIGH, LOW = 6.0, 3.0  # spreads above the noise: to begin an area, and to belong to one
CLOSING = 5
SMALLEST = 24  # pixels of an area
CLEAR = 30.0  # what from opaque to clear counts for, in OKLab times 100


@dataclass(frozen=True)
class Floor:
    """What cannot be seen: changes below `distance` (OKLab times 100) or narrower than `pixels`
    pixels of A."""

    distance: float
    pixels: int


@dataclass(frozen=True, eq=False)
class Analysis:
    """What changed from A to B.

    `matrix` takes A's relative points to B's, None where the framing differs; `mask` is True
    where A was changed, `strength` how many spreads each pixel stands out, both of A's analysis
    copy, shape (h, w); `share` is of A's frame.
    """

    registration: registration.Registration
    matrix: Affine | None
    floor: Floor
    grade: grade.Grade
    mask: Mask
    strength: Floats
    regions: list[areas.Region]
    share: float

    def as_json(self) -> dict[str, Any]:
        """All but the planes."""
        return {
            "registration": self.registration._asdict(),
            "matrix": list(self.matrix) if self.matrix else None,
            "floor": asdict(self.floor),
            "grade": self.grade._asdict(),
            "share": self.share,
            "regions": [each._asdict() for each in self.regions],
        }


def analyse(a: Image.Image, b: Image.Image) -> Analysis:
    """What changed from picture `a` to picture `b`, decoded ones of any mode and size."""
    return analyse_copies(copy_of(a), copy_of(b))


def analyse_copies(a: Copy, b: Copy) -> Analysis:
    """The same of analysis copies; both are brought to the size of the smaller one."""
    first, second = common(a, b)
    lab_a, lab_b = oklab(first.colours), oklab(second.colours)
    matrix = IDENTITY
    if not lie_alike(first, second):
        matrix = registration.register(lab_a[..., 0], lab_b[..., 0])
    aspects = a.size[0] / a.size[1], b.size[0] / b.size[1]
    framing = registration.framing(lab_a[..., 0], lab_b[..., 0], matrix, aspects)
    told = registration.told(matrix, a.size, framing)
    if framing == "different":
        return refused(told, first)
    return measured(first, second, lab_a, lab_b, matrix, told)


def common(a: Copy, b: Copy) -> tuple[Copy, Copy]:
    """Both with A's proportions, at the size of the smaller one."""
    longer = max(a.shape)
    ratio = min(1.0, max(b.shape) / longer)
    size = (max(1, round(a.shape[0] * ratio)), max(1, round(a.shape[1] * ratio)))
    return a.at(size), b.at(size)


def lie_alike(a: Copy, b: Copy) -> bool:
    """Whether much of both is the very same pixel by pixel, which no shifted picture is."""
    same = (a.colours == b.colours).all(2)
    rises = (a.colours[:, 1:] != a.colours[:, :-1]).any(2)
    there = int(rises.sum())
    return there > 0 and int((same[:, 1:] & same[:, :-1] & rises).sum()) > 0.2 * there


def refused(told: registration.Registration, a: Copy) -> Analysis:
    """No areas: the two do not show the same frame."""
    width, height = a.shape
    return Analysis(
        told,
        None,
        Floor(0.0, 0),
        grade.Grade(0.0, 0.0, 0.0, 0.0),
        np.zeros((height, width), np.bool_),
        np.zeros((height, width), np.float32),
        [],
        0.0,
    )


def measured(
    a: Copy,
    b: Copy,
    lab_a: Floats,
    lab_b: Floats,
    matrix: Affine,
    told: registration.Registration,
) -> Analysis:
    """The areas of two copies of one size, B laid over A by `matrix`."""
    size = a.shape
    if matrix != IDENTITY:
        lab_b = np.stack([warped(lab_b[..., n], matrix, size) for n in range(3)], 2)
    seen = inside(matrix, size, 0.0 if matrix == IDENTITY else 1.0)
    moved, shift = grade.fit(lab_a, lab_b, seen)
    sigma = max(1.0, SIGMA * max(size) / 1024)
    far = distances(lab_b - lab_a - moved, seen, sigma) + covers(a, b, matrix, sigma)
    steep = np.maximum(steepness(lab_a, sigma), steepness(lab_b, sigma))
    strength, floor = noise.standing_out(far, steep, seen, HIGH)
    strength[~seen] = 0
    mask = tidy(areas.holding(strength > LOW, strength > HIGH), seen)
    found = areas.regions(mask)
    least = round(2 * sigma * a.size[0] / size[0])
    return Analysis(
        told, matrix, Floor(floor, least), shift, mask, strength, found, float(mask.mean())
    )


def steepness(lab: Floats, sigma: float) -> Floats:
    """How much detail there is round each pixel."""
    right, down = slopes(soft(lab[..., 0], sigma / 2))
    return soft(np.hypot(right, down), sigma)


def distances(difference: Floats, seen: Mask, sigma: float) -> Floats:
    """How far apart the colours are once both are low-passed; only what is `seen` counts."""
    if seen.all():
        return hyab(np.stack([soft(difference[..., n], sigma) for n in range(3)], 2))
    weight = soft(seen.astype(np.float32), sigma) + np.float32(1e-6)
    parts = [soft(difference[..., n] * seen, sigma) / weight for n in range(3)]
    return hyab(np.stack(parts, 2))


def covers(a: Copy, b: Copy, matrix: Affine, sigma: float) -> Floats | float:
    """What a change from opaque to clear adds."""
    if a.cover is None and b.cover is None:
        return 0.0
    width, height = a.shape
    opaque = np.ones((height, width), np.float32)
    one = opaque if a.cover is None else a.cover
    other = opaque if b.cover is None else b.cover
    laid = warped(other, matrix, a.shape)
    return np.float32(CLEAR) * np.abs(soft(laid - one, sigma))


def tidy(mask: Mask, seen: Mask) -> Mask:
    """Without gaps and specks."""
    wide = np.pad(mask, CLOSING)
    closed = shrunk(grown(wide, CLOSING), CLOSING)[CLOSING:-CLOSING, CLOSING:-CLOSING]
    closed = areas.filled(closed, mask.size // 200)
    return areas.without_small(closed & seen, SMALLEST)
