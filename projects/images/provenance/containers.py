"""The texts a picture file carries beside its pixels, found without decoding it.

PNG (W3C, third edition, 11.3.3), JPEG (ISO 10918-1, annex B) and WebP (RFC 9649) are walked here,
chunk by chunk and past the pixels, since Pillow sees neither a text behind pixels it did not decode
nor one it holds for too long; the other formats are opened by Pillow. No size a file states is
believed: each text is bounded, raw and inflated, and so are all together.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import Image

from projects.images import photoshop_file

MOST_TEXT = 8 * 1024 * 1024  # bytes of one text, inflated too
MOST_IN_ALL = 24 * 1024 * 1024
MOST_CHUNKS = 300_000
XMP_RESOURCE, EXIF_RESOURCE = 1060, 1058  # of Photoshop files
XMP_TAG = 700
USER_COMMENT, MAKER_NOTE, EXIF_IFD = 0x9286, 0x927C, 0x8769
_READERS = dict.fromkeys(("PSD", "PSB"), photoshop_file.FORMAT) | {"HEIC": "HEIF"}
_NAMED = {0x010E: "ImageDescription", 0x010F: "Make", 0x0110: "Model", 0x0131: "Software"}
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_LONG_XMP_HEAD = b"http://ns.adobe.com/xmp/extension/\0"


class Found:
    """Texts by their keys, with the place of each in words: "PNG parameters", "Exif"."""

    def __init__(self, kind: str = "") -> None:
        self.kind = kind
        self.texts: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.total = 0

    def add(self, key: str, words: str, place: str) -> None:
        """Keep a text, unless it is too long or there is one of that key."""
        words = words.strip("\0 \r\n\t")
        self.total += len(words)
        if words and key not in self.texts and self.total <= MOST_IN_ALL:
            self.texts[key] = words
            self.places[key] = place

    def get(self, key: str) -> str:
        """The text of a key, or nothing."""
        return self.texts.get(key, "")

    def sources(self, *keys: str) -> list[str]:
        """Where those of `keys` stood that are there."""
        return [self.places[key] for key in keys if key in self.places]


def search(file: BinaryIO, kind: str) -> Found:
    """The texts in `file`, a picture of the format `kind` by Pillow's name."""
    found = Found(kind)
    walk = {"PNG": _png, "JPEG": _jpeg, "WEBP": _webp}.get(kind, _by_pillow)
    try:
        walk(file, found)
    except MemoryError:
        raise
    except Exception:  # noqa: S110 (the readers raise anything; what was found before stands)
        pass
    return found


def words_of(raw: bytes) -> str:
    """UTF-8 where it is, though a format says Latin-1; many tools write it all the same."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _png(file: BinaryIO, found: Found) -> None:
    file.seek(8)
    for _ in range(MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            return
        size, kind = struct.unpack(">I4s", head)
        if kind not in {b"tEXt", b"zTXt", b"iTXt", b"eXIf"} or size > MOST_TEXT:
            file.seek(size + 4, 1)
            continue
        body = file.read(size)
        file.seek(4, 1)
        if kind == b"eXIf":
            _exif(body, found)
            continue
        key, _, rest = body.partition(b"\0")
        name = key.decode("latin-1")
        if name == "XML:com.adobe.xmp":
            found.add("xmp", _png_text(kind, rest), "XMP")
        else:
            found.add(name, _png_text(kind, rest), f"PNG {name}")


def _png_text(kind: bytes, rest: bytes) -> str:
    if kind == b"tEXt":
        return words_of(rest)
    if kind == b"zTXt":
        return words_of(inflated(rest[1:]))
    packed = rest[:1] == b"\1"
    _language, _, rest = rest[2:].partition(b"\0")
    _translated, _, rest = rest.partition(b"\0")
    return words_of(inflated(rest) if packed else rest)


def inflated(packed: bytes, *, gzip: bool = False) -> bytes:
    """What was packed; nothing when it is broken or would be too long."""
    unpack = zlib.decompressobj(31 if gzip else 15)
    try:
        raw = unpack.decompress(packed, MOST_TEXT)
    except zlib.error:
        return b""
    return b"" if unpack.unconsumed_tail else raw


def _jpeg(file: BinaryIO, found: Found) -> None:
    longer: list[tuple[int, bytes]] = []
    for marker, body in _segments(file):
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            _exif(body, found)
        elif marker == 0xE1 and body.startswith(_XMP_HEAD):
            found.add("xmp", words_of(body[len(_XMP_HEAD) :]), "XMP")
        elif marker == 0xE1 and body.startswith(_LONG_XMP_HEAD) and len(longer) < 200:
            rest = body[len(_LONG_XMP_HEAD) + 32 :]
            longer.append((struct.unpack(">I", rest[4:8])[0], rest[8:]))
        elif marker == 0xFE:
            found.add("comment", words_of(body), "JPEG comment")
    found.add("long xmp", words_of(b"".join(part for _, part in sorted(longer))), "XMP")


def _segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(marker, body) of what stands before the pixels."""
    file.seek(2)
    for _ in range(5000):
        head = file.read(2)
        while len(head) == 2 and head[1] == 0xFF:
            head = head[1:] + file.read(1)
        if len(head) < 2 or head[0] != 0xFF or head[1] in {0xD9, 0xDA}:
            return
        length = file.read(2)
        if len(length) < 2:
            return
        yield head[1], file.read(max(0, int.from_bytes(length, "big") - 2))


