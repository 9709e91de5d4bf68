"""Formats that need a package of their own: HEIC, JPEG XL and OpenEXR.

Each is an extra in pyproject.toml, and none is in the house by itself: that of HEIC is under the
GPL, and the others are large. Without it the file is refused by a sentence that names the extra.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image

from .light import light_as_sight

PACKAGES = {"heic": "pillow_heif", "jxl": "imagecodecs", "exr": "OpenEXR", "c2pa": "c2pa"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_JXL = b"\0\0\0\x0cJXL \r\n\x87\n"
MOST_BYTES = 300 * 1024 * 1024


class Missing(Exception):
    """The package of an extra is not installed; the text is the extra's name."""


def needed(start: bytes) -> str:
    """The extra that reads a file which begins with `start` (32 bytes are enough), or nothing."""
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC and b"avif" not in start[8:32]:
        return "heic"
    if start.startswith((b"\xff\x0a", _JXL)):
        return "jxl"
    return "exr" if start.startswith(b"\x76\x2f\x31\x01") else ""


def is_here(extra: str) -> bool:
    """Whether the package of an extra is installed."""
    return find_spec(PACKAGES[extra]) is not None


def opened(path: Path, extra: str) -> Image.Image:
    """The picture at `path`; Missing without the package, anything for a broken file."""
    if not is_here(extra):
        raise Missing(extra)
    return {"heic": _heic, "jxl": _jxl, "exr": _exr}[extra](path)


def _heic(path: Path) -> Image.Image:
    import pillow_heif

    pillow_heif.register_heif_opener()
    picture = Image.open(path, formats=["HEIF"])
    picture.format = "HEIC"
    return picture


def _jxl(path: Path) -> Image.Image:
    import imagecodecs
    import numpy as np

    if path.stat().st_size > MOST_BYTES:
        raise MemoryError
    pixels: Any = imagecodecs.jpegxl_decode(path.read_bytes())
    bits = 8 * pixels.dtype.itemsize
    if pixels.dtype.kind == "f":
        pixels = np.rint(np.nan_to_num(pixels).clip(0, 1) * 255)
    elif bits == 16:
        pixels = np.rint(pixels / 257)
    return _named(Image.fromarray(pixels.squeeze().astype(np.uint8)), "JXL", bits)


def _exr(path: Path) -> Image.Image:
    import numpy as np
    import OpenEXR

    with OpenEXR.File(str(path)) as file:
        channels: Any = file.channels()
        pixels = next(
            (channels[name].pixels for name in ("RGBA", "RGB", "Y") if name in channels), None
        )
        if pixels is None:
            raise ValueError("no channel that is a picture")
        bits = 8 * pixels.dtype.itemsize
        colours = light_as_sight(pixels[..., :3] if pixels.ndim == 3 else pixels)
        if pixels.ndim == 3 and pixels.shape[2] == 4:
            clear = np.nan_to_num(pixels[..., 3].astype(np.float32)).clip(0, 1)
            colours.putalpha(Image.fromarray(np.rint(clear * 255).astype(np.uint8)))
    return _named(colours, "EXR", bits)


def _named(picture: Image.Image, name: str, bits: int) -> Image.Image:
    picture.format = name
    picture.info["bits"] = bits
    return picture
