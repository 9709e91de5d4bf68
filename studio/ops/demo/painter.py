"""Paint stills for the sample story: skies, plains, lattices of light; no outside picture needed.

A picture is built in linear light as float32 (height, width, 3), then toned like film (Narkowicz,
2015) and given a little grain. A scene is named by what is in it; each part
draws its own chances, so versions of one frame, which share their seed, differ only where a knob
was turned, as real edits do. Blurs are made by scaling down and up again,
since Pillow and NumPy are all that is here.
"""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Pixels = NDArray[Any]  # float32 wherever it is large
RATIO = 2.39  # as wide as the films
STRAYS = ((0.7, 0.2), (0.33, 0.3), (0.86, 0.4), (0.2, 0.16), (0.58, 0.11), (0.46, 0.36))
THINNED = (0.1, 0.42)  # the middle of what is thinned
FEW = 3  # so many versions may have none that was retouched


@dataclass(frozen=True)
class Look:
    """What a frame shows; everything from 0 to 1 unless said otherwise."""

    seed: int = 1
    horizon: float = 0.62
    low: tuple[float, float, float] = (0.55, 0.36, 0.2)
    high: tuple[float, float, float] = (0.004, 0.008, 0.02)
    sun: float = 0.5  # where it stands, from left to right; negative: none
    sun_power: float = 0.9
    stars: float = 0.6
    haze: float = 0.3
    water: bool = False
    ridge: float = 0.0  # how high the hills are
    lattice: float = 0.0  # how dense the lines of light are
    rise: float = 0.5  # how high the lattice stands
    planet: float = 0.0  # its radius, in heights
    planet_at: tuple[float, float] = (0.7, 0.3)
    rings: float = 0.0
    halls: int = 0  # columns on either side
    towers: int = 0
    figure: float = -1.0  # where somebody stands, from left to right; negative: nobody
    pillar: float = -1.0
    strays: tuple[int, ...] = ()  # lights in the sky that nobody asked for, by their places
    thinned: bool = False  # whether the lattice at the left gives way to the sky
    beacon: float = -1.0
    warmth: float = 0.0  # -1 cold to 1 warm
    exposure: float = 1.0
    grey: float = 0.0  # how much colour is left out


def paint(look: Look, width: int = 1280) -> Image.Image:
    """The frame as an RGB picture, `width` by `width` / 2.39."""
    height = round(width / RATIO)
    x, y = _grid(width, height)
    pixels = _sky(look, x, y)
    pixels += _stars(look, _chance(look, 1), width, height)
    pixels *= 1 + look.haze * (_cloud(_chance(look, 2), width, height) - 0.5)[..., None]
    if look.planet > 0:
        pixels = _planet(look, pixels, x, y)
    if look.rings > 0:
        pixels += _rings(look, x, y)
    if look.lattice > 0:
        pixels += _lattice(look, _chance(look, 3), width, height)
    if look.beacon >= 0:
        pixels += _beam(look, x, y)
    for place in look.strays:
        pixels += _stray(STRAYS[place % len(STRAYS)], x, y)
    if look.halls or look.towers or look.ridge > 0:
        pixels = _ground(look, pixels, _chance(look, 4), width, height)
    pixels = _mirror(look, pixels, _chance(look, 5)) if look.water else _plain(look, pixels, y)
    pixels = _silhouettes(look, pixels)
    return _finish(look, pixels, _chance(look, 6))


def encoded(picture: Image.Image, format: str = "JPEG", **more: Any) -> bytes:
    """The bytes of a file; `more` is what Pillow writes beside the pixels: exif, xmp."""
    out = BytesIO()
    options: dict[str, Any] = {"quality": 92} if format == "JPEG" else {"compress_level": 1}
    picture.save(out, format, **options, **more)
    return out.getvalue()


def is_edited(number: int, count: int) -> bool:
    """Whether version `number` of `count` was retouched by hand: the last third, where more than
    a few were made."""
    return count > FEW and number > count - count // 3


def versions(look: Look, count: int) -> list[Look]:
    """`count` tries at one frame, from the first sketch of it to `look` itself.

    The first two grow the lattice; then one thing at a time is changed. Those by hand take away
    what strayed into the sky; the last thins a dense lattice at the left.
    """
    return [_try(look, number, count) for number in range(1, count + 1)]


