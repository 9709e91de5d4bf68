"""How one picture lies over another: shift, scale, rotation, or any affine map.

Coarse to fine, Gauss-Newton on the band-passed lightness (Lucas and Kanade, 1981; Baker and
Matthews, 2004), with weights that let go of what does not fit (Tukey's biweight), since edits must
not pull. It starts from the whole frame as it is and from the shift that phase correlation finds
(Kuglin and Hines, 1975), and takes the better one.
"""

from dataclasses import dataclass
from math import atan2, degrees, hypot, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .colour import Floats
from .planes import IDENTITY, Affine, inside, resized, slopes, soft, warped

LEVELS = (64, 128, 256, 512, 1024)
STEPS = 12
POINTS = 60_000  # looked at on the finer levels
TRIMMED = 0.7  # of all residuals, the smallest
BETTER = 0.985  # what it must come to against leaving B where it is
OVERLAP = 0.85  # of the two frames, as intersection over union
STRETCHED = 1.03
AGREES = 0.2  # of the blocks with detail
BLOCK = 32
DETAIL, TONE = 0.2, 4.0  # steps of lightness
QUIET, TONES = 0.5, 0.8  # shares of the blocks
ALIKE = 0.5  # correlation of a block
Solved = NDArray[np.float64]


class Registration(NamedTuple):
    """Where what is in A is in B: moved by dx, dy pixels of A (right and down) about the middle,
    `scale` times as large, turned by `rotation` degrees clockwise; "same" or "different" framing.
    """

    dx: float
    dy: float
    scale: float
    rotation: float
    framing: str

    @property
    def is_moved(self) -> bool:
        """Whether B had to be moved at all."""
        return (self.dx, self.dy, self.scale, self.rotation) != (0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True)
class Level:
    """Both pictures at one size: band-passed lightness, and the width and height."""

    a: Floats
    b: Floats
    size: tuple[int, int]


def register(a: Floats, b: Floats) -> Affine:
    """The map from A's relative points to B's; a and b are lightness, of one shape (h, w)."""
    if min(a.shape) < LEVELS[0] // 4:
        return IDENTITY  # a strip: there is nothing to hold on to
    levels = pyramid(a, b)
    still = residual(levels[-1], IDENTITY)
    best = IDENTITY
    least = np.inf
    for start in (IDENTITY, shifted(levels[min(1, len(levels) - 1)])):
        found = start
        for level in levels[:2]:
            found = refine(level, found)
        off = residual(levels[min(1, len(levels) - 1)], found)
        if off < least:
            best, least = found, off
    for level in levels[2:]:
        best = refine(level, best)
    return best if residual(levels[-1], best) < BETTER * still else IDENTITY


def pyramid(a: Floats, b: Floats) -> list[Level]:
    """Both at each size, the coarsest first, the last as they are."""
    longer = max(a.shape)
    sides = [side for side in LEVELS if side < longer] + [longer]
    made = []
    for side in sides:
        size = (
            max(8, round(a.shape[1] * side / longer)),
            max(8, round(a.shape[0] * side / longer)),
        )
        one, other = (band(resized(each, size)) for each in (a, b))
        made.append(Level(one, other, size))
    return made


def band(plane: Floats) -> Floats:
    """Without its finest detail, which is grain, and without broad tones, which a grade moves."""
    return soft(plane, 0.8) - soft(plane, 6.0)


def shifted(level: Level) -> Affine:
    """The shift that phase correlation finds."""
    height, width = level.a.shape
    window = np.hanning(height + 2)[1:-1, None] * np.hanning(width + 2)[1:-1]
    one, other = (np.fft.rfft2(each * window) for each in (level.a, level.b))
    cross = np.conj(one) * other
    power = np.abs(cross)
    peaks = np.fft.irfft2(cross / (power + 1e-6 * power.max() + 1e-12), (height, width))
    down, right = np.unravel_index(int(np.argmax(peaks)), peaks.shape)
    dy = float(down) if down <= height / 2 else float(down) - height
    dx = float(right) if right <= width / 2 else float(right) - width
    return (1.0, 0.0, dx / width, 0.0, 1.0, dy / height)


def residual(level: Level, matrix: Affine) -> float:
    """The mean of the smaller residuals where the frames overlap; infinite where they do not."""
    seen = inside(matrix, level.size, 2)
    if seen.mean() < 0.25:
        return float("inf")
    off = np.abs(level.a - warped(level.b, matrix, level.size))[seen]
    count = max(1, int(TRIMMED * off.size))
    return float(np.partition(off, count - 1)[:count].mean())


def refine(level: Level, matrix: Affine) -> Affine:
    """Gauss-Newton on one level: six numbers of the map, and gain and bias of the lightness."""
    width, height = level.size
    rows, columns = points(level.a)
    x = (columns + 0.5) / width - 0.5
    y = (rows + 0.5) / height - 0.5
    a = level.a[rows, columns].astype(np.float64)
    now = np.array(matrix, np.float64)
    right, down = slopes(level.b)
    for _ in range(STEPS):
        current = affine(now)
        seen = inside(current, level.size, 1)[rows, columns]
        if seen.mean() < 0.25:
            return matrix
        b, gx, gy = (
            warped(each, current, level.size)[rows, columns].astype(np.float64)
            for each in (level.b, right, down)
        )
        gx, gy = gx * width, gy * height
        columns_of = np.stack([gx * x, gx * y, gx, gy * x, gy * y, gy, -a, -np.ones_like(a)], 1)
        step = solve(columns_of, a - b, seen)
        if step is None:
            return matrix
        # Steps are about the middle of the frame, the map is about its corner.
        p, q, r, s, t, u = step[:6]
        change = np.array([p, q, r - (p + q) / 2, s, t, u - (s + t) / 2])
        now = now + change
        if max(np.abs(step[[0, 1, 2]]).max() * width, np.abs(step[3:6]).max() * height) < 0.005:
            break
    return affine(now)


