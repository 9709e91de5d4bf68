"""What is kept of a picture so that two of them can be compared without decoding either again.

The proxy is the picture upright in sRGB, each of its points the mean of a whole number of pixels,
so that its longer side is at most 1024; of an 8K picture it is an eighth. Behind its raw points
stands a check sum for each cell of 128 pixels of the picture itself: where two sums are equal,
nothing was changed, not even the last bit. Made in the limited child, so it knows no Django.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from PIL import Image

SIDE = 1024
CELL = 128
SUM = 4  # bytes of a cell's check sum


class Proxy(NamedTuple):
    """A proxy as it was kept: its points, each a byte for each letter of `mode` (RGB or RGBA), and
    their width and height; the width and height of the picture; and the check sums of its cells,
    row by row, with how the pixels lay that were summed."""

    points: memoryview
    mode: str
    shape: tuple[int, int]
    size: tuple[int, int]
    sums: bytes
    lying: str


def factor(size: tuple[int, int]) -> int:
    """By which whole number a picture of `size` is divided."""
    return -(-max(size) // SIDE)


def reduced(halves: Any, step: int) -> Image.Image:
    """`halves[0]` divided by `step`, from the smallest of its halves that serves."""
    level = 0
    while step % 2 == 0:
        step //= 2
        level += 1
    half: Image.Image = halves[level]
    return half.reduce(step) if step > 1 else half


def sums_of(pixels: Image.Image, boxes: list[tuple[int, int, int, int]]) -> bytes:
    """The check sums of the parts `boxes` of `pixels`; what lies below the clear is not seen."""
    parts = (pixels.crop(box) for box in boxes)
    if pixels.mode == "RGBA":
        parts = (part.convert("RGBa") for part in parts)
    return b"".join(crc32(part.tobytes()).to_bytes(SUM, "big") for part in parts)


def cells(size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """The cells of a picture of `size` as boxes, row by row."""
    width, height = size
    return [
        (left, top, min(left + CELL, width), min(top + CELL, height))
        for top in range(0, height, CELL)
        for left in range(0, width, CELL)
    ]


def lying(pixels: Image.Image, turn: int) -> str:
    """How the pixels lie: only sums of pixels that lie alike can be compared."""
    profile = crc32(pixels.info.get("icc_profile") or b"")
    return f"{pixels.mode} {turn} {profile:08x}"


def read(path: Path, size: tuple[int, int], index: dict[str, Any]) -> Proxy:
    """The proxy at `path`, of `size`, with the index it was kept with; raises OSError,
    ValueError."""
    data = memoryview(path.read_bytes())
    mode: str = index["mode"]
    length = size[0] * size[1] * len(mode)
    if len(data) < length:
        raise ValueError(f"{path} is shorter than its points")
    width, height = index["size"]
    sums = bytes(data[length:])
    return Proxy(data[:length], mode, size, (width, height), sums, index["lying"])


def upright_points(
    halves: Any, convert: Callable[[Image.Image], Image.Image], transpose: Any
) -> Image.Image:
    """The points of the proxy."""
    small = convert(reduced(halves, factor(halves[0].size)))
    return small.transpose(transpose) if transpose is not None else small
