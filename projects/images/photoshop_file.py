"""Photoshop documents for Pillow: the merged picture of PSD and PSB at 8, 16 and 32 bits.

Pillow's own reader knows PSD at 8 bits alone, and takes a saved selection for transparency. The
layout is Adobe's (Photoshop File Formats Specification, 2019); pixels are unpacked by Pillow's
decoders. Layers are never composed: what Photoshop merged when it saved is what is shown.
"""

import struct
from array import array
from typing import IO, Any, NamedTuple

from PIL import Image, ImageChops, ImageFile, ImagePalette

from .light import light_as_sight

MOST_RESOURCE = 64 * 1024 * 1024
PROFILE, VERSION_INFO = 1039, 1057
# (colour mode, bits) -> Pillow's mode and how many channels it takes.
_MODES = {
    (0, 1): ("1", 1),
    (0, 8): ("L", 1),
    (1, 8): ("L", 1),
    (2, 8): ("P", 1),
    (3, 8): ("RGB", 3),
    (4, 8): ("CMYK", 4),
    (7, 8): ("L", 1),
    (8, 8): ("L", 1),
    (9, 8): ("LAB", 3),
    (1, 16): ("L", 1),
    (3, 16): ("RGB", 3),
    (4, 16): ("CMYK", 4),
    (8, 16): ("L", 1),
    (1, 32): ("L", 1),
    (3, 32): ("RGB", 3),
}


class Head(NamedTuple):
    """The first 26 bytes; `version` is 2 for the large form, PSB."""

    version: int
    channels: int
    height: int
    width: int
    bits: int
    mode: int


class Layout(NamedTuple):
    """Where the section of layers lies and how long it is; the merged picture is behind it."""

    layers: int
    length: int


def read_head(file: IO[bytes]) -> Head:
    """The head of a document; SyntaxError where it is none."""
    raw = file.read(26)
    if len(raw) < 26 or not raw.startswith(b"8BPS"):
        raise SyntaxError("not a Photoshop document")
    head = Head(*struct.unpack(">H6xHIIHH", raw[4:]))
    if head.version not in {1, 2} or not 1 <= head.channels <= 56:
        raise SyntaxError("not a Photoshop document")
    return head


def read_block(file: IO[bytes], form: str = ">I") -> bytes:
    """A block behind its length."""
    return file.read(min(read_number(file, form), MOST_RESOURCE))


def read_number(file: IO[bytes], form: str) -> int:
    """A whole number; OSError at the end of the file."""
    raw = file.read(struct.calcsize(form))
    if len(raw) < struct.calcsize(form):
        raise OSError("the document ends too early")
    return int(struct.unpack(form, raw)[0])


def read_resources(file: IO[bytes]) -> list[tuple[int, bytes, bytes]]:
    """The image resources: (number, name, data)."""
    end = read_number(file, ">I") + file.tell()
    found = []
    while file.tell() + 12 <= end:
        file.seek(4, 1)
        number = read_number(file, ">H")
        length = read_number(file, "B")
        name = file.read(length)
        file.seek((length + 1) % 2, 1)
        size = read_number(file, ">I")
        if file.tell() + size > end:
            break
        found.append((number, name, file.read(size)))
        file.seek(size % 2, 1)
    file.seek(end)
    return found


def read_layout(file: IO[bytes], version: int) -> Layout:
    """Where the layers are; leaves the file at the merged picture."""
    length = read_number(file, ">I" if version == 1 else ">Q")
    start = file.tell()
    file.seek(start + length)
    return Layout(start, length)


