"""Areas of a mask: its connected parts, as boxes in order."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .colour import Floats
from .planes import Mask

Labels = NDArray[np.int32]


class Region(NamedTuple):
    """A changed area: its box in 0..1 of A's width and height, and its share of A's frame."""

    x: float
    y: float
    w: float
    h: float
    share: float


def labelled(mask: Mask) -> tuple[Labels, int]:
    """The connected parts (8 neighbours) numbered from 1, 0 outside, and how many there are.

    Runs of each row are joined with those they touch in the row above (Rosenfeld and Pfaltz,
    1966), so that Python looks at runs and never at pixels.
    """
    height, width = mask.shape
    edges = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    parents = list(range(len(rows)))
    _join(parents, rows.tolist(), starts.tolist(), ends.tolist())
    roots = np.array([_root(parents, run) for run in range(len(parents))], np.int64)
    kinds, numbers = np.unique(roots, return_inverse=True)
    steps = np.zeros((height, width + 1), np.int32)
    steps[rows, starts] += (numbers + 1).astype(np.int32)
    steps[rows, ends] -= (numbers + 1).astype(np.int32)
    labels = np.cumsum(steps, axis=1, dtype=np.int32)[:, :width]
    return labels, len(kinds)


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
    labels, count = labelled(mask)
    if not count:
        return []
    height, width = mask.shape
    y, x = np.nonzero(labels)
    which = labels[y, x] - 1
    sizes = np.bincount(which, minlength=count)
    left, top = np.full(count, width), np.full(count, height)
    right, bottom = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.minimum.at(left, which, x)
    np.minimum.at(top, which, y)
    np.maximum.at(right, which, x + 1)
    np.maximum.at(bottom, which, y + 1)
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
