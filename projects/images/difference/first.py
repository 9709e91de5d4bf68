"""A first answer at once, from what ingest kept: the proxies and the cells' check sums.

It holds for two states of one file, which is what comes out of an editor: nothing is aligned here.
Where nothing lies on its old place, it says nothing, and the registered analysis answers later.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from projects.images.proxy import CELL, SUM, Proxy

from . import areas
from .colour import Bytes
from .copies import GREY
from .planes import Mask, grown, shrunk, slopes

UNTOUCHED = 0.02  # of the cells: so many equal by chance only where nothing moved
CUT = 6.0  # spreads above the median
LEAST = 3.0  # of 255: what a grade and rounding leave
MOVED = 0.12  # points of the proxy
JOINED = 2  # points between what is one area


@dataclass(frozen=True, eq=False)
class First:
    """What is seen at once: the mask at the proxy's size, its areas, and whether all is exact,
    which it is where the check sums of the untouched cells prove that nothing moved."""

    mask: Mask
    regions: list[areas.Region]
    share: float
    exact: bool


def look(a: Proxy, b: Proxy) -> First | None:
    """The first answer; None where the two cannot be laid over one another as they are."""
    if a.size != b.size or a.points.size != b.points.size:
        return None
    touched = touched_cells(a, b)
    exact = touched is not None and float((~touched).mean()) >= UNTOUCHED
    one, other = (np.asarray(each.points.convert("RGBA"))[..., :3] for each in (a, b))
    if a.points.mode != b.points.mode or "A" in a.points.mode:
        one, other = (on_grey(each) for each in (a, b))
    if exact and touched is not None:
        mask = changed_points(one, other) | unseen(touched, one, other, a.size)
    else:
        found = above_noise(one, other)
        if found is None:
            return None
        mask = found
    mask = closed(mask)
    return First(mask, areas.regions(mask), float(mask.mean()), exact)


def touched_cells(a: Proxy, b: Proxy) -> Mask | None:
    """Which cells of 128 pixels were changed, as rows and columns; None where not known."""
    if not a.sums or a.lying != b.lying or len(a.sums) != len(b.sums):
        return None
    across, down = -(-a.size[0] // CELL), -(-a.size[1] // CELL)
    if across * down * SUM != len(a.sums):
        return None
    one, other = (np.frombuffer(each.sums, ">u4") for each in (a, b))
    touched: Mask = (one != other).reshape(down, across)
    return touched


def on_grey(each: Proxy) -> Bytes:
    """The points over grey, with what is clear told by a fourth plane."""
    every = np.asarray(each.points.convert("RGBA"))
    alpha = every[..., 3:].astype(np.float32) / 255
    seen = (every[..., :3] * alpha + GREY * (1 - alpha) + 0.5).astype(np.uint8)
    return np.concatenate([seen, every[..., 3:]], 2)


def changed_points(one: Bytes, other: Bytes) -> Mask:
    """Which points are not the same."""
    changed: Mask = (one != other).any(2)
    return changed


def unseen(touched: Mask, one: Bytes, other: Bytes, size: tuple[int, int]) -> Mask:
    """The cells that were changed by so little that no point of the proxy shows it, whole."""
    height, width = one.shape[:2]
    down, across = touched.shape
    changed = changed_points(one, other)
    cells = np.zeros(touched.shape, np.bool_)
    y, x = np.nonzero(changed)
    step_x, step_y = size[0] / width, size[1] / height
    rows = np.minimum((y * step_y / CELL).astype(int), down - 1)
    columns = np.minimum((x * step_x / CELL).astype(int), across - 1)
    cells[rows, columns] = True
    hidden = touched & ~cells
    rows_of = np.minimum((np.arange(height) * step_y / CELL).astype(int), down - 1)
    columns_of = np.minimum((np.arange(width) * step_x / CELL).astype(int), across - 1)
    whole: Mask = hidden[rows_of[:, None], columns_of[None, :]]
    return whole


def above_noise(one: Bytes, other: Bytes) -> Mask | None:
    """Which points stand out from a change of the whole; None where the two do not lie alike."""
    graded = regraded(one, other)
    if moved(graded, other):
        return None
    off = np.abs(graded.astype(np.int16) - other).max(2).astype(np.float32)
    middle = float(np.median(off))
    spread = 1.4826 * float(np.median(np.abs(off - middle)))
    mask: Mask = off > max(LEAST, middle + CUT * max(spread, 0.5))
    return mask


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
    """Whether `other` lies elsewhere, by one step of Gauss and Newton for the shift."""
    a, b = (each[..., 1].astype(np.float32) for each in (one, other))
    right, down = slopes(a)
    off = b - a
    near = np.abs(off) <= max(1.0, 4 * float(np.median(np.abs(off))))  # edits have no say
    right, down, off = right[near], down[near], off[near]
    normal: NDArray[np.float64] = np.array(
        [[(right**2).sum(), (right * down).sum()], [(right * down).sum(), (down**2).sum()]]
    ) + 1e-6 * np.eye(2)
    shift = np.linalg.solve(normal, -np.array([(right * off).sum(), (down * off).sum()]))
    return bool(np.abs(shift).max() > MOVED)


def closed(mask: Mask) -> Mask:
    """Points that nearly touch become one area."""
    wide = np.pad(mask, JOINED)
    return mask | shrunk(grown(wide, JOINED), JOINED)[JOINED:-JOINED, JOINED:-JOINED]
