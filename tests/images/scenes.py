"""Pictures as a camera or a generator gives them: broad tones, detail, edges and grain."""

from io import BytesIO

import numpy as np
from PIL import Image as Picture


def scene(seed=1, size=(640, 480), grain=1.5):
    """Pixels of shape (h, w, 3): the same for the same seed, with another seed another scene."""
    chance = np.random.default_rng(seed)
    width, height = size
    pixels = np.full((height, width, 3), 40.0, np.float32)
    for across, weight in ((4, 90), (12, 50), (40, 40), (120, 24)):
        down = max(2, across * height // width)
        coarse = chance.random((down, across, 3), dtype=np.float32)
        for channel in range(3):
            plane = Picture.fromarray(coarse[..., channel])
            smooth = plane.resize(size, Picture.Resampling.BICUBIC)
            pixels[..., channel] += weight * np.asarray(smooth)
    for _ in range(24):  # things with hard edges
        x, y = chance.integers(0, width), chance.integers(0, height)
        w, h = chance.integers(width // 40, width // 8, 2)
        pixels[y : y + h, x : x + w] *= chance.uniform(0.5, 1.4)
    pixels += grain * chance.standard_normal(pixels.shape, dtype=np.float32)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def picture(pixels):
    return Picture.fromarray(pixels)


def png(pixels):
    out = BytesIO()
    Picture.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def jpeg(pixels, quality):
    out = BytesIO()
    Picture.fromarray(pixels).save(out, "JPEG", quality=quality)
    return np.asarray(Picture.open(BytesIO(out.getvalue())))
