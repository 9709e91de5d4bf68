"""A fingerprint of how a picture looks: 64 bits that stay nearly the same through small edits.

The perceptual hash by the discrete cosine transform (Zauner, "Implementation and Benchmarking of
Perceptual Image Hash Functions", 2010): the picture in grey at 32 x 32 points, its 8 x 8 lowest
frequencies without the mean, each a bit that says whether it lies above their median. Two pictures
are compared by the number of bits that differ; of unlike ones some 32 do.

Plain Python: 64 sums over 32 points cost a millisecond, and ten thousand comparisons as much.
"""

from collections.abc import Iterable
from math import cos, pi
from statistics import median

from PIL import Image

SIDE, LOW = 32, 8
BITS = 64
ALIKE_WITHIN = 12  # bits; inpainting a large part of a picture changes as many
ASPECT = 0.02  # two pictures have one shape when their ratios differ by less than this
_WAVES = [
    [cos(pi * frequency * (2 * at + 1) / (2 * SIDE)) for at in range(SIDE)]
    for frequency in range(1, LOW + 1)
]


def of(picture: Image.Image) -> int | None:
    """The fingerprint of a decoded picture in mode L, RGB or RGBA, upright, as a whole number
    from 0 to 2**64 - 1; None of a picture without any drawing, as a plain colour."""
    points = _grey(picture)
    rows = [points[SIDE * row : SIDE * (row + 1)] for row in range(SIDE)]
    across = [
        [sum(map(float.__mul__, wave, row)) for row in rows] for wave in _WAVES
    ]  # [frequency across][row]
    values = [sum(map(float.__mul__, wave, column)) for wave in _WAVES for column in across]
    if max(map(abs, values)) < SIDE:  # less than a thirtieth of a grey step a point
        return None
    middle = median(values)
    found = 0
    for value in values:
        found = found << 1 | (value > middle)
    return found


def _grey(picture: Image.Image) -> list[float]:
    """32 x 32 grey points, row by row; what is clear lies on middle grey."""
    whole = max(1, min(picture.size) // (2 * SIDE))
    small = picture.reduce(whole) if whole > 1 else picture
    if small.mode == "RGBA":
        flat = Image.new("RGB", small.size, (128, 128, 128))
        flat.paste(small, mask=small.getchannel("A"))
        small = flat
    grey = small.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return [float(point) for point in grey.tobytes()]


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return (one ^ other).bit_count()


def nearest(one: int, others: Iterable[tuple[int, int]], within: int) -> list[tuple[int, int]]:
    """Of `others` as (key, fingerprint) those at most `within` bits away: (bits, key), nearest
    first."""
    found = [(bits, key) for key, other in others if (bits := (one ^ other).bit_count()) <= within]
    return sorted(found)


def same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool | None:
    """Whether two sizes (width, height) have one ratio; None where a size is not known."""
    if not all((*one, *other)):
        return None
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1) < ASPECT
