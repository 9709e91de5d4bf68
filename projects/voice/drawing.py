"""Where the marks of the voice's charts stand: axes, drift, rhythm. Pure numbers, no words.

Places along an axis are per cent of its width, so that one drawing fits every window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

JITTER = (0, -7, 4, -4, 7)  # px; dots on one value stand beside each other
PER_ROW = 200  # strokes of rhythm in a row
TOLD = 3  # the farthest outside have their number beside them
TALLEST = 6  # times the median; a stroke for a longer sentence is no taller


@dataclass(frozen=True)
class Scale:
    """From a value to a place, 0 to 100; `turned` runs the other way."""

    low: float
    high: float
    turned: bool = False

    @classmethod
    def over(cls, values: Sequence[float], *, from_zero: bool, turned: bool = False) -> "Scale":
        """A scale with all of `values` on it and some room; from zero where zero is a place."""
        low, high = min(values), max(values)
        room = (high - low) * 0.35 or abs(high) * 0.2 or 1.0
        if from_zero:
            return cls(0.0, high * 1.12 or 1.0, turned)
        return cls(low - room, high + room, turned)

    def at(self, value: float) -> float:
        """Where `value` stands; never outside."""
        share = (value - self.low) / (self.high - self.low)
        place = 100 * min(1.0, max(0.0, share))
        return round(100 - place if self.turned else place, 2)

    def span(self, low: float, high: float) -> tuple[float, float]:
        """Where a stretch begins, and how wide it is."""
        one, other = sorted((self.at(low), self.at(high)))
        return one, round(other - one, 2)


@dataclass(frozen=True)
class Dot:
    """One chapter on an axis: its place, and how many px from the middle."""

    x: float
    y: int


def dots(scale: Scale, values: Sequence[float]) -> list[Dot]:
    """The chapters on an axis; neighbours stand beside each other."""
    return [Dot(scale.at(value), JITTER[n % len(JITTER)]) for n, value in enumerate(values)]


@dataclass(frozen=True)
class Point:
    """One chapter of the drift: its place in px, y None while it has no distance.

    Its number stands `beside` it where it is one of the farthest outside, and as `label` under the
    line where there is room.
    """

    x: float
    y: float | None
    beside: str
    label: str
    kind: str  # solid, hollow (too short to tell), now; now open when that is too short


@dataclass(frozen=True)
class Drift:
    """The drift of a book: a frame of `width` x `height` px with lines at whole numbers."""

    width: int
    height: int
    lines: list[tuple[int, float]]
    edge: float
    base: float
    points: list[Point]

    LEFT, RIGHT, BOTTOM, TOP = 30, 6, 24, 14

    @property
    def right(self) -> int:
        """Where the lines end."""
        return self.width - self.RIGHT

    @property
    def band(self) -> tuple[int, float]:
        """How wide and how high home is."""
        return self.right - self.LEFT, round(self.base - self.edge, 1)


@dataclass(frozen=True)
class Place:
    """A chapter to be drawn in the drift: its distance with 1 as the edge of home."""

    ratio: float | None
    label: str
    is_small: bool
    is_now: bool


def drift(places: Sequence[Place], width: int, height: int) -> Drift:
    """Lay the chapters of a book out, the first at the left; about six of them get their label."""
    highest = max((place.ratio for place in places if place.ratio is not None), default=0.0)
    top = max(2, ceil(highest * 1.05))
    base = height - Drift.BOTTOM
    unit = (base - Drift.TOP) / top
    step = (width - Drift.LEFT - Drift.RIGHT) / max(1, len(places))
    every = max(1, round(len(places) / 6))
    now = next((n for n, place in enumerate(places) if place.is_now), None)
    outside = [place.ratio for place in places if place.ratio and not place.is_small]
    told = sorted((ratio for ratio in outside if ratio > 1), reverse=True)[:TOLD]
    points = []
    for n, place in enumerate(places):
        kind = (
            ("now open" if place.is_small else "now")
            if place.is_now
            else "hollow"
            if place.is_small
            else "solid"
        )
        near = now is not None and n != now and abs(n - now) < max(1, every // 2)
        named = place.is_now or (not near and (n == 0 or (n + 1) % every == 0))
        x = Drift.LEFT + step * (n + 0.5)
        y = None if place.ratio is None else base - unit * place.ratio
        label = place.label if named else ""
        beside = place.label if place.ratio in told and not place.is_small else ""
        points.append(Point(round(x, 1), _px(y), beside, label, kind))
    lines = [(n, round(base - unit * n, 1)) for n in range(top + 1)]
    return Drift(width, height, lines, round(base - unit, 1), base, points)


def _px(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


@dataclass(frozen=True)
class Stroke:
    """One sentence of the rhythm: its place along the row, its height in per cent of the row."""

    x: float
    height: float
    is_long: bool

    @property
    def top(self) -> float:
        """Where it begins; its middle is the row's."""
        return round(50 - self.height / 2, 2)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return round(50 + self.height / 2, 2)


def rhythm(lengths: Sequence[int], long: float) -> list[list[Stroke]]:
    """The sentences as strokes, in rows of like length; those over `long` words are long ones."""
    if not lengths:
        return []
    rows = ceil(len(lengths) / PER_ROW)
    per_row = ceil(len(lengths) / rows)
    middle = sorted(lengths)[len(lengths) // 2]
    tallest = min(max(lengths), TALLEST * middle)
    strokes = [
        Stroke(
            round(100 * (n % per_row + 0.5) / per_row, 2),
            round(max(3.0, min(100.0, 100 * length / tallest)), 1),
            length > long,
        )
        for n, length in enumerate(lengths)
    ]
    return [strokes[n : n + per_row] for n in range(0, len(strokes), per_row)]
