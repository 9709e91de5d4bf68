"""The layers of a Photoshop document as a tree: names and settings, never their pixels.

The records are read by psd-tools, one after another where they lie, and what is behind them is
left alone: a document of a gigabyte costs what its names cost. Layers of 16 and 32 bits lie in a
block of their own behind the section (Adobe, Photoshop File Formats Specification, 2019).
"""

import struct
from pathlib import Path
from typing import IO, Any

from .photoshop_file import (
    Head,
    Layout,
    read_block,
    read_head,
    read_layout,
    read_number,
    read_resources,
)
from .provenance.recipe import text

MOST_LAYERS = 2000
MOST_DEEP = 20
MOST_NAME = 200
_ADJUSTS = {
    *(b"brit", b"levl", b"curv", b"expA", b"vibA", b"hue2", b"hue ", b"blnc", b"blwh", b"phfl"),
    *(b"mixr", b"clrL", b"nvrt", b"post", b"thrs", b"grdm", b"selc"),
}
# What a layer is, by the blocks it carries; the first that is there counts.
_KINDS = (
    ("text", {b"TySh", b"tySh"}),
    ("smart", {b"SoLd", b"SoLE", b"PlLd", b"plLd"}),
    ("adjustment", _ADJUSTS),
    ("fill", {b"SoCo", b"GdFl", b"PtFl"}),
)
_OUTLINES = {b"vmsk", b"vsms"}  # a fill inside one is a shape
_LONG_KEYS = {
    *(b"LMsk", b"Lr16", b"Lr32", b"Layr", b"Mt16", b"Mt32", b"Mtrn", b"Alph", b"FMsk", b"lnk2"),
    *(b"FEid", b"FXid", b"PxSD", b"lnkD", b"lnkE", b"lnk3", b"pths", b"cinf"),
}
Layer = dict[str, Any]


def read(path: Path) -> list[Layer]:
    """The layers at `path`, uppermost first: [{"name", "kind", "visible", "opacity", "blend",
    "layers": those of a group}].

    `kind` is group, text, smart, adjustment, shape, fill or pixels; `opacity` 0 to 100; `blend`
    Photoshop's key of the mode, as "mul". At most `MOST_LAYERS`; [] where there are none. Raises
    anything on a broken document.
    """
    with path.open("rb") as file:
        head = read_head(file)
        read_block(file)
        read_resources(file)
        layout = read_layout(file, head.version)
        count = _find(file, head, layout)
        return _tree(_records(file, head, count)) if count else []


def _find(file: IO[bytes], head: Head, layout: Layout) -> int:
    """How many records there are; leaves the file at the first."""
    form = ">I" if head.version == 1 else ">Q"
    end = layout.layers + layout.length
    file.seek(layout.layers)
    if layout.length < 4:
        return 0
    length = read_number(file, form)
    if length > 2:
        return abs(read_number(file, ">h"))
    file.seek(length, 1)
    file.seek(read_number(file, ">I"), 1)  # the mask of all layers
    while file.tell() + 12 <= end:
        signature, key = struct.unpack(">4s4s", file.read(8))
        if signature not in {b"8BIM", b"8B64"}:
            return 0
        size = read_number(file, ">Q" if head.version == 2 and key in _LONG_KEYS else ">I")
        if key in {b"Lr16", b"Lr32"} and size > 2:
            return abs(read_number(file, ">h"))
        file.seek(size + -size % 4, 1)
    return 0


def _records(file: IO[bytes], head: Head, count: int) -> list[Any]:
    # Here alone: it takes its time to load, and few files are Photoshop's.
    from psd_tools.psd.layer_and_mask import LayerRecord

    return [LayerRecord.read(file, version=head.version) for _ in range(min(count, MOST_LAYERS))]


def _tree(records: list[Any]) -> list[Layer]:
    """Records come from the lowest up; a group's end comes first, its name last."""
    levels: list[list[Layer]] = [[]]
    for record in reversed(records):
        blocks = {
            bytes(getattr(key, "value", key)): each for key, each in record.tagged_blocks.items()
        }
        divider = _divider(blocks)
        if divider == 3:
            if len(levels) > 1:
                levels.pop()
            continue
        layer = _layer(record, blocks)
        levels[-1].append(layer)
        if divider in {1, 2}:
            layer["kind"] = "group"
            layer["layers"] = []
            levels.append(layer["layers"] if len(levels) < MOST_DEEP else levels[-1])
    return levels[0]


def _divider(blocks: dict[bytes, Any]) -> int:
    """1 or 2 for a group, 3 for its lower end, 0 for a layer."""
    block = blocks.get(b"lsct") or blocks.get(b"lsdk")
    kind = getattr(getattr(block, "data", None), "kind", 0)
    return int(getattr(kind, "value", kind) or 0)


def _layer(record: Any, blocks: dict[bytes, Any]) -> Layer:
    unicode_name = getattr(blocks.get(b"luni"), "data", None)
    name = str(getattr(unicode_name, "value", unicode_name) or record.name or "")
    mode = bytes(getattr(record.blend_mode, "value", record.blend_mode))
    kind = next((kind for kind, keys in _KINDS if keys & blocks.keys()), "pixels")
    return {
        "name": text(name, MOST_NAME),
        "kind": "shape" if kind == "fill" and _OUTLINES & blocks.keys() else kind,
        "visible": bool(record.flags.visible),
        "opacity": round(record.opacity / 2.55),
        "blend": mode.decode("ascii", "replace").strip(),
    }