class PhotoshopImage(ImageFile.ImageFile):
    """The merged picture. `head`, `resources` and `layout` tell the rest of the document."""

    format = "PSD"
    format_description = "Adobe Photoshop"

    def _open(self) -> None:
        file: Any = self.fp
        self.head = head = read_head(file)
        self.format = "PSD" if head.version == 1 else "PSB"
        mode, needed = _MODES.get((head.mode, head.bits), ("", 0))
        if not mode or needed > head.channels:
            raise SyntaxError(f"no reader for mode {head.mode} at {head.bits} bits")
        self._size = (head.width, head.height)
        palette = read_block(file)
        if mode == "P" and len(palette) >= 768:
            self.palette = ImagePalette.raw("RGB;L", palette[:768])
        self.resources = read_resources(file)
        for number, _name, data in self.resources:
            if number == PROFILE:  # at 32 bits it tells of light, and we have encoded that
                self.info["icc_profile" if head.bits <= 16 else "profile_of_light"] = data
        self.layout = read_layout(file, head.version)
        merged = file.tell()
        if mode == "RGB" and head.channels > 3 and self._is_clear():
            mode, needed = "RGBA", 4
        file.seek(merged)
        self._mode = mode
        self.channels = self._channels(needed)
        if head.bits <= 8:
            self.tile = [
                ImageFile._Tile(packing, (0, 0, *self.size), offset, self._raw(mode, number))
                for number, (packing, offset, _length) in enumerate(self.channels)
            ]

    def _is_clear(self) -> bool:
        """Whether the fourth channel is what the layers leave clear, not a saved selection: the
        number of layers is then negative. Without layers nothing says so."""
        file: Any = self.fp
        start, length = self.layout
        size = 4 if self.head.version == 1 else 8
        if length < size + 2:
            return False
        file.seek(start + size)
        if struct.unpack(">h", file.read(2))[0] < 0:
            return True
        return self.head.bits > 8  # there the layers lie elsewhere

    def _channels(self, needed: int) -> list[tuple[str, int, int]]:
        """(packing, first byte, length in bytes) of each channel."""
        file: Any = self.fp
        packed, start = read_number(file, ">H"), file.tell()
        width, height = self.size
        row = (width * self.head.bits + 7) // 8
        if packed == 0:
            return [
                ("raw", start + number * row * height, row * height) for number in range(needed)
            ]
        if packed != 1:
            raise OSError("the merged picture is packed in a way that is not known")
        form = "H" if self.head.version == 1 else "I"
        counts = array(form)
        counts.frombytes(file.read(counts.itemsize * height * self.head.channels))
        counts.byteswap()
        if len(counts) < height * needed:
            raise OSError("the document ends too early")
        start, found = file.tell(), []
        for number in range(needed):
            length = sum(counts[number * height : (number + 1) * height])
            found.append(("packbits", start, length))
            start += length
        return found

    @staticmethod
    def _raw(mode: str, number: int) -> str:
        if mode == "CMYK":
            return f"{mode[number]};I"
        return mode if len(mode) == 1 else mode[number]

    def load(self) -> Any:
        """Unpack the pixels; those deeper than 8 bits become 8."""
        if self.head.bits > 8 and self.channels:
            bands = [self._band(*channel) for channel in self.channels]
            if self._mode == "CMYK":
                bands = [ImageChops.invert(band) for band in bands]
            self.im = (Image.merge(self._mode, bands) if len(bands) > 1 else bands[0]).im
            self.channels = []
            if getattr(self, "_exclusive_fp", False) and self.fp is not None:
                self.fp.close()
            self.fp = None
        return super().load()

    def _band(self, packing: str, offset: int, length: int) -> Image.Image:
        file: Any = self.fp
        file.seek(offset)
        data = file.read(length)
        if self.head.bits == 16:
            return Image.frombytes("L", self.size, data, packing, "L;16B")
        return light_as_sight(Image.frombytes("F", self.size, data, packing, "F;32BF"))


def is_merged(resources: list[tuple[int, bytes, bytes]]) -> bool:
    """Whether Photoshop saved the merged picture; without it, a white one stands in its place."""
    data = next((body for number, _, body in resources if number == VERSION_INFO), b"")
    return len(data) < 5 or data[4] != 0


def _accept(prefix: bytes) -> bool:
    return prefix.startswith(b"8BPS")


FORMAT = "PHOTOSHOP"
Image.register_open(FORMAT, PhotoshopImage, _accept)