def _webp(file: BinaryIO, found: Found) -> None:
    file.seek(12)
    for _ in range(MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        kind, size = struct.unpack("<4sI", head)
        if kind not in {b"EXIF", b"XMP "} or size > MOST_TEXT:
            file.seek(size + size % 2, 1)
            continue
        body = file.read(size)
        file.seek(size % 2, 1)
        if kind == b"EXIF":
            _exif(body, found)
        else:
            found.add("xmp", words_of(body), "XMP")


def _by_pillow(file: BinaryIO, found: Found) -> None:
    file.seek(0)
    picture = Image.open(file, formats=[_READERS.get(found.kind, found.kind)])
    for number, _name, body in getattr(picture, "resources", []):
        if number == XMP_RESOURCE and len(body) <= MOST_TEXT:
            found.add("xmp", words_of(body), "XMP")
        elif number == EXIF_RESOURCE and len(body) <= MOST_TEXT:
            _exif(body, found)
    tags: Any = getattr(picture, "tag_v2", {})
    for value in (picture.info.get("xmp"), tags.get(XMP_TAG)):
        if isinstance(value, bytes) and len(value) <= MOST_TEXT:
            found.add("xmp", words_of(value), "XMP")
    comment = picture.info.get("comment")
    if isinstance(comment, bytes):
        found.add("comment", words_of(comment[:MOST_TEXT]), "comment")
    _read_exif(picture.getexif(), found)


def _exif(body: bytes, found: Found) -> None:
    """The texts of an Exif block; a broken one is none."""
    exif = Image.Exif()
    try:
        exif.load(body)
        _read_exif(exif, found)
    except MemoryError:
        raise
    except Exception:  # Pillow raises anything on hostile Exif
        return


def _read_exif(exif: Image.Exif, found: Found) -> None:
    for tag, value in list(exif.items())[:200]:
        # Pillow takes a text for Latin-1; the bytes may say otherwise.
        words = words_of(value.encode("latin-1", "replace")) if isinstance(value, str) else ""
        if tag in _NAMED:
            found.add(f"Exif {_NAMED[tag]}", words, "Exif")
        name, colon, rest = words.partition(":")
        if colon and name.strip().casefold() in {"prompt", "workflow"}:  # as ComfyUI does
            found.add(name.strip().casefold(), rest, "Exif")
    inner = exif.get_ifd(EXIF_IFD)
    found.add("Exif UserComment", user_comment(inner.get(USER_COMMENT)), "Exif")
    maker = inner.get(MAKER_NOTE)
    if isinstance(maker, bytes | str):
        found.add("Exif MakerNote", words_of(maker) if isinstance(maker, bytes) else maker, "Exif")


def user_comment(value: Any) -> str:
    """The text of an Exif user comment, whose first eight bytes name its code (CIPA DC-008)."""
    if isinstance(value, str):
        return words_of(value.encode("latin-1", "replace"))
    if not isinstance(value, bytes) or len(value) > MOST_TEXT:
        return ""
    code, rest = value[:8], value[8:]
    if code == b"UNICODE\0":
        if rest[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return rest.decode("utf-16", "replace")
        # Which end comes first is written nowhere: the order that gives more plain letters.
        both = [rest.decode(order, "replace") for order in ("utf-16-be", "utf-16-le")]
        return max(both, key=lambda words: sum(letter < "\u0180" for letter in words[:2000]))
    if code in {b"ASCII\0\0\0", b"JIS\0\0\0\0\0", bytes(8)}:
        return words_of(rest)
    return words_of(value)
