"""Shapes of marks on a picture: a pin, a box, a stroke drawn by hand.

A point is (x, y) as shares of the picture's own width and height, 0 to 1 from the upper left.
A pin is one point, a box its upper left and lower right corner, a stroke two points or more. A map
is six numbers (a, b, c, d, e, f) that send a point of one picture to one of another:
x' = a x + b y + c, y' = d x + e y + f.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

Point = tuple[float, float]
Map = Sequence[float]

PIN, BOX, STROKE = "pin", "box", "stroke"
MOST_SENT = 20_000  # points of a stroke as it is drawn
MOST_KEPT = 200  # points of a stroke as it is kept
DIGITS = 5  # a tenth of a pixel at 8K
FINE = 0.0015  # how far a simplified stroke may be from the drawn one, as a share of a side
LEAST_BOX = 0.002  # a side of a box


class Box(NamedTuple):
    """A rectangle, as shares of the picture."""

    x: float
    y: float
    w: float
    h: float

    @property
    def area(self) -> float:
        """Its share of the picture."""
        return self.w * self.h


def shaped(shape: str, given: Sequence[Sequence[float]]) -> list[Point]:
    """The points of a shape as they are kept: inside the picture, in order, no more than needed.

    Raises ValueError for what is no such shape: other counts, no numbers, a box without an area.
    """
    if not 1 <= len(given) <= MOST_SENT:
        raise ValueError("a shape has points, and not endlessly many")
    points = [_inside(point) for point in given]
    if shape == PIN and len(points) == 1:
        return points
    if shape == BOX and len(points) == 2:
        box = bounds(points)
        if min(box.w, box.h) < LEAST_BOX:
            raise ValueError("a box has a width and a height")
        return [(box.x, box.y), (_rounded(box.x + box.w), _rounded(box.y + box.h))]
    if shape == STROKE and len(points) > 1:
        kept = thinned(points)
        if len(kept) > 1 and bounds(kept)[2:] != (0, 0):
            return kept
    raise ValueError(f"no {shape}")


def _inside(point: Sequence[float]) -> Point:
    """A point with both numbers within the picture; raises ValueError when it is none."""
    try:
        x, y = point
        x, y = float(x), float(y)
    except (TypeError, ValueError) as error:
        raise ValueError("a point is two numbers") from error
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a point is two numbers")
    return _rounded(min(max(x, 0), 1)), _rounded(min(max(y, 0), 1))


def _rounded(value: float) -> float:
    return round(value, DIGITS)


def thinned(points: Sequence[Point]) -> list[Point]:
    """A stroke with at most MOST_KEPT points, as near to the drawn one as that allows."""
    tolerance = FINE
    kept = simplified(points, tolerance)
    while len(kept) > MOST_KEPT:
        tolerance *= 1.5
        kept = simplified(points, tolerance)
    return kept


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The stroke without the points that are nearer than `tolerance` to the line between others.

    Ramer (1972), Douglas and Peucker (1973); with a stack, as a hand draws thousands of points.
    """
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = 0.0, 0
        for between in range(first + 1, last):
            away = distance(points[between], points[first], points[last])
            if away > far:
                far, at = away, between
        if far > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [points[at] for at in sorted(keep)]


def distance(point: Point, one: Point, other: Point) -> float:
    """How far a point is from the line between two others; from its nearer end beyond them."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = 0.0
    if length:
        along = ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length
        along = min(max(along, 0), 1)
    return math.hypot(point[0] - one[0] - along * dx, point[1] - one[1] - along * dy)


def bounds(points: Sequence[Point]) -> Box:
    """The box round all points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x, y = min(xs), min(ys)
    return Box(x, y, _rounded(max(xs) - x), _rounded(max(ys) - y))


def middle(points: Sequence[Point]) -> Point:
    """The middle of the box round all points."""
    x, y, w, h = bounds(points)
    return x + w / 2, y + h / 2


def outline(shape: str, points: Sequence[Point]) -> list[Point]:
    """What is drawn: the four corners of a box, all else as it is."""
    if shape != BOX:
        return list(points)
    (left, top), (right, bottom) = points
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def carried(point: Point, matrix: Map) -> Point:
    """Where a point of one picture stands in another."""
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + b * y + c, d * x + e * y + f


def is_closed(points: Sequence[Point]) -> bool:
    """Whether a stroke goes round something: its ends are near, for its size."""
    _, _, w, h = bounds(points)
    (ax, ay), (bx, by) = points[0], points[-1]
    return len(points) > 3 and math.hypot(bx - ax, by - ay) < 0.25 * math.hypot(w, h)
