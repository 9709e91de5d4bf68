"""A first answer at once, from what ingest kept: the proxies and the cells' check sums.

Of two states of one file it is the whole answer. Otherwise nothing is aligned here: where nothing
lies on its old place, or all falls to pieces, it says nothing, and the registered analysis answers
later.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import areas, exact
from .colour import Bytes
from .copies import Copy
from .grade import Grade
from .planes import IDENTITY, Mask, slopes
from .registration import Registration

CUT = 6.0  # spreads above the median
LEAST = 3.0  # of 255: what a grade and rounding leave
EDGES = 0.3  # of a slope from point to point: so much of it a JPEG leaves beside an edge
SPECK, STRONG = 6, 3.0  # an area of fewer points must stand out so many times as far
MANY = 120  # areas: what falls to so many pieces was painted anew or is noise, not retouched
MOVED = 0.2  # points of the proxy, at the corners


@dataclass(frozen=True, eq=False)
class First:
    """What is seen at once: the mask at the copies' size, its areas, and whether it is exact,
    which it is where check sums prove that all else is the same to the last bit."""

    mask: Mask
    regions: list[areas.Region]
    share: float
    is_exact: bool

    def as_json(self) -> dict[str, Any]:
        """As a part of `Analysis.as_json`; what is exact tells all of it."""
        told: dict[str, Any] = {
            "share": self.share,
            "regions": [each._asdict() for each in self.regions],
        }
        if self.is_exact:
            told |= {
                "registration": Registration(0.0, 0.0, 1.0, 0.0, "same")._asdict(),
                "matrix": list(IDENTITY),
                "floor": {"distance": 0.0, "pixels": 0},
                "grade": Grade.none()._asdict(),
            }
        return told


def look(a: Copy, b: Copy) -> First | None:
    """The first answer; None where the two cannot be laid over one another as they are."""
    if a.size != b.size or a.shape != b.shape:
        return None
    mask = exact.changed(a, b)
    proven = mask is not None
    if mask is None:
        mask = above_noise(a.colours, b.colours)
    if mask is None:
        return None
    regions = areas.regions(mask)
    if len(regions) > MANY and not proven:
        return None
    return First(mask, regions, float(mask.mean()), proven)


def above_noise(one: Bytes, other: Bytes) -> Mask | None:
    """Which points stand out from a change of the whole; None where the two do not lie alike."""
    graded = regraded(one, other)
    if moved(graded, other):
        return None
    off = np.abs(graded.astype(np.int16) - other).max(2).astype(np.float32)
    middle = float(np.median(off))
    spread = 1.4826 * float(np.median(np.abs(off - middle)))
    cut = max(LEAST, middle + CUT * max(spread, 0.5))
    right, below = slopes(other[..., 1].astype(np.float32))
    off -= EDGES * np.hypot(right, below)
    return areas.telling(exact.joined(off > cut), off, SPECK, STRONG * cut)


def regraded(one: Bytes, other: Bytes) -> Bytes:
    """`one` as the tones of the whole were changed: for each value of a channel, what has most
    often become of it, by the median."""
    out = np.empty_like(one)
    for channel in range(one.shape[2]):
        pairs = one[..., channel].astype(np.int32) * 256 + other[..., channel]
        table = np.bincount(pairs.ravel(), minlength=65536).reshape(256, 256)
        sums = np.cumsum(table, axis=1)
        halves = np.argmax(sums * 2 >= sums[:, -1:], axis=1)
        seen = sums[:, -1] > 0
        values = np.arange(256)
        curve = np.interp(values, values[seen], halves[seen])
        out[..., channel] = np.round(curve).astype(np.uint8)[one[..., channel]]
    return out


def moved(one: Bytes, other: Bytes) -> bool:
    """Whether `other` lies elsewhere, by one step of Gauss and Newton for an affine map."""
    a, b = (each[..., 1].astype(np.float32) for each in (one, other))
    near = np.abs(b - a) <= max(1.0, 4 * float(np.median(np.abs(b - a))))  # edits have no say
    near[::2] = near[:, ::2] = False  # a quarter of the points says enough
    y, x = np.nonzero(near)
    height, width = a.shape
    across, down = x / width - 0.5, y / height - 0.5
    right, below = (slope[y, x].astype(np.float64) for slope in slopes(a))
    columns = np.stack([each * part for each in (right, below) for part in (1, across, down)], 1)
    normal = columns.T @ columns + 1e-6 * np.eye(6)
    step = np.linalg.solve(normal, columns.T @ (a - b)[y, x].astype(np.float64)).reshape(2, 3)
    corners = np.array([(1, h, v) for h in (-0.5, 0.5) for v in (-0.5, 0.5)])
    return bool(np.abs(corners @ step.T).max() > MOVED)
