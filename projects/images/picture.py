"""Reading picture files with Pillow: what they are, and pixels a screen can show.

Runs inside the limited child (`decode_child`), so it knows no Django. Nothing here trusts a file.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import (
    ExifTags,
    Image,
    ImageChops,
    ImageCms,
    ImageFile,
    PngImagePlugin,
    UnidentifiedImageError,
)

from projects.images import extras, photoshop_file

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF", photoshop_file.FORMAT)
PHOTOSHOP = {"PSD", "PSB"}
MOST_PIXELS = 100_000_000
MOST_SIDE = 65_535
# How the files of those formats begin.
_STARTS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
# What a JPEG with several pictures calls itself; the first is the picture.
_NAMES = {"MPO": "JPEG"}
# Exif orientation -> what to do to see the picture upright (CIPA DC-008, table 6).
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MERGED_THUMBNAIL = 1036  # image resource of Photoshop: a JPEG behind 28 bytes of header

Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before anything is decoded
ImageFile.LOAD_TRUNCATED_IMAGES = False
# Pillow calls a PNG broken whose text unpacks to more than a megabyte; long graphs do.
PngImagePlugin.MAX_TEXT_CHUNK = 16 * 1024 * 1024


class Refusal(Exception):
    """A file that is no picture for us; the text is one of `empty`, `format`, `photoshop`,
    `broken`, `size`, or the name of the extra that would read it."""


class Facts(NamedTuple):
    """What a picture file says of itself; width and height as seen upright, in pixels."""

    format: str
    width: int
    height: int
    turn: int = 1


def open_picture(path: Path) -> Image.Image:
    """The picture at `path`, not decoded yet; raises Refusal."""
    if path.stat().st_size == 0:
        raise Refusal("empty")
    extra = extras.needed(_start(path))
    try:
        picture = extras.opened(path, extra) if extra else Image.open(path, formats=FORMATS)
    except (MemoryError, KeyboardInterrupt):
        raise
    except extras.Missing as missing:
        raise Refusal(str(missing)) from None
    except UnidentifiedImageError:
        raise Refusal(_unidentified(path)) from None
    except Exception as error:  # the readers raise anything on hostile bytes
        raise Refusal("broken") from error
    width, height = picture.size
    if width < 1 or height < 1 or max(width, height) > MOST_SIDE:
        raise Refusal("size")
    return picture


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(32)


def _unidentified(path: Path) -> str:
    """Why a file was not recognised: it begins like a picture we read, or it is none."""
    start = _start(path)
    if start.startswith(b"8BPS"):
        return "photoshop"
    return "broken" if start.startswith(_STARTS) or start[8:12] == b"WEBP" else "format"


def is_large(picture: Image.Image) -> bool:
    """Whether it is more than we decode."""
    return picture.width * picture.height > MOST_PIXELS


def facts_of(picture: Image.Image) -> Facts:
    """What it says of itself. Ask a picture that is not large after it is decoded: Pillow looks
    for the Exif of a PNG behind its pixels."""
    turn = orientation(picture)
    width, height = picture.size
    if turn >= 5:
        width, height = height, width
    name = picture.format or ""
    return Facts(_NAMES.get(name, name), width, height, turn)


def decoded(path: Path) -> Image.Image:
    """The whole of a picture, only opened where it is large; raises Refusal, MemoryError."""
    picture = open_picture(path)
    try:
        if not is_large(picture):
            load(picture)
    except Refusal:
        picture.close()
        raise
    return picture


def load(picture: Image.Image) -> None:
    """Decode the first frame; raises Refusal."""
    try:
        picture.load()
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise Refusal("broken") from error


def orientation(picture: Image.Image) -> int:
    """The Exif orientation, 1 to 8; 1 when there is none or it is nonsense."""
    if is_large(picture) and "exif" not in picture.info and picture.format == "PNG":
        return 1
    try:
        turn = picture.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # broken Exif does not break the picture
        return 1
    return turn if turn in TURNS else 1


def embedded_preview(picture: Image.Image) -> Image.Image | None:
    """The small picture a large one carries: Photoshop's thumbnail or that of Exif."""
    data = b""
    try:
        if picture.format in PHOTOSHOP:
            resources: list[tuple[int, bytes, bytes]] = getattr(picture, "resources", [])
            data = next((body[28:] for key, _, body in resources if key == _MERGED_THUMBNAIL), b"")
        else:
            data = _exif_thumbnail(picture)
        if not data:
            return None
        small = Image.open(BytesIO(data), formats=["JPEG"])
        small.load()
    except Exception:  # no preview is no misfortune
        return None
    return small