def _try(look: Look, number: int, count: int) -> Look:
    if number == count:
        return replace(look, thinned=look.lattice > 0.5 and count > FEW)
    left = count - number
    light = (1.0, 0.0, -0.7, 0.35, -0.2)[number % 5] * left / count
    return replace(
        look,
        stars=look.stars * (0.6 if number == 1 else 1),
        lattice=look.lattice * min(1.0, 0.4 + 0.3 * (number - 1)),
        exposure=look.exposure * (1 - 0.04 * left),
        warmth=look.warmth + (0.12 if is_edited(number, count) else light),
        figure=look.figure if number > 1 else -1.0,
        pillar=0.78 if look.lattice and number % 2 and number > 2 else look.pillar,
        strays=tuple(range(min(left, len(STRAYS)))),
    )


# --- parts ----------------------------------------------------------------------------------------
def _chance(look: Look, part: int) -> np.random.Generator:
    """The chances of one part of a look."""
    return np.random.default_rng((look.seed, part))


def _grid(width: int, height: int) -> tuple[Pixels, Pixels]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return x / width, y / height


def _scaled(small: Pixels, width: int, height: int) -> Pixels:
    layer = Image.fromarray(small, "F").resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(layer, np.float32)


def _cloud(chance: np.random.Generator, width: int, height: int) -> Pixels:
    """Value noise in five octaves (Perlin, 1985, for the sum), 0 to 1."""
    total: Pixels = np.zeros((height, width), np.float32)
    for octave in range(5):
        cells = 4 * 2**octave
        small = chance.random((max(3, int(cells / RATIO) + 2), cells + 2), np.float32)
        total += _scaled(small, width, height) * 0.5**octave
    cloud: Pixels = np.clip(total / 1.94, 0, 1)
    return cloud


def _blurred(pixels: Pixels, by: int) -> Pixels:
    height, width = pixels.shape[:2]
    size = (max(2, width // by), max(2, height // by))
    planes = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(pixels[..., plane]), "F")
            .resize(size, Image.Resampling.BOX)
            .resize((width, height), Image.Resampling.BICUBIC),
            np.float32,
        )
        for plane in range(3)
    ]
    return np.stack(planes, -1)


def _sky(look: Look, x: Pixels, y: Pixels) -> Pixels:
    up = np.clip((look.horizon - y) / look.horizon, 0, 1)
    fade = (1 - np.exp(-up * 4.2))[..., None]
    low, high = np.array(look.low, np.float32), np.array(look.high, np.float32)
    pixels = low * (1 - fade) * 0.35 + high * fade
    if look.sun >= 0:
        across, down = (x - look.sun) * RATIO, y - look.horizon
        glow = np.exp(-np.abs(down) / 0.09) * np.exp(-((across / 0.6) ** 2))
        core = np.exp(-(across**2 + down**2) / 0.006)
        warm = np.array((1.0, 0.72, 0.42), np.float32)
        pixels += warm * ((glow * 0.8 + core * 1.6) * look.sun_power)[..., None]
    sky: Pixels = pixels.astype(np.float32)
    return sky


def _stars(look: Look, chance: np.random.Generator, width: int, height: int) -> Pixels:
    layer = np.zeros((height, width, 3), np.float32)
    count = int(1600 * look.stars * width / 1600)
    throws = chance.random((count, 6))  # one star a row: more stars leave the others as they are
    rows = (throws[:, 0] * height * look.horizon).astype(int)
    columns = (throws[:, 1] * (width - 2)).astype(int)
    pareto = (1 - throws[:, 2]) ** (-1 / 1.7) - 1
    power = np.clip(pareto * 0.12 + 0.04, 0, 2.5)
    tint = 1 + 0.5 * (throws[:, 3:] - 0.5)
    np.add.at(layer, (rows, columns), (power[:, None] * tint).astype(np.float32))
    layer += _blurred(layer, 2) * 1.5
    return layer


def _planet(look: Look, pixels: Pixels, x: Pixels, y: Pixels) -> Pixels:
    across = (x - look.planet_at[0]) * RATIO / look.planet
    down = (y - look.planet_at[1]) / look.planet
    reach = across**2 + down**2
    inside = np.clip((1 - reach) * 60, 0, 1)[..., None]
    depth = np.sqrt(np.clip(1 - reach, 0, 1))
    light = np.clip(0.75 * across - 0.35 * down + 0.35 * depth, 0, 1) ** 1.3
    rim = np.exp(-((np.sqrt(reach) - 1) ** 2) / 0.0015) * np.clip(across + 0.2, 0, 1)
    ball = light[..., None] * np.array((0.5, 0.5, 0.52), np.float32)
    shown: Pixels = pixels * (1 - inside) + ball * inside
    shown += rim[..., None] * np.array((0.5, 0.6, 0.9), np.float32)
    return shown


