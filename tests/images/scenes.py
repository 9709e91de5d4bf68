"""Pictures as a camera or a generator gives them, and what is done to them: all seeded."""

from io import BytesIO

import numpy as np
from PIL import Image as Picture
from PIL import ImageFilter


def scene(seed=1, size=(640, 480), grain=1.5):
    """Broad tones, detail, edges and grain: (h, w, 3), the same for the same seed."""
    chance = np.random.default_rng(seed)
    width, height = size
    pixels = np.full((height, width, 3), 40.0, np.float32)
    for across, weight in ((4, 90), (12, 50), (40, 40), (120, 24)):
        coarse = chance.random((max(2, across * height // width), across, 3), dtype=np.float32)
        for channel in range(3):
            plane = Picture.fromarray(coarse[..., channel])
            pixels[..., channel] += weight * np.asarray(plane.resize(size, Picture.BICUBIC))
    for _ in range(24):  # things with hard edges
        x, y = chance.integers(0, width), chance.integers(0, height)
        w, h = chance.integers(width // 40, width // 8, 2)
        pixels[y : y + h, x : x + w] *= chance.uniform(0.5, 1.4)
    pixels += grain * chance.standard_normal(pixels.shape, dtype=np.float32)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def png(pixels):
    out = BytesIO()
    Picture.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


# --- what disturbs a picture without changing it ----------------------------------------------
def jpeg(pixels, quality=60):
    out = BytesIO()
    Picture.fromarray(pixels).save(out, "JPEG", quality=quality)
    return np.asarray(Picture.open(BytesIO(out.getvalue())))


def laid(pixels, dx=0.0, dy=0.0, scale=1.0, degrees=0.0):
    """All of it moved, about the middle: what was at p comes to scale * turn(p) + (dx, dy)."""
    height, width = pixels.shape[:2]
    turn = np.radians(degrees)
    there = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    back = np.linalg.inv(there)
    middle = np.array([width / 2, height / 2])
    start = middle - back @ (middle + (dx, dy))
    numbers = (*back[0], start[0], *back[1], start[1])
    picture = Picture.fromarray(pixels)
    return np.asarray(
        picture.transform(picture.size, Picture.AFFINE, numbers, Picture.BICUBIC, fillcolor=0)
    )


def gamma(pixels, power=1.05):
    return np.round(255 * (pixels / 255.0) ** power).astype(np.uint8)


def generated_anew(pixels, seed=3):
    """As after a VAE: all of it softer, with errors that follow the detail."""
    chance = np.random.default_rng(seed)
    soft = np.asarray(Picture.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.7)), np.float32)
    detail = np.abs(
        pixels.astype(np.float32)
        - np.asarray(Picture.fromarray(pixels).filter(ImageFilter.GaussianBlur(2)), np.float32)
    )
    errors = chance.standard_normal(pixels.shape, dtype=np.float32) * (1 + 0.6 * detail)
    return np.clip(soft + errors, 0, 255).astype(np.uint8)


# --- what changes it ----------------------------------------------------------------------------
def blob(shape, seed):
    """A mask of one rounded, uneven area of some 6 % of the frame."""
    chance = np.random.default_rng(seed)
    height, width = shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    middle = chance.uniform(0.3, 0.7, 2) * (height, width)
    angle = np.arctan2(y - middle[0], x - middle[1])
    reach = 0.17 * height * (1 + 0.25 * np.sin(3 * angle + chance.uniform(0, 6)))
    return np.hypot(y - middle[0], x - middle[1]) < reach


def painted(pixels, mask, other):
    """`other` inside of `mask`."""
    out = pixels.copy()
    out[mask] = other[mask]
    return out


def three_edits(pixels, seed=4):
    """A patch from elsewhere, a tint, a thing taken out; and the mask of all three."""
    chance = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    out, mask = pixels.copy(), np.zeros((height, width), bool)
    w, h = width // 7, height // 7
    places = [(0.12, 0.15), (0.62, 0.2), (0.35, 0.65)]
    for number, (x, y) in enumerate(places):
        left = round(x * width) + chance.integers(0, 12)
        top = round(y * height) + chance.integers(0, 12)
        here = np.s_[top : top + h, left : left + w]
        if number == 0:
            out[here] = scene(seed + 100, (width, height))[here]
        elif number == 1:
            out[here] = np.clip(out[here].astype(int) + (28, -12, -22), 0, 255)
        else:
            out[here] = out[here].mean((0, 1))
        mask[here] = True
    return out, mask


def retouched(pixels, spots=40, side=28, stamps=12, seed=5):
    """Healed spots and clone stamps as after an evening in an editor, and the mask of each."""
    chance = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    out, masks, taken = pixels.copy(), [], []
    sides = [side] * spots + [3 * side] * stamps
    while len(masks) < len(sides):
        across = sides[len(masks)]
        x = int(chance.integers(across, width - 3 * across))
        y = int(chance.integers(across, height - 2 * across))
        if any(abs(x - a) + abs(y - b) < 5 * side for a, b in taken):
            continue
        taken.append((x, y))
        steps = np.mgrid[:across, :across] - (across - 1) / 2
        disc = np.hypot(*steps) < across / 2
        here = np.s_[y : y + across, x : x + across]
        source = pixels[y : y + across, x + across : x + 2 * across]
        out[here][disc] = source[disc]
        mask = np.zeros((height, width), bool)
        mask[here] = disc & (out[here] != pixels[here]).any(2)
        masks.append(mask)
    return out, masks


def regraded(pixels, mask, levels=29):
    """The tones inside of `mask` moved by at most `levels`."""
    out = pixels.astype(np.int16)
    out[mask] += np.array([levels, levels // 3, -levels // 2], np.int16)
    return np.clip(out, 0, 255).astype(np.uint8)


def iou(one, other):
    return (one & other).sum() / max(1, (one | other).sum())
