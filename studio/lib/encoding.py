"""Bytes from elsewhere as text: which encoding they are in, told by the bytes themselves."""

import codecs
import re

from studio.lib.sentence import Sentence

JUDGED = 4000  # characters beside ASCII are enough to tell one encoding from another
# The commonest characters of Chinese prose, simplified and traditional (Da, 2004).
_COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會也你对對生能"
    "日期小类類型备備注註长長她那得着著下自之年过過后後作里裡第"
)
# What a Western text in Windows-1252 has beside ASCII; anything else is a wrong guess.
_WESTERN = frozenset(
    "‘’“”‚„–—…•€£§©®°·«»¡¿ªº½¼¾×ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠŽŸ"
    "ßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœšž\u00a0"
)
_letters_in_a_row = re.compile("[À-ÿ]{3}")
SENTENCES = {
    "utf16": Sentence("The file says it is UTF-16 and is not; save it as UTF-8."),
    "binary": Sentence("The file is not text."),
    "unknown": Sentence("The file's encoding is not known; save it as UTF-8."),
}


class Undecodable(ValueError):
    """The bytes are no text; `reason` is a key of SENTENCES, the message its sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(SENTENCES[reason])


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 with a mark, GB 18030, Big5 or Windows-1252 as text, without a mark.

    Raises Undecodable.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise Undecodable("utf16") from None
        if "\x00" in text:
            raise Undecodable("binary")
        return text
    if b"\x00" in data:
        raise Undecodable("binary")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = _chinese(data) or _western(data)
    if found is None:
        raise Undecodable("unknown")
    return found


def _chinese(data: bytes) -> str | None:
    """Both encodings often fit: the right one gives everyday characters, the wrong one rare ones.

    Both standards keep their everyday characters in a block of their own (GB 2312 level 1,
    Big5 level 1), so the share of characters from that block tells, even for a single word.
    """
    candidates: list[tuple[float, int, int, str]] = []
    for encoding, blocks in (
        ("gb18030", ("gb2312", (0xA1, 0xA9), (0xB0, 0xD7))),
        ("cp950", ("cp950", (0xA1, 0xA3), (0xA4, 0xC6))),
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [char for char in text if not char.isascii()][:JUDGED]
        everyday = sum(_lead(char, blocks[0], *blocks[1:]) for char in foreign)
        common = sum(char in _COMMON for char in foreign)
        candidates.append((everyday / max(1, len(foreign)), common, -len(candidates), text))
    best = max(candidates, default=(0.0, 0, 0, ""))
    return best[3] if best[0] >= 0.5 else None


def _lead(char: str, encoding: str, *blocks: tuple[int, int]) -> bool:
    """Whether the first byte of `char` lies in one of the blocks."""
    try:
        first = char.encode(encoding)[0]
    except UnicodeEncodeError:
        return False
    return any(low <= first <= high for low, high in blocks)


def _western(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text if not char.isascii()]
    known = all(char in _WESTERN for char in foreign)
    # Cyrillic or Greek read as Western gives whole words of accented letters.
    rare = len(foreign) < len(text) / 3 and not _letters_in_a_row.search(text)
    return text if known and rare else None
