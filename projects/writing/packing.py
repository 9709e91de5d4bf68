"""Revisions kept small: a few in full, the others as what changed since one of those.

A full text is a zlib stream (RFC 1950) of its UTF-8. A delta says which stretches of a full text,
the keyframe, are copied and what is put between them, after Tichy's string-to-string correction
with block moves (1984), found at the ends of sentences. What is put in stands in a raw deflate
stream whose dictionary is what was left out, so a sentence with one word changed costs little
more than the word. A delta never leans on a delta: any text is read from at most two rows.
"""

import re
import zlib
from collections.abc import Iterator

SHORTEST = 4  # characters; what is shorter is cheaper to repeat than to point at
WINDOW = 32_768  # bytes; deflate looks no further back
WORTH = 2  # times the keyframe: what number of deltas times the newest may come to
PLACES = 8  # of a piece that stands in many, so that a refrain costs no more than a sentence

_PIECE = re.compile(r"[^。！？.!?\n]*[。！？.!?\n]+|[^。！？.!?\n]+")
Copy = tuple[int, int, str]  # (start and length in the keyframe, what comes after)


def pack(text: str) -> bytes:
    """`text` in full."""
    return zlib.compress(_bytes(text))


def unpack(packed: bytes) -> str:
    """The text that `pack` was given."""
    return _text(zlib.decompress(packed))


def pack_delta(text: str, keyframe: str) -> bytes:
    """`text` as what changed since `keyframe`."""
    copies = list(_copies(keyframe, text))
    head = bytearray(_number(len(copies)))
    for start, length, put in copies:
        head += _number(start) + _number(length) + _number(len(put))
    literals = _bytes("".join(put for _, _, put in copies))
    deflate = zlib.compressobj(wbits=-15, zdict=_left_out(keyframe, copies))
    return bytes(head) + deflate.compress(literals) + deflate.flush()


def unpack_delta(packed: bytes, keyframe: str) -> str:
    """The text that `pack_delta` was given, from the same keyframe."""
    at, numbers = 0, []
    many, at = _read_number(packed, at)
    for _ in range(3 * many):
        number, at = _read_number(packed, at)
        numbers.append(number)
    copies = list(zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True))
    dictionary = _left_out(keyframe, [(start, length, "") for start, length, _ in copies])
    inflate = zlib.decompressobj(wbits=-15, zdict=dictionary)
    literals = _text(inflate.decompress(packed[at:]) + inflate.flush())
    parts: list[str] = []
    read = 0
    for start, length, put in copies:
        parts += keyframe[start : start + length], literals[read : read + put]
        read += put
    return "".join(parts)


def unpacked(packed: bytes, keyframe: bytes | None) -> str:
    """The text of a row: a delta when the row has a keyframe, else in full."""
    return unpack(packed) if keyframe is None else unpack_delta(packed, unpack(keyframe))


def is_worth_it(delta: int, full: int, before: int) -> bool:
    """Whether a delta of `delta` bytes is better than a new keyframe.

    `full` are the bytes of the keyframe, `before` the deltas that lean on it already. A text drifts
    away evenly, so all deltas together come to about half of number times newest; a new keyframe
    costs least when that has come to the size of a keyframe.
    """
    return delta < full and delta * (before + 1) <= WORTH * full


def _copies(old: str, new: str) -> Iterator[Copy]:
    """How `new` is put together from stretches of `old`; joined, they give `new`."""
    head = common_head(old, new)
    tail = common_tail(old[head:], new[head:])
    start, length, put = 0, head, ""
    for at, size, text in _matches(old[head : len(old) - tail], new[head : len(new) - tail]):
        if not size:
            put += text
        elif not put and head + at == start + length:
            length += size
        else:
            yield start, length, put
            start, length, put = head + at, size, ""
    yield start, length, put
    if tail:
        yield len(old) - tail, tail, ""


def _matches(old: str, new: str) -> Iterator[Copy]:
    """Piece by piece: (place in `old`, length, "") of one that stands there, else (0, 0, piece)."""
    where: dict[str, list[int]] = {}
    for found in _PIECE.finditer(old) if new else ():
        if found.end() - found.start() >= SHORTEST:
            places = where.setdefault(found.group(), [])
            if len(places) < PLACES:
                places.append(found.start())
    follows = 0
    for piece in _PIECE.findall(new):
        if old.startswith(piece, follows):
            at = follows
        elif piece in where:
            at = min(where[piece], key=lambda place: abs(place - follows))
        else:
            yield 0, 0, piece
            continue
        yield at, len(piece), ""
        follows = at + len(piece)


def common_head(old: str, new: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_tail(old: str, new: str) -> int:
    """How many characters both end with."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _left_out(keyframe: str, copies: list[Copy]) -> bytes:
    """The stretches of the keyframe that are nowhere copied, the last WINDOW bytes of them."""
    gaps, reached = [], 0
    for start, length, _ in sorted(copies):
        if start > reached:
            gaps.append(keyframe[max(reached, start - WINDOW) : start])
        reached = max(reached, start + length)
    gaps.append(keyframe[max(reached, len(keyframe) - WINDOW) :])
    return _bytes("".join(gaps))[-WINDOW:]


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; all but the last byte have the high bit set (LEB128)."""
    said = bytearray()
    while value > 127:
        said.append(value & 127 | 128)
        value >>= 7
    said.append(value)
    return bytes(said)


def _read_number(packed: bytes, at: int) -> tuple[int, int]:
    """A number, and where the next one begins."""
    value = shift = 0
    while True:
        byte = packed[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(packed: bytes) -> str:
    return packed.decode("utf-8", "surrogatepass")