def _rings(look: Look, x: Pixels, y: Pixels) -> Pixels:
    away = np.hypot((x - 0.5) * RATIO, (y - 0.45) * 1.6)
    waves = np.exp(-((np.sin(away * 46 * look.rings) ** 2) / 0.012)) * np.exp(-away * 2.2)
    rings: Pixels = (waves * 0.55)[..., None] * np.array((1.0, 0.85, 0.6), np.float32)
    return rings


def _lattice(look: Look, chance: np.random.Generator, width: int, height: int) -> Pixels:
    """Nodes in perspective above the plain, joined to their neighbours."""
    drawn = Image.new("L", (width, height))
    pen = ImageDraw.Draw(drawn)
    ground = look.horizon * height
    nodes = []
    for _ in range(int(520 * look.lattice)):
        depth = chance.random() ** 0.6 + 0.08
        across = width * (0.5 + (chance.random() - 0.5) / depth * 0.55)
        up = ground - (chance.random() ** 1.4) * ground * look.rise * 1.7 * (1.1 - depth * 0.6)
        nodes.append((across, up, 1.1 - depth))
    nodes.sort()
    for place, (across, up, near) in enumerate(nodes):
        level = int(40 + 110 * max(0.0, near))
        beside = nodes[max(0, place - 12) : place + 12]
        for other in sorted(beside, key=lambda n: abs(n[0] - across) + abs(n[1] - up) * 2)[1:4]:
            pen.line((across, up, other[0], other[1]), fill=level // 3)
        if chance.random() < 0.4:
            pen.line((across, up, across, ground), fill=level // 5)
        size = (0.5 + 1.6 * max(0.0, near)) * width / 1280
        pen.ellipse((across - size, up - size, across + size, up + size), fill=min(255, level + 90))
    lines = np.asarray(drawn, np.float32) / 255
    glow = lines[..., None] * np.array((1.0, 0.86, 0.62), np.float32)
    if look.thinned:
        x, y = _grid(width, height)
        away = ((x - THINNED[0]) / 0.07) ** 2 + ((y - THINNED[1]) / 0.2) ** 2
        glow *= np.clip(away - 0.6, 0.1, 1)[..., None]
    return glow * 0.9 + _blurred(glow, 8) * 0.5


def _stray(at: tuple[float, float], x: Pixels, y: Pixels) -> Pixels:
    """A light where none should be, as a lens or a model leaves one."""
    away = ((x - at[0]) * RATIO) ** 2 + (y - at[1]) ** 2
    light: Pixels = (np.exp(-away / 0.0004) * 0.5)[..., None] * np.array(
        (0.75, 0.9, 1.0), np.float32
    )
    return light


def _beam(look: Look, x: Pixels, y: Pixels) -> Pixels:
    across, down = (x - look.beacon) * RATIO, y - look.horizon * 0.55
    away = np.clip(across, 0.001, None)
    width = 0.006 + away * 0.09
    beam = np.exp(-(((down + away * 0.12) / width) ** 2)) * np.exp(-away * 1.1) * (across > 0)
    lamp = np.exp(-(across**2 + down**2) / 0.0004)
    light: Pixels = (beam * 0.5 + lamp * 2)[..., None] * np.array((1.0, 0.9, 0.7), np.float32)
    return light


def _ground(
    look: Look, pixels: Pixels, chance: np.random.Generator, width: int, height: int
) -> Pixels:
    """Hills, towers or columns as dark shapes before the sky."""
    shapes = Image.new("L", (width, height))
    pen = ImageDraw.Draw(shapes)
    base = look.horizon * height
    if look.ridge > 0:
        steps = np.linspace(0, 1, 60)
        line = np.zeros_like(steps)
        for octave in range(4):
            points = chance.random(5 * 2**octave + 2)
            line += np.interp(steps, np.linspace(0, 1, len(points)), points) * 0.5**octave
        tops = base - (line - line.min()) / np.ptp(line) * look.ridge * height
        outline = [(step * width, top) for step, top in zip(steps, tops, strict=True)]
        pen.polygon([(0, base + 2), *outline, (width, base + 2)], fill=255)
    for _ in range(look.towers):
        left, wide = chance.random() * width, (0.006 + 0.02 * chance.random()) * width
        pen.rectangle(
            (left, base - chance.random() ** 2 * base * 0.75, left + wide, base), fill=255
        )
    for number in range(look.halls):
        near = 0.9 ** (number * 2.2)
        for side in (-1, 1):
            middle = width * (0.5 + side * 0.47 * near)
            half = width * 0.022 * near
            pen.rectangle((middle - half, base - base * near, middle + half, base), fill=255)
    mask = np.asarray(shapes, np.float32)[..., None] / 255
    return pixels * (1 - mask) + np.array(look.high, np.float32) * 0.4 * mask


def _mirror(look: Look, pixels: Pixels, chance: np.random.Generator) -> Pixels:
    """Still water below the horizon."""
    height, width = pixels.shape[:2]
    edge = int(look.horizon * height)
    rows = np.clip(edge - 1 - np.arange(height - edge), 0, edge - 1)
    swell = (_cloud(chance, width, height - edge) - 0.5) * 0.012 * width
    columns = np.clip(np.arange(width)[None, :] + swell, 0, width - 1).astype(int)
    fade = np.linspace(0.62, 0.22, height - edge)[:, None, None]
    below = pixels[rows[:, None], columns] * fade
    return np.concatenate([pixels[:edge], below.astype(np.float32)])


def _plain(look: Look, pixels: Pixels, y: Pixels) -> Pixels:
    below = np.clip((y - look.horizon) * 400, 0, 1)[..., None]
    depth = np.clip((y - look.horizon) / (1 - look.horizon), 0, 1)[..., None]
    low = np.array(look.low, np.float32)
    return pixels * (1 - below) + low * (0.10 * (1 - depth) ** 2 + 0.012) * below


def _silhouettes(look: Look, pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    shapes = Image.new("L", (width * 2, height * 2))
    pen = ImageDraw.Draw(shapes)
    base = look.horizon * height * 2
    if look.pillar >= 0:
        at = look.pillar * width * 2
        pen.rectangle((at, base * 0.12, at + width * 0.007, base), fill=235)
    if look.figure >= 0:
        at, unit = look.figure * width * 2, height * 0.0023
        feet = base + height * 0.06
        pen.ellipse((at - 6 * unit, feet - 100 * unit, at + 6 * unit, feet - 86 * unit), fill=255)
        coat = [(-8, 86), (8, 86), (13, 60), (15, 22), (-15, 22), (-13, 60)]
        pen.polygon([(at + a * unit, feet - b * unit) for a, b in coat], fill=255)
        for leg in (-7, 2):
            foot = (at + leg * unit, feet - 24 * unit, at + (leg + 5) * unit, feet)
            pen.rectangle(foot, fill=255)
    mask = np.asarray(shapes.resize((width, height), Image.Resampling.BOX), np.float32) / 255
    return pixels * (1 - mask[..., None]) + 0.002 * mask[..., None]


def _finish(look: Look, pixels: Pixels, chance: np.random.Generator) -> Image.Image:
    pixels = np.asarray(pixels, np.float32)
    bright = np.clip(pixels - 0.3, 0, None)
    pixels = (pixels + 0.28 * (_blurred(bright, 12) + _blurred(bright, 48))) * look.exposure
    toned = np.clip(
        (pixels * (2.51 * pixels + 0.03)) / (pixels * (2.43 * pixels + 0.59) + 0.14), 0, 1
    )
    toned *= np.array((1 + 0.12 * look.warmth, 1, 1 - 0.16 * look.warmth), np.float32)
    height, width = toned.shape[:2]
    x, y = _grid(width, height)
    toned *= (1 - 0.35 * np.clip(((x - 0.5) ** 2 + (y - 0.5) ** 2 * 0.5) * 2.4, 0, 1))[..., None]
    if look.grey:
        toned = toned * (1 - look.grey) + toned.mean(2, keepdims=True) * look.grey
    shown = np.clip(toned, 0, 1) ** (1 / 2.2)
    grain = chance.standard_normal((height, width, 1), np.float32) * 0.012
    return Image.fromarray((np.clip(shown + grain, 0, 1) * 255).astype(np.uint8))
