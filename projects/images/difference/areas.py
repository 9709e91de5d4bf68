"""Areas of a mask: its connected parts, as boxes in order."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .colour import Floats
from .planes import Mask

Labels = NDArray[np.int32]
Places = NDArray[np.intp]


class Region(NamedTuple):
    """A changed area: its box in 0..1 of A's width and height, and its share of A's frame."""

    x: float
    y: float
    w: float
    h: float
    share: float


class Parts(NamedTuple):
    """The connected parts of a mask as runs of pixels, row by row: of each run its row, where it
    starts and ends, and the number of its part, from 0; and how many parts there are."""

    rows: Places
    starts: Places
    ends: Places
    numbers: Places
    total: int


def parts(mask: Mask) -> Parts:
    """The connected parts (8 neighbours), numbered as they are met.

    Runs of each row are joined with those they touch in the row above (Rosenfeld and Pfaltz,
    1966), so that Python looks at runs and never at pixels.
    """
    height, width = mask.shape
    flat = np.zeros(1 + height * (width + 1), np.bool_)  # something clear round each row
    flat[1:].reshape(height, width + 1)[:, :width] = mask
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    rows, starts = np.divmod(edges[::2], width + 1)
    ends = edges[1::2] - rows * (width + 1)
    parents = list(range(len(rows)))
    _join(parents, rows.tolist(), starts.tolist(), ends.tolist())
    for run, parent in enumerate(parents):
        parents[run] = parents[parent]  # never behind it, so its own root is known
    kinds, numbers = np.unique(np.array(parents, np.intp), return_inverse=True)
    return Parts(rows, starts, ends, numbers, len(kinds))


def labelled(mask: Mask) -> tuple[Labels, int]:
    """The connected parts (8 neighbours) numbered from 1, 0 outside, and how many there are."""
    found = parts(mask)
    labels = np.zeros(mask.shape, np.int32)
    labels[mask] = np.repeat(found.numbers + 1, found.ends - found.starts)
    return labels, found.total


def _join(parents: list[int], rows: list[int], starts: list[int], ends: list[int]) -> None:
    """Give runs that touch, also by a corner, one root."""
    above = 0
    for run, row in enumerate(rows):
        while rows[above] < row - 1 or (rows[above] == row - 1 and ends[above] < starts[run]):
            above += 1
        other = above
        while other < run and rows[other] == row - 1 and starts[other] <= ends[run]:
            one, two = _root(parents, other), _root(parents, run)
            parents[max(one, two)] = min(one, two)
            other += 1


def _root(parents: list[int], run: int) -> int:
    while parents[run] != run:
        parents[run] = parents[parents[run]]
        run = parents[run]
    return run


def holding(low: Mask, high: Mask) -> Mask:
    """The parts of `low` that hold some of `high` (hysteresis; Canny, 1986)."""
    labels, count = labelled(low)
    keep = np.zeros(count + 1, np.bool_)
    keep[labels[high & low]] = True
    keep[0] = False
    return keep[labels]


def telling(mask: Mask, strength: Floats, pixels: int, strong: float) -> Mask:
    """`mask` without its parts that are both smaller than `pixels` and nowhere `strong`."""
    labels, count = labelled(mask)
    peaks = np.zeros(count + 1, np.float32)
    np.maximum.at(peaks, labels.ravel(), strength.ravel())
    keep = (np.bincount(labels.ravel(), minlength=count + 1) >= pixels) | (peaks >= strong)
    keep[0] = False
    return keep[labels]


def filled(mask: Mask, most: int) -> Mask:
    """`mask` with its holes of at most `most` pixels filled."""
    labels, count = labelled(~mask)
    hole = np.bincount(labels.ravel(), minlength=count + 1) <= most
    hole[0] = False
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        hole[edge] = False  # open to the outside
    return mask | hole[labels]


def regions(mask: Mask, most: int = 200) -> list[Region]:
    """The parts of `mask`, the largest first; at most `most` of them."""
    rows, starts, ends, which, count = parts(mask)
    height, width = mask.shape
    sizes = np.bincount(which, ends - starts, count).astype(np.intp)
    left, top = np.full(count, width), np.full(count, height)
    right, bottom = np.zeros(count, np.intp), np.zeros(count, np.intp)
    np.minimum.at(left, which, starts)
    np.minimum.at(top, which, rows)
    np.maximum.at(right, which, ends)
    np.maximum.at(bottom, which, rows + 1)
    order = sorted(range(count), key=lambda n: (-sizes[n], top[n], left[n]))
    return [
        Region(
            float(left[n] / width),
            float(top[n] / height),
            float((right[n] - left[n]) / width),
            float((bottom[n] - top[n]) / height),
            float(sizes[n] / (width * height)),
        )
        for n in order[:most]
    ]
