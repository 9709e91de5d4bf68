"""Analysis copies: both pictures upright, in sRGB, and not longer than 1024 pixels."""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from projects.images.picture import TURNS, orientation, plain, to_screen
from projects.images.proxy import Proxy, cells, factor, lying, sums_of

from .colour import Bytes, Floats

GREY = 128  # what is behind what is clear, as on the page


@dataclass(frozen=True)
class Copy:
    """A picture to analyse: `colours` of shape (h, w, 3), `cover` of (h, w) from 0 clear to 1
    opaque or None where all is opaque, and the `size` (width, height) of the picture itself.

    `sums` are the check sums of its cells and `lying` says of what (see `proxy`); "" for none.
    """

    colours: Bytes
    cover: Floats | None
    size: tuple[int, int]
    sums: bytes = b""
    lying: str = ""

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the copy."""
        return self.colours.shape[1], self.colours.shape[0]

    def at(self, size: tuple[int, int]) -> "Copy":
        """The same with the width and height of `size`."""
        if self.shape == size:
            return self
        colours = Image.fromarray(self.colours).resize(size, Image.Resampling.LANCZOS)
        cover = self.cover
        if cover is not None:
            smaller = Image.fromarray(cover).resize(size, Image.Resampling.BOX)
            cover = np.asarray(smaller, np.float32)
        return replace(self, colours=np.asarray(colours), cover=cover)


def copy_of(picture: Image.Image) -> Copy:
    """The analysis copy of a picture, whatever its mode, its profile and the way it lies."""
    turn = orientation(picture)
    pixels = plain(picture)
    if pixels is not picture:
        pixels.info = picture.info
    convert = to_screen(pixels)
    step = factor(pixels.size)
    small = convert(pixels.reduce(step) if step > 1 else pixels)
    if turn in TURNS:
        small = small.transpose(TURNS[turn])
    size = (picture.height, picture.width) if turn >= 5 else picture.size
    sums = sums_of(pixels, cells(pixels.size)) if turn == 1 else b""
    return replace(of_screen(np.asarray(small), size), sums=sums, lying=lying(pixels, turn))


def of_proxy(kept: Proxy) -> Copy:
    """The analysis copy that a proxy is."""
    width, height = kept.shape
    points = np.frombuffer(kept.points, np.uint8).reshape(height, width, len(kept.mode))
    return replace(of_screen(points, kept.size), sums=kept.sums, lying=kept.lying)


def of_screen(points: Bytes, size: tuple[int, int]) -> Copy:
    """A copy of pixels that are sRGB already, upright, small: of shape (h, w, 3 or 4)."""
    if points.shape[2] == 3:
        return Copy(points, None, size)
    alpha: Floats = points[..., 3:].astype(np.float32) / np.float32(255)
    if alpha.min() == 1:
        return Copy(points[..., :3], None, size)
    seen = points[..., :3] * alpha + GREY * (1 - alpha)
    return Copy((seen + 0.5).astype(np.uint8), alpha[..., 0], size)