def affine(numbers: Solved) -> Affine:
    """Six plain floats."""
    a, b, c, d, e, f = (float(number) for number in numbers)
    return (a, b, c, d, e, f)


def solve(columns: Solved, off: Solved, seen: NDArray[np.bool_]) -> Solved | None:
    """The step that lessens `off` most, each point weighed by how well it fits already."""
    spread = 1.4826 * float(np.median(np.abs(off[seen]))) + 1e-6
    far = off / (4.685 * spread)
    weights = np.where((np.abs(far) < 1) & seen, (1 - far**2) ** 2, 0.0)
    heavy = columns * weights[:, None]
    normal = heavy.T @ columns
    scales = np.sqrt(np.diag(normal)) + 1e-12
    normal = normal / np.outer(scales, scales) + 1e-6 * np.eye(len(scales))
    try:
        step = np.linalg.solve(normal, heavy.T @ off / scales) / scales
    except np.linalg.LinAlgError:
        return None
    return step if bool(np.isfinite(step).all()) else None


def points(plane: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the points to look at: the steepest of each small field, so that
    all of the frame has its say."""
    if plane.size <= POINTS:
        return tuple(np.indices(plane.shape).reshape(2, -1))  # type: ignore[return-value]
    right, down = slopes(plane)
    steep = right**2 + down**2
    side = int(np.ceil(np.sqrt(plane.size / POINTS)))
    high, wide = plane.shape[0] // side, plane.shape[1] // side
    steep = steep[: high * side, : wide * side]
    fields = steep.reshape(high, side, wide, side).transpose(0, 2, 1, 3)
    best = fields.reshape(high, wide, side * side).argmax(2)
    rows = (np.arange(high)[:, None] * side + best // side).ravel()
    columns = (np.arange(wide)[None, :] * side + best % side).ravel()
    return rows, columns


def told(matrix: Affine, size: tuple[int, int], framing: str = "same") -> Registration:
    """The map in the words of a person; `size` is the width and height of A in pixels."""
    width, height = size
    a, b, c, d, e, f = matrix
    # In pixels of A, as if B had A's size.
    b, d = b * width / height, d * height / width
    dx = (matrix[0] / 2 + matrix[1] / 2 + c - 0.5) * width
    dy = (matrix[3] / 2 + matrix[4] / 2 + f - 0.5) * height
    scale = sqrt(abs(a * e - b * d))
    return Registration(dx, dy, scale, degrees(atan2(d - b, a + e)), framing)


def framing(a: Floats, b: Floats, matrix: Affine, aspects: tuple[float, float]) -> str:
    """ "same", or "different" when the pictures show another frame or nothing in common.

    `aspects` are width / height of the two files.
    """
    stretch = aspects[0] / aspects[1]
    if not 1 / STRETCHED < stretch < STRETCHED or not upright(matrix):
        return "different"
    if overlap(matrix) < OVERLAP:
        return "different"
    return "same" if agree(a, b, matrix) else "different"


def upright(matrix: Affine) -> bool:
    """Whether the map neither mirrors nor stretches one side more than the other."""
    a, b, _, d, e, _ = matrix
    across, down = hypot(a, d), hypot(b, e)
    return a * e - b * d > 0 and 1 / STRETCHED < across / down < STRETCHED


def overlap(matrix: Affine) -> float:
    """Intersection over union of A's frame and of B's, seen in A."""
    size = (200, 200)
    share = float(inside(matrix, size).mean())
    a, b, _, d, e, _ = matrix
    whole = 1 / max(1e-9, abs(a * e - b * d))  # of B's frame, in A's
    return share / (1 + whole - share)


def agree(a: Floats, b: Floats, matrix: Affine) -> bool:
    """Whether enough blocks look alike in both: those with detail by its correlation, or, where
    most of the frame has none, the others by their tones."""
    size = (a.shape[1], a.shape[0])
    seen = inside(matrix, size, 2)
    if min(a.shape) < BLOCK:
        return True
    whole = blocks(seen.astype(np.float32)).min(1) > 0
    first, second = blocks(band(a))[whole], blocks(warped(band(b), matrix, size))[whole]
    first = first - first.mean(1, keepdims=True)
    second = second - second.mean(1, keepdims=True)
    power, other = (first**2).mean(1), (second**2).mean(1)
    full = np.maximum(power, other) > DETAIL**2
    if full.any():
        alike = (first * second).mean(1)[full] / np.sqrt(power[full] * other[full] + 1e-9)
        if float((alike > ALIKE).mean()) >= AGREES:
            return True
    if float(full.sum()) > QUIET * full.size:
        return False
    off = (blocks(warped(b, matrix, size)) - blocks(a)).mean(1)[whole][~full]
    return off.size == 0 or float((np.abs(off - np.median(off)) < TONE).mean()) >= TONES


def blocks(plane: Floats) -> Floats:
    """The blocks of 32 pixels of a plane, one a row."""
    high, wide = plane.shape[0] // BLOCK, plane.shape[1] // BLOCK
    part = plane[: high * BLOCK, : wide * BLOCK].reshape(high, BLOCK, wide, BLOCK)
    return part.transpose(0, 2, 1, 3).reshape(high * wide, -1)
