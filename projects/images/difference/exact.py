"""What was changed to the last bit, where two pictures are two states of one file.

An editor leaves what it does not touch as it was. Where the check sums of cells with something in
them are the same in both, nothing was moved or written anew, and every other difference is a
change that was made.
"""

import numpy as np
from numpy.typing import NDArray

from projects.images.proxy import CELL, SUM

from .colour import Floats
from .copies import Copy
from .planes import Mask, grown, shrunk

Places = NDArray[np.intp]
FULL = 2  # steps of 8 bits between the darkest and the lightest point of a cell that proves it
PROVEN = 2  # such cells, at the least
MOST = 0.7  # of the cells: where more was touched, the eye's difference says more
JOINED = 3  # points between what is one area


def changed(a: Copy, b: Copy) -> Mask | None:
    """Which points were changed, at the size of the copies; None where it cannot be proven."""
    touched = touched_cells(a, b)
    if touched is None or a.shape != b.shape or touched.mean() > MOST:
        return None
    if not is_proven(a, touched):
        return None
    other = a.colours != b.colours
    points = other[..., 0] | other[..., 1] | other[..., 2]
    if a.cover is not None or b.cover is not None:
        points |= cover(a) != cover(b)
    return joined(points | hidden(touched, points, a))


def touched_cells(a: Copy, b: Copy) -> Mask | None:
    """Which cells of 128 pixels were changed, as rows and columns; None where not known."""
    if not a.sums or a.size != b.size or (a.lying, len(a.sums)) != (b.lying, len(b.sums)):
        return None
    across, down = -(-a.size[0] // CELL), -(-a.size[1] // CELL)
    if across * down * SUM != len(a.sums):
        return None
    one, other = (np.frombuffer(each.sums, ">u4") for each in (a, b))
    touched: Mask = (one != other).reshape(down, across)
    return touched


def cells_of(points: tuple[int, int], cells: tuple[int, int], copy: Copy) -> list[Places]:
    """The row of cells of each row of points, and the column of each column."""
    steps = copy.size[1] / points[0], copy.size[0] / points[1]
    return [
        np.minimum(((np.arange(count) + 0.5) * step / CELL).astype(np.intp), most - 1)
        for count, step, most in zip(points, steps, cells, strict=True)
    ]


def firsts(cells: Places) -> Places:
    """Where in a list of ascending cells each one begins."""
    return np.flatnonzero(np.diff(cells, prepend=-1))


def is_proven(copy: Copy, touched: Mask) -> bool:
    """Whether enough cells that are the same have something in them: two of one flat tone may be
    the same by chance."""
    green = copy.colours[..., 1]
    rows, columns = cells_of(green.shape, touched.shape, copy)
    tops, lefts = firsts(rows), firsts(columns)
    proofs, parts = 0, 8  # in most pictures the first rows of cells say it all
    for some in np.array_split(np.arange(len(tops)), parts):
        if not len(some):
            continue
        end = tops[some[-1] + 1] if some[-1] + 1 < len(tops) else len(rows)
        band, starts = green[tops[some[0]] : end], tops[some] - tops[some[0]]
        most = np.maximum.reduceat(np.maximum.reduceat(band, starts, 0), lefts, 1)
        least = np.minimum.reduceat(np.minimum.reduceat(band, starts, 0), lefts, 1)
        same = ~touched[np.ix_(rows[tops[some]], columns[lefts])]
        proofs += int((same & (most.astype(np.int16) - least >= FULL)).sum())
        if proofs >= PROVEN:
            return True
    return False


def hidden(touched: Mask, points: Mask, copy: Copy) -> Mask:
    """The cells that were changed by so little that no point shows it, whole."""
    rows, columns = cells_of(points.shape, touched.shape, copy)
    tops, lefts = firsts(rows), firsts(columns)
    quiet = touched.copy()
    any_of = np.logical_or.reduceat(np.logical_or.reduceat(points, tops, 0), lefts, 1)
    quiet[np.ix_(rows[tops], columns[lefts])] &= ~any_of
    whole: Mask = quiet[rows[:, None], columns[None, :]] if quiet.any() else np.zeros_like(points)
    return whole


def cover(copy: Copy) -> Floats:
    """How opaque each point is."""
    height, width = copy.colours.shape[:2]
    return copy.cover if copy.cover is not None else np.ones((height, width), np.float32)


def joined(mask: Mask) -> Mask:
    """Points that nearly touch become one area."""
    wide = np.pad(mask, JOINED)
    closed: Mask = shrunk(grown(wide, JOINED), JOINED)[JOINED:-JOINED, JOINED:-JOINED]
    return mask | closed
