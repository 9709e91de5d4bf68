"""The smaller copies of a picture, made from one decode: a proxy, three thumbs, then tiles.

Runs inside the limited child, so it knows no Django. Halving a picture until it is less than twice
too large, then HAMMING, costs a sixth of LANCZOS from the whole, at 53 dB against it; and the tiles
need those halves too. WebP method 2 is the best size for its time; tiles are JPEG, since WebP costs
several times more.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from projects.images import credentials, inside, likeness, provenance, proxy
from projects.images.picture import (
    TURNS,
    Facts,
    embedded_preview,
    facts_of,
    is_large,
    is_merged,
    load,
    open_picture,
    plain,
    to_screen,
)

THUMBS = (2048, 1024, 256)
TILE = 512
BAND = 256  # rows of a thumb that are made at once
SAID_EVERY = 0.5  # seconds; each word on how far it is becomes a write in the database
GREY = (128, 128, 128)
Made = dict[str, Any]
Convert = Callable[[Image.Image], Image.Image]


def make(path: Path, folder: Path, names: set[str]) -> Iterator[Made]:
    """Make the renditions `names` of the picture at `path` in `folder`, tiles last.

    Yields {"facts": …}, what `recipe` gives, then {"made": name, "width", "height", "size",
    "index"} for each, and {"done": n, "total": n} now and then. Raises Refusal when it cannot be
    read, MemoryError.
    """
    picture = open_picture(path)
    large, halves = is_large(picture), None
    try:
        if not large:
            load(picture)
            halves = Halves(plain(picture))
    except MemoryError:
        large = True
    facts = facts_of(picture)
    yield {"facts": {"format": facts.format, "width": facts.width, "height": facts.height}}
    yield recipe(path, picture, halves)
    if halves is None or not is_merged(picture):
        small = embedded_preview(picture)
        if small is None:
            yield {"large" if large else "unmerged": True}
            return
        halves, picture = Halves(plain(small)), small
    pixels = halves[0]
    pixels.info = picture.info
    convert = to_screen(pixels)
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    tiled = not large and max(pixels.size) > max(THUMBS)
    if "proxy" in names:
        yield proxied(halves, convert, facts, folder, summed=not large)
        halves.forget(first_level(pixels))
    for answer in thumbs(halves, convert, facts.turn, folder, names):
        yield answer | {"index": {"tiles": tiled}}
    if tiled and "tiles" in names:
        yield from tiles(halves, convert, facts.turn, folder)


def recipe(path: Path, picture: Image.Image, halves: "Halves | None" = None) -> Made:
    """What the file says of its making, what is inside it, and how it looks.

    {"recipe": as JSON, {} for nothing, "readers": which, "inside": as `inside.look` gives it,
    "likeness": as in `likeness`, or None}. `halves` are those of `picture` if it is decoded.
    """
    told, seen = None, {}
    # A good picture never fails by what is written beside it (MemoryError is an Exception too).
    with suppress(Exception):
        told = provenance.read(path, facts_of(picture).format, picture if halves else None)
    with suppress(Exception):
        seen = inside.look(path, picture)
        signed = credentials.recipe(seen.get("credentials"))
        told = told.filled_from(signed) if told and signed else told or signed
    return {
        "recipe": told.as_json() if told else {},
        "readers": provenance.READERS,
        "inside": seen,
        "likeness": look(picture, halves) if halves else None,
    }


def look(picture: Image.Image, halves: "Halves") -> int | None:
    """The fingerprint of a decoded picture as it is seen: upright, in sRGB."""
    turn = facts_of(picture).turn
    with suppress(Exception):  # what is odd about a picture is found out where it matters
        pixels = halves[0]
        pixels.info = picture.info
        times = min(pixels.size) // (2 * likeness.SIDE)
        small = to_screen(pixels)(halves.once(max(0, times.bit_length() - 1)))
        return likeness.of(small.transpose(TURNS[turn]) if turn in TURNS else small)
    return None


class Halves:
    """A picture, its half, the half of that and so on, each made when it is first asked for."""

    def __init__(self, pixels: Image.Image, *, kept: bool = True) -> None:
        self.made, self.kept = [pixels], kept

    def __getitem__(self, level: int) -> Image.Image:
        while len(self.made) <= level:
            self.made.append(self.made[-1].reduce(2))
        return self.made[level]

    def forget(self, level: int) -> None:
        """Let go of what is smaller than `level`: cheaply made again, once there is room."""
        del self.made[level + 1 :]

    def once(self, level: int) -> Image.Image:
        """The same, in one step where the halves between are wanted by nobody else."""
        return self[level] if self.kept or not level else self[0].reduce(2**level)


def halves_of(picture: Image.Image) -> Halves | None:
    """Of a decoded picture that is only looked at; None where it is too large to be decoded."""
    return None if is_large(picture) else Halves(plain(picture), kept=False)


def thumbs(
    halves: Halves, convert: Convert, turn: int, folder: Path, names: set[str]
) -> Iterator[Made]:
    """2048, 1024 and 256 on the longer side, never larger than the picture itself."""
    pixels = halves[0]
    level = first_level(pixels)
    first = Image.Resampling.HAMMING if level else Image.Resampling.LANCZOS
    small = convert(fitted(halves[level], THUMBS[0], first))
    if turn in TURNS:
        small = small.transpose(TURNS[turn])
    for side in THUMBS:
        exact = small is pixels or max(pixels.size) <= side
        small = fitted(small, side, Image.Resampling.BICUBIC)
        if str(side) not in names:
            continue
        small.info = {}  # neither profile nor place nor prompt leaves with a thumb
        place = folder / f"{side}.webp"
        with durable(place) as file:
            small.save(file, "WEBP", quality=90 if exact else 80, method=2)
        yield made(str(side), small.size, place)


def first_level(pixels: Image.Image) -> int:
    """Of which of the halves the largest thumb is made."""
    return max(0, (max(pixels.size) // THUMBS[0]).bit_length() - 1)


def fitted(picture: Image.Image, side: int, filtered: Image.Resampling) -> Image.Image:
    """`picture` with its longer side at most `side`.

    Band by band, since what Pillow holds between its two passes is wider than what comes out; a
    band sees beyond its edges, so the points are those of one pass. What is partly clear is
    converted for each call and goes in one.
    """
    longer = max(picture.size)
    if longer <= side:
        return picture
    width, height = (max(1, round(length * side / longer)) for length in picture.size)
    if picture.mode == "RGBA":
        return picture.resize((width, height), filtered)
    small = Image.new(picture.mode, (width, height))
    step = picture.height / height
    for top in range(0, height, BAND):
        bottom = min(top + BAND, height)
        box = (0, top * step, picture.width, min(bottom * step, picture.height))
        small.paste(picture.resize((width, bottom - top), filtered, box), (0, top))
    return small


def proxied(halves: Halves, convert: Convert, facts: Facts, folder: Path, *, summed: bool) -> Made:
    """What two pictures are compared by: see `proxy`; `summed` when these are its own pixels."""
    pixels, turn = halves[0], facts.turn
    size = upright_size(pixels.size, turn)
    points = proxy.upright_points(halves, convert, TURNS.get(turn))
    boxes = [stored_box(box, pixels.size, turn) for box in proxy.cells(size)]
    place = folder / "proxy.bin"
    with durable(place) as file:
        file.write(points.tobytes())
        if summed:
            file.write(proxy.sums_of(pixels, boxes))
    index = {
        "mode": points.mode,
        "lying": proxy.lying(pixels, turn),
        "size": [facts.width, facts.height],
    }
    return made("proxy", points.size, place, index)


def tiles(halves: Halves, convert: Convert, turn: int, folder: Path) -> Iterator[Made]:
    """Tiles of 512 of each level, each level half of the one before, back to back in one file.

    The index says where: {"tile": 512, "levels": [{"width", "height", "cols", "rows",
    "offsets": [first byte of each tile, row by row, and the end]}]}; level 0 is the whole.
    """
    place = folder / "tiles.bin"
    levels: list[dict[str, Any]] = []
    upright = upright_size(halves[0].size, turn)
    total = tile_count(upright)
    count, said = 0, time.monotonic()
    with durable(place) as file:
        while True:
            pixels = halves[len(levels)]
            width, height = upright_size(pixels.size, turn)
            cols, rows = -(-width // TILE), -(-height // TILE)
            offsets = [file.tell()]
            for row in range(rows):
                for col in range(cols):
                    box = (
                        col * TILE,
                        row * TILE,
                        min((col + 1) * TILE, width),
                        min((row + 1) * TILE, height),
                    )
                    file.write(tile(pixels, convert, turn, box))
                    offsets.append(file.tell())
                count += cols
                if time.monotonic() - said > SAID_EVERY:
                    said = time.monotonic()
                    yield {"done": count, "total": total}
            levels.append(
                {"width": width, "height": height, "cols": cols, "rows": rows, "offsets": offsets}
            )
            if max(width, height) <= TILE:
                break
    yield made("tiles", upright, place, {"tile": TILE, "levels": levels})


def tile(pixels: Image.Image, convert: Convert, turn: int, box: tuple[int, int, int, int]) -> bytes:
    """One tile as JPEG; `box` is in the upright picture, `pixels` lie as they were stored."""
    part = convert(pixels.crop(stored_box(box, pixels.size, turn)))
    if turn in TURNS:
        part = part.transpose(TURNS[turn])
    if part.mode == "RGBA":
        flat = Image.new("RGB", part.size, GREY)
        flat.paste(part, mask=part.getchannel("A"))
        part = flat
    part.info = {}
    out = BytesIO()
    part.save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()


def upright_size(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """The size as seen."""
    return (size[1], size[0]) if turn >= 5 else size


def tile_count(size: tuple[int, int]) -> int:
    """How many tiles all levels have together."""
    width, height = size
    count = 0
    while True:
        count += -(-width // TILE) * -(-height // TILE)
        if max(width, height) <= TILE:
            return count
        width, height = -(-width // 2), -(-height // 2)


def stored_box(
    box: tuple[int, int, int, int], stored: tuple[int, int], turn: int
) -> tuple[int, int, int, int]:
    """The box of the stored picture that shows `box` once it is turned upright."""
    left, top, right, bottom = box
    width, height = stored
    return {
        1: (left, top, right, bottom),
        2: (width - right, top, width - left, bottom),
        3: (width - right, height - bottom, width - left, height - top),
        4: (left, height - bottom, right, height - top),
        5: (top, left, bottom, right),
        6: (top, height - right, bottom, height - left),
        7: (width - bottom, height - right, width - top, height - left),
        8: (width - bottom, left, width - top, right),
    }[turn]


def made(name: str, size: tuple[int, int], place: Path, index: Made | None = None) -> Made:
    """What is told of a finished rendition."""
    width, height = size
    bytes_long = place.stat().st_size
    return {
        "made": name,
        "width": width,
        "height": height,
        "size": bytes_long,
        "index": index or {},
    }


def sweep(folder: Path) -> None:
    """Remove what a killed process or a power cut left: whoever still writes holds a lock."""
    for part in folder.glob("*.part"):
        with suppress(OSError), part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def locked(part: Path) -> BinaryIO:
    """A new file that `sweep` leaves alone, also when it looks between its birth and its lock."""
    while True:
        file = part.open("wb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if part.exists():
            return file
        file.close()


@contextmanager
def durable(place: Path) -> Iterator[BinaryIO]:
    """A file that appears at `place` whole or not at all, also after a power cut."""
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with locked(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.replace(place)  # before its lock is given up
    finally:
        part.unlink(missing_ok=True)
    descriptor = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
