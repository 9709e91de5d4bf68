"""Photoshop documents for tests, written by hand from Adobe's specification."""

import struct

from PIL import Image as Picture

DEPTHS = {8: "B", 16: "H", 32: "f"}


def document(
    bands: list[list[list[float]]],
    *,
    bits: int = 8,
    large: bool = False,
    mode: int = 3,
    packed: bool = False,
    layers: list[bytes] | None = None,
    clear: bool = False,
    resources: bytes = b"",
) -> bytes:
    """A document of `bands`, each rows of values; `layers` are records, lowest first."""
    height, width = len(bands[0]), len(bands[0][0])
    head = b"8BPS" + struct.pack(
        ">H6xHIIHH", 2 if large else 1, len(bands), height, width, bits, mode
    )
    form = ">Q" if large else ">I"
    section = b""
    if layers is not None:
        count = struct.pack(">h", -len(layers) if clear else len(layers))
        info = count + b"".join(layers) + bytes(2 * len(layers))
        info += bytes(-len(info) % 4)
        if bits == 8:
            section = struct.pack(form, len(info)) + info + struct.pack(">I", 0)
        else:
            key = {16: b"Lr16", 32: b"Lr32"}[bits]
            section = struct.pack(form, 0) + struct.pack(">I", 0)
            section += b"8BIM" + key + struct.pack(form, len(info)) + info
    rows = [struct.pack(f">{width}{DEPTHS[bits]}", *row) for band in bands for row in band]
    body = pack(rows, large) if packed else struct.pack(">H", 0) + b"".join(rows)
    return (
        head
        + struct.pack(">I", 0)
        + struct.pack(">I", len(resources))
        + resources
        + struct.pack(form, len(section))
        + section
        + body
    )


def pack(rows: list[bytes], large: bool) -> bytes:
    """PackBits without repeats, which is allowed."""
    packed = [
        b"".join(
            bytes([len(row[at : at + 128]) - 1]) + row[at : at + 128]
            for at in range(0, len(row), 128)
        )
        for row in rows
    ]
    counts = struct.pack(f">{len(rows)}{'I' if large else 'H'}", *map(len, packed))
    return struct.pack(">H", 1) + counts + b"".join(packed)


def resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + bytes(len(data) % 2)


def record(
    name: str,
    *blocks: bytes,
    opacity: int = 255,
    blend: bytes = b"norm",
    hidden: bool = False,
    large: bool = False,
) -> bytes:
    """A layer of no pixels, with one channel."""
    pascal = b"\x01?" + bytes(2)
    words = name.encode("utf-16-be")
    luni = block(b"luni", struct.pack(">I", len(words) // 2) + words)
    extra = struct.pack(">II", 0, 0) + pascal + luni + b"".join(blocks)
    channel = struct.pack(">hQ" if large else ">hI", 0, 2)
    return (
        struct.pack(">4iH", 0, 0, 0, 0, 1)
        + channel
        + b"8BIM"
        + blend
        + bytes([opacity, 0, 2 if hidden else 0, 0])
        + struct.pack(">I", len(extra))
        + extra
    )


def block(key: bytes, data: bytes) -> bytes:
    data += bytes(-len(data) % 4)
    return b"8BIM" + key + struct.pack(">I", len(data)) + data


def divider(kind: int) -> bytes:
    return block(b"lsct", struct.pack(">I", kind))


def flat(colour: tuple[float, ...], size: tuple[int, int] = (40, 30)) -> list[list[list[float]]]:
    return [[[value] * size[0] for _ in range(size[1])] for value in colour]


def gradient(width: int = 256, top: float = 65535) -> list[list[float]]:
    return [[round(top * x / (width - 1)) for x in range(width)] for _ in range(4)]


def opened(data: bytes, path) -> Picture.Image:
    from projects.images.picture import decoded

    path.write_bytes(data)
    return decoded(path)
