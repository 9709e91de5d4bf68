"""What became of a marked place in another version: untouched, changed or gone.

`share_changed(box)` tells how much of a box of the marked picture is different in the other one,
0 to 1, above the noise of the two and after they were laid on each other.

Thresholds, all as shares:
- A place is gone when less than half of it lies within the other frame.
- A box, or what a closed stroke goes round, is changed when at least AREA_CHANGED of it is, or
  FRAME_CHANGED of the whole picture, whichever is less: a small retouch in a large box counts.
- The surroundings of a pin (PIN_REACH of the longer side to each side), or of an open stroke, are
  changed when at least NEAR_CHANGED of them are.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from projects.images.shapes import (
    PIN,
    STROKE,
    Box,
    Map,
    Point,
    bounds,
    carried,
    is_closed,
    outline,
)

NUMBER = 1  # raise it when verdicts or thresholds change
UNTOUCHED, CHANGED, GONE = "untouched", "changed", "gone"
AREA_CHANGED, FRAME_CHANGED = 0.02, 0.0003
NEAR_CHANGED, PIN_REACH, STROKE_REACH = 0.2, 0.012, 0.006
ROWS, STEPS = 24, 48  # into how many pieces a stroke is cut
GRID = 8


class Fate(NamedTuple):
    """What became of a place: its outline in the other picture, the verdict, how much changed."""

    verdict: str
    points: list[Point]
    share: float


def fate(
    shape: str,
    points: Sequence[Point],
    size: tuple[int, int],
    matrix: Map | None,
    share_changed: Callable[[Box], float | None],
) -> Fate:
    """What became of a shape on a picture of `size` (width, height in pixels).

    `matrix` is None where the other picture is framed otherwise: then nothing can be found.
    """
    if matrix is None:
        return Fate(GONE, [], 0.0)
    there = [carried(point, matrix) for point in outline(shape, points)]
    inside = [carried(point, matrix) for point in _spread(shape, points)]
    if sum(0 <= x <= 1 and 0 <= y <= 1 for x, y in inside) < len(inside) / 2:
        return Fate(GONE, there, 0.0)
    boxes = pieces(shape, points, size)
    area = sum(box.area for box in boxes)
    share = sum((share_changed(box) or 0.0) * box.area for box in boxes) / area if area else 0.0
    least = NEAR_CHANGED
    if shape != PIN and not (shape == STROKE and not is_closed(points)):
        least = min(AREA_CHANGED, FRAME_CHANGED / area) if area else AREA_CHANGED
    return Fate(CHANGED if share >= least else UNTOUCHED, there, share)


def _spread(shape: str, points: Sequence[Point]) -> list[Point]:
    """Points all over a box, those of anything else as they are."""
    if shape in (PIN, STROKE):
        return list(points)
    x, y, w, h = bounds(points)
    cells = [(step + 0.5) / GRID for step in range(GRID)]
    return [(x + w * right, y + h * down) for down in cells for right in cells]


def pieces(shape: str, points: Sequence[Point], size: tuple[int, int]) -> list[Box]:
    """The boxes that make up a shape, or what is near it, within the picture."""
    if shape == PIN:
        return [_around(points[0], PIN_REACH, size)]
    if shape != STROKE:
        return [bounds(points)]
    if is_closed(points):
        return _rows(points)
    return [_around(point, STROKE_REACH, size) for point in _steps(points)]


def _around(point: Point, reach: float, size: tuple[int, int]) -> Box:
    """A square of pixels about a point: `reach` of the longer side each way, cut at the edge."""
    longer = max(*size, 1)
    right, down = (reach * longer / max(side, 1) for side in size)
    x, y = max(0.0, point[0] - right), max(0.0, point[1] - down)
    return Box(x, y, min(1.0, point[0] + right) - x, min(1.0, point[1] + down) - y)


def _steps(points: Sequence[Point]) -> list[Point]:
    """Points along a stroke, the same way apart."""
    pairs = list(pairwise(points))
    lengths = [((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in pairs]
    step = sum(lengths) / STEPS or 1.0
    found, behind = [points[0]], 0.0
    for (a, b), length in zip(pairs, lengths, strict=True):
        at = step - behind
        while at <= length:
            part = at / length
            found.append((a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part))
            at += step
        behind = (behind + length) % step
    return found


def _rows(points: Sequence[Point]) -> list[Box]:
    """What a closed stroke goes round, in rows: each from a crossing to the next (even-odd)."""
    _, y, _, h = bounds(points)
    height = h / ROWS
    boxes = []
    for row in range(ROWS):
        middle = y + (row + 0.5) * height
        sides = zip(points, [*points[1:], points[0]], strict=True)
        crossings = sorted(
            ax + (middle - ay) / (by - ay) * (bx - ax)
            for (ax, ay), (bx, by) in sides
            if (ay <= middle) != (by <= middle)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            if right > left:
                boxes.append(Box(left, y + row * height, right - left, height))
    return boxes or [bounds(points)]