def _exif_thumbnail(picture: Image.Image) -> bytes:
    exif = picture.getexif()
    first = exif.get_ifd(ExifTags.IFD.IFD1)
    start, length = first.get(0x0201), first.get(0x0202)
    raw = picture.info.get("exif", b"")
    if not start or not length or not raw:
        return b""
    body = raw[6:] if raw.startswith(b"Exif\0\0") else raw
    return bytes(body[start : start + length])


def is_merged(picture: Image.Image) -> bool:
    """Whether the pixels are the picture: Photoshop may have saved its layers alone."""
    return photoshop_file.is_merged(getattr(picture, "resources", []))


def plain(picture: Image.Image) -> Image.Image:
    """A decoded picture in a mode that can be reduced: L, RGB, RGBA, CMYK, LAB, I or F."""
    if picture.mode in {"P", "PA"}:
        clear = picture.mode == "PA" or "transparency" in picture.info
        return picture.convert("RGBA" if clear else "RGB")
    if picture.mode == "RGB" and "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in {"LA", "La", "RGBa"}:
        return picture.convert("RGBA")
    if picture.mode.startswith("I;16"):
        picture.info["white"] = 65535  # a dark one must not look like one of 8 bits
        return picture.convert("I")
    if picture.mode in {"RGBX", "YCbCr", "HSV"}:
        return picture.convert("RGB")
    return picture


def to_screen(picture: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """How pixels of `picture` (or of a part or a smaller copy of it) become sRGB, 8 bits.

    The ICC profile inside is used where it can be; 16 bits and floats are scaled, not clipped.
    """
    mode = picture.mode
    if mode in {"I", "F"}:
        return _scaling(picture)
    profile = picture.info.get("icc_profile")
    transform = _transform(profile, mode) if profile or mode == "LAB" else None
    target = "RGBA" if mode == "RGBA" else "RGB"

    def convert(part: Image.Image) -> Image.Image:
        if transform is not None:
            done = ImageCms.applyTransform(part, transform)
            if done is not None:
                part = done
        return part if part.mode == target else part.convert(target)

    return convert


def _transform(profile: bytes | None, mode: str) -> Any:
    """A transform to sRGB, or None where it is sRGB already or the profile is broken."""
    try:
        if mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        else:
            source = ImageCms.ImageCmsProfile(BytesIO(profile or b""))
        if mode == "RGB" and changes_nothing(source):
            return None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return transform_to_screen(source, mode)


def transform_to_screen(source: Any, mode: str) -> Any:
    """A transform of pixels of `mode` from the profile `source` to sRGB; None where it does not
    fit them."""
    try:
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        out = "RGBA" if mode == "RGBA" else "RGB"
        return ImageCms.buildTransform(source, target, mode, out)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def changes_nothing(source: Any) -> bool:
    """Whether a grid of colours comes out as it went in: a profile's name proves nothing."""
    transform = transform_to_screen(source, "RGB")
    if transform is None:
        return False
    steps = range(0, 256, 51)
    colours = bytes(
        value for red in steps for green in steps for blue in steps for value in (red, green, blue)
    )
    grid = Image.frombytes("RGB", (36, 6), colours)
    seen = ImageCms.applyTransform(grid, transform)
    if seen is None:
        return False
    extremes: Any = ImageChops.difference(grid, seen).getextrema()  # one pair a band
    return all(most <= 2 for _, most in extremes)


def _scaling(picture: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """Whole numbers of 16 bits keep their range; anything else is spread from least to most."""
    extremes: Any = picture.getextrema()
    least, most = float(extremes[0]), float(extremes[1])
    if picture.mode == "I" and least >= 0 and most <= 65535:
        least, most = 0.0, float(picture.info.get("white") or (65535 if most > 255 else 255))
    elif picture.mode == "F" and least >= 0 and most <= 1:
        least, most = 0.0, 1.0
    spread = 255 / ((most - least) or 1)
    profile = picture.info.get("icc_profile")
    transform = _transform(profile, "L") if profile else None

    def convert(part: Image.Image) -> Image.Image:
        floats = part.convert("F").point(lambda value: value * spread + (0.5 - least * spread))
        grey = floats.convert("L")
        done = ImageCms.applyTransform(grey, transform) if transform is not None else None
        return done if done is not None else grey.convert("RGB")

    return convert
