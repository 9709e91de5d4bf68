"""Pictures with texture, edits in known places, and what may happen to a file without an edit."""

from io import BytesIO
from random import Random

import numpy as np
from PIL import Image as Picture

SIZE = (768, 432)


def plate(seed: int = 1, size: tuple[int, int] = SIZE) -> Picture.Image:
    """Noise of several sizes: clouds, stones, grain."""
    rng = np.random.default_rng(seed)
    width, height = size
    total = np.zeros((height, width, 3))
    for step, weight in ((96, 60), (32, 34), (8, 16), (2, 6)):
        small = rng.random((height // step + 2, width // step + 2, 3))
        drawn = Picture.fromarray((255 * small).astype(np.uint8))
        total += weight * (np.asarray(drawn.resize(size, Picture.Resampling.BICUBIC)) / 255 - 0.5)
    return Picture.fromarray(np.clip(total + 118, 0, 255).astype(np.uint8))


def edited(picture: Picture.Image, box: tuple[int, int, int, int], seed: int = 2) -> Picture.Image:
    """The same with other stones in `box` (left, top, right, bottom in pixels)."""
    out = picture.copy()
    size = (box[2] - box[0], box[3] - box[1])
    patch = plate(seed, (max(size[0], 64), max(size[1], 64))).crop((0, 0, *size))
    tone = Random(seed).choice([-46, 46])
    shade = np.clip(np.asarray(patch).astype(int) + tone, 0, 255).astype(np.uint8)
    out.paste(Picture.fromarray(shade), box[:2])
    return out


def saved(picture: Picture.Image, quality: int = 0) -> bytes:
    """PNG, or JPEG of a quality."""
    out = BytesIO()
    if quality:
        picture.save(out, "JPEG", quality=quality)
    else:
        picture.save(out, "PNG")
    return out.getvalue()


def moved(picture: Picture.Image, dx: float, dy: float, scale: float = 1, turn: float = 0):
    """Moved by pixels, scaled and turned (degrees) about the middle; what comes in is mirrored.

    Returns the picture and the six numbers that take relative points of the old to the new one.
    """
    width, height = picture.size
    angle = np.deg2rad(turn)
    linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array([width / 2, height / 2])
    shift = middle + np.array([dx, dy]) - linear @ middle
    back = np.linalg.inv(linear)
    offset = -back @ shift
    pad = 64
    wide = Picture.fromarray(
        np.pad(np.asarray(picture), ((pad, pad), (pad, pad), (0, 0)), mode="reflect")
    )
    a, b, c = back[0, 0], back[0, 1], offset[0] + pad
    d, e, f = back[1, 0], back[1, 1], offset[1] + pad
    out = wide.transform(
        picture.size, Picture.Transform.AFFINE, (a, b, c, d, e, f), Picture.Resampling.BICUBIC
    )
    matrix = (
        *(linear[0, 0], linear[0, 1] * height / width, shift[0] / width),
        *(linear[1, 0] * width / height, linear[1, 1], shift[1] / height),
    )
    return out, matrix
