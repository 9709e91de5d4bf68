"""How a picture was made, read from its file: one small reader for each tool.

A file may have passed through several tools; the first reader that finds something gives the
recipe, and the others fill what it does not say. Nothing in a file is trusted, and nothing in it
raises: what cannot be understood is not told.
"""

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from PIL import Image

from . import (
    comfyui,
    drawthings,
    easydiffusion,
    fooocus,
    invokeai,
    midjourney,
    novelai,
    photoshop,
    stealth,
    swarmui,
    webui,
)
from .containers import Found, search
from .difference import Change, changes
from .recipe import Lora, Recipe, Step
from .xmp import items

READERS = 3  # raise it when a reader gets better, and every studio reads its pictures again
_IN_ORDER = (
    *(comfyui, swarmui, invokeai, fooocus, novelai, easydiffusion, drawthings, midjourney, webui),
    photoshop,
)
_GRAPHS = {"prompt", "workflow"}

__all__ = ["READERS", "Change", "Lora", "Recipe", "Step", "changes", "read"]


def read(source: Path | bytes, kind: str, pixels: Image.Image | None = None) -> Recipe | None:
    """The recipe in the picture `source` of the format `kind` (Pillow's name of it, as "PNG").

    With `pixels`, the same picture decoded, text hidden in them is found too. Raises OSError when
    the file cannot be read, and MemoryError.
    """
    with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        found = search(file, kind)
    from_xmp(found)
    recipe = read_found(found)
    if pixels is not None and (recipe is None or not recipe.prompt):
        hidden = stealth.read(pixels)
        found.add("stealth", hidden, "hidden in the pixels")
        recipe = read_found(found) if hidden else recipe
    return recipe


def read_found(found: Found) -> Recipe | None:
    """The recipe in texts that were found."""
    whole: Recipe | None = None
    for reader in _IN_ORDER:
        recipe = None
        with suppress(ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
            recipe = reader.read(found)
        if recipe is not None:
            whole = whole.filled_from(recipe) if whole else recipe
    return whole if whole and whole.says_anything else None


def from_xmp(found: Found) -> None:
    """Take out of XMP what other readers look for: ComfyUI's graphs, a description."""
    for item in items(found.get("xmp")):
        if item.name in _GRAPHS and item.value.startswith("{"):
            found.add(item.name, item.value, "XMP")
        elif "description" in item.path and re.search(r"Job ID:", item.value):
            found.add("xmp description", item.value, "XMP")
