"""What is inside a picture file: its colours, their depth, frames, layers, ids and credentials.

Runs inside the limited child, so it knows no Django. It is told apart from the recipe because it
holds for every file, also for one nobody generated.
"""

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageCms

from projects.images import credentials, layers
from projects.images.picture import PHOTOSHOP, changes_nothing, is_merged, transform_to_screen
from projects.images.provenance.containers import Found, search
from projects.images.provenance.identity import identity
from projects.images.provenance.recipe import text

MOST_COUNTED = 50 * 1024 * 1024  # bytes; frames of a longer file are not counted, but said
_SPACES = {
    **dict.fromkeys(("1", "L", "LA", "La", "I", "F"), "grey"),
    **dict.fromkeys(("P", "PA"), "palette"),
    "CMYK": "cmyk",
    "LAB": "lab",
}
_EXIF_IFD, _COLOUR_SPACE = 0x8769, 0xA001


def look(path: Path, picture: Image.Image) -> dict[str, Any]:
    """Of the file at `path`, opened as `picture`: what it says, without what it does not.

    {"space": rgb, grey, palette, cmyk or lab; "bits": of each channel; "profile": as `profile`
    gives it; "frames": more than one; "layers": as `layers.read` gives them; "unmerged": True;
    "ids": as `Identity.as_json` gives them; "credentials": as `credentials.read` gives them}
    """
    kind = picture.format or ""
    said: dict[str, Any] = {"space": _SPACES.get(picture.mode.split(";")[0], "rgb")}
    for name, ask in (("bits", depth), ("profile", profile), ("frames", frames)):
        # One fact that cannot be had keeps no other out; the readers raise anything.
        with suppress(Exception):
            if value := ask(path, picture):
                said[name] = value
    with suppress(Exception), path.open("rb") as file:
        found = search(file, "JPEG" if kind == "MPO" else kind)
        said |= told(path, found)
    if kind in PHOTOSHOP:
        with suppress(Exception):
            said["layers"] = layers.read(path)
        said["unmerged"] = not is_merged(picture)
    return {name: value for name, value in said.items() if value}


def told(path: Path, found: Found) -> dict[str, Any]:
    """The ids in its XMP, and its Content Credentials."""
    return {"ids": identity(found).as_json(), "credentials": credentials.read(path, found.kind)}


def depth(path: Path, picture: Image.Image) -> int:
    """Bits of each channel; 0 where the file does not say."""
    head = getattr(picture, "head", None)
    if head is not None:
        return int(head.bits)
    if picture.format == "PNG":
        with path.open("rb") as file:
            return file.read(25)[24]
    if picture.format == "TIFF":
        bits = getattr(picture, "tag_v2", {}).get(258, (1,))
        return int(max(bits) if isinstance(bits, tuple) else bits)
    if picture.format == "AVIF":
        with path.open("rb") as file:
            return avif_depth(file)
    if "bits" in picture.info or "bit_depth" in picture.info:
        return int(picture.info.get("bits") or picture.info["bit_depth"])
    return 8


def avif_depth(file: BinaryIO) -> int:
    """Bits of a channel by the pixel information box (ISO 23008-12, 6.5.6); 0 without one."""
    start = file.read(65536)
    at = start.find(b"pixi")
    return max(start[at + 9 : at + 9 + start[at + 8]], default=0) if at > 0 else 0


def frames(path: Path, picture: Image.Image) -> int:
    """How many pictures the file holds, where it is more than the one shown; else 0.

    Layers are no frames, and what a phone adds to its JPEG (MPO) is no second picture.
    """
    if picture.format in {*PHOTOSHOP, "MPO", "JPEG", "HEIC"}:
        return 0
    if not getattr(picture, "is_animated", False):
        return 0
    if picture.format == "GIF" and path.stat().st_size > MOST_COUNTED:
        return 2
    return int(getattr(picture, "n_frames", 0))


def profile(path: Path, picture: Image.Image) -> dict[str, Any]:
    """The colour profile: {"name", "srgb": whether it changes nothing, "broken": True}; {} for
    none. A broken one is not used, so it has no name worth telling."""
    data = picture.info.get("icc_profile") or picture.info.get("profile_of_light")
    if not data:
        return {"name": "sRGB", "srgb": True} if _says_srgb(picture) else {}
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(data))
        name = text(ImageCms.getProfileDescription(source), 100)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return {"broken": True}
    mode = "RGB" if picture.mode in {"RGB", "RGBA", "P", "PA", "RGBX"} else picture.mode
    mode = "L" if mode.startswith(("I", "F", "1")) or mode in {"LA", "La"} else mode
    if "profile_of_light" not in picture.info and transform_to_screen(source, mode) is None:
        return {"name": name, "broken": True}
    same = mode == "RGB" and changes_nothing(source)
    return {"name": name, "srgb": same} if same else {"name": name}


def _says_srgb(picture: Image.Image) -> bool:
    """Whether another word in the file says sRGB: the chunk of a PNG, or Exif."""
    if "srgb" in picture.info:
        return True
    if picture.format not in {"JPEG", "MPO", "WEBP", "TIFF"}:
        return False
    return bool(picture.getexif().get_ifd(_EXIF_IFD).get(_COLOUR_SPACE) == 1)
