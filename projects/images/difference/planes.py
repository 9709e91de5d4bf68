"""What is done with a plane of numbers: made softer, smaller, laid over another one."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .colour import Floats

Mask = NDArray[np.bool_]
Affine = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def soft(plane: Floats, sigma: float) -> Floats:
    """`plane`, shape (h, w), under a Gaussian of `sigma` pixels; its edge goes on as it ends."""
    radius = max(1, round(3 * sigma))
    steps = np.arange(-radius, radius + 1)
    weights = np.exp(-0.5 * (steps / sigma) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    done = plane
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (radius, radius)
        wide = np.pad(done, padding, mode="edge")
        length = plane.shape[axis]
        out = np.zeros(plane.shape, np.float32)
        for weight, start in zip(weights, range(2 * radius + 1), strict=True):
            part = wide[start : start + length] if axis == 0 else wide[:, start : start + length]
            out += weight * part
        done = out
    return done


def slopes(plane: Floats) -> tuple[Floats, Floats]:
    """How much `plane` rises from pixel to pixel, to the right and downwards."""
    right, down = (
        np.gradient(plane, axis=axis).astype(np.float32)
        if plane.shape[axis] > 1
        else np.zeros(plane.shape, np.float32)
        for axis in (1, 0)
    )
    return right, down


def resized(plane: Floats, size: tuple[int, int]) -> Floats:
    """`plane` with the width and height of `size`; what lies between is averaged."""
    if plane.shape == (size[1], size[0]):
        return plane
    picture = Image.fromarray(plane).resize(size, Image.Resampling.BOX)
    return np.asarray(picture, np.float32)


def warped(plane: Floats, matrix: Affine, size: tuple[int, int]) -> Floats:
    """`plane` as seen from the other picture, width and height of `size`, by cubic pieces.

    `matrix` takes that picture's relative points to this plane's; 0 where there is nothing.
    """
    height, width = plane.shape
    a, b, c, d, e, f = matrix
    wide, high = size
    seen = (
        *(a * width / wide, b * width / high, c * width),
        *(d * height / wide, e * height / high, f * height),
    )
    picture = Image.fromarray(plane)
    laid = picture.transform(size, Image.Transform.AFFINE, seen, Image.Resampling.BICUBIC)
    return np.asarray(laid, np.float32)


def inside(matrix: Affine, size: tuple[int, int], margin: float = 0.0) -> Mask:
    """Which pixels of a picture of `size` lie in the other one's frame, `margin` pixels within."""
    width, height = size
    x = (np.arange(width, dtype=np.float32) + 0.5) / width
    y = ((np.arange(height, dtype=np.float32) + 0.5) / height)[:, None]
    a, b, c, d, e, f = matrix
    across, down = a * x + b * y + c, d * x + e * y + f
    left, top = margin / width, margin / height
    seen: Mask = (across >= left) & (across <= 1 - left) & (down >= top) & (down <= 1 - top)
    return seen


def shrunk(mask: Mask, by: int) -> Mask:
    """`mask` without all that is at most `by` pixels from its outside; the frame is no edge."""
    return ~grown(~mask, by)


def grown(mask: Mask, by: int) -> Mask:
    """`mask` with all that is at most `by` pixels from it, as a disc.

    Row by row of the disc, the outermost first: what a row reaches to both sides only grows.
    """
    height = mask.shape[0]
    out, wide, reach = mask.copy(), mask.copy(), 0
    for dy in range(max(0, by), -1, -1):
        for step in range(reach + 1, int((by * by - dy * dy) ** 0.5) + 1):
            wide[:, step:] |= mask[:, :-step]
            wide[:, :-step] |= mask[:, step:]
            reach = step
        if dy < height:
            out[dy:] |= wide[: height - dy]
            out[: height - dy] |= wide[dy:]
    return out
