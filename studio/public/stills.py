"""A picture on its way to the public page: rebuilt from its pixels, so nothing else goes along.

The small copies the studio made itself are the source, never a file from outside. Transparency is
laid on grey (a prompt can hide in the lowest bits of alpha, and WebP would keep those bit for bit),
the pixels are put on a fresh canvas, and the lossy encoder takes what hides in the lowest bits of
colour. What an encoder adds of its own accord (Exif, profiles, comments) has nothing to come from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

GREY = (128, 128, 128)  # the ground of the viewer's tiles as well
QUALITIES = (82, 74, 66, 58, 50)
Sides = tuple[tuple[int, int], ...]
# (longest side in pixels, bytes it may weigh): the largest first.
WIDE: Sides = ((1600, 120_000), (800, 60_000))
CARD: Sides = ((720, 60_000),)
TILE: Sides = ((320, 16_000),)


@dataclass(frozen=True)
class Still:
    """A version that is to be published, in the sizes its place needs."""

    version: int
    sha256: str
    width: int
    height: int
    sides: Sides

    @property
    def key(self) -> list[object]:
        """What tells it from another, without the studio's own ids."""
        return [self.sha256, list(self.sides)]


@dataclass(frozen=True)
class Cleaned:
    """The bytes that may be shown, and their size in pixels."""

    data: bytes
    width: int
    height: int


def source_name(side: int) -> str:
    """The studio's small copy that is large enough for `side`."""
    return "256" if side <= 256 else "1024" if side <= 1024 else "2048"


def cleaned(path: Path, sides: Sides) -> Iterator[Cleaned]:
    """The picture at `path`, one of our own WebP copies, in each size; raises OSError."""
    with Image.open(path, formats=["WEBP"]) as stored:
        pixels = flat(stored)
    done: set[tuple[int, int]] = set()
    for side, most in sides:
        small = fitted(pixels, side)
        if small.size in done:  # it was smaller than both
            continue
        done.add(small.size)
        canvas = Image.frombytes("RGB", small.size, small.tobytes())
        yield Cleaned(encoded(canvas, most), *canvas.size)


def flat(picture: Image.Image) -> Image.Image:
    """Without alpha."""
    if "A" not in picture.getbands():
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    ground = Image.new("RGB", clear.size, GREY)
    ground.paste(clear.convert("RGB"), mask=clear.getchannel("A"))
    return ground


def fitted(picture: Image.Image, side: int) -> Image.Image:
    """With its longer side at most `side`."""
    longer = max(picture.size)
    if longer <= side:
        return picture
    width, height = (max(1, round(length * side / longer)) for length in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def encoded(canvas: Image.Image, most: int) -> bytes:
    """As lossy WebP of the best quality that weighs at most `most` bytes, or of the lowest."""
    data = b""
    for quality in QUALITIES:
        out = BytesIO()
        canvas.save(out, "WEBP", quality=quality, method=4, exact=False)
        data = out.getvalue()
        if len(data) <= most:
            break
    return data
