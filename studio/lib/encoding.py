"""Bytes from elsewhere as text: which encoding they are in, told by the bytes themselves."""

import codecs

# The commonest characters of Chinese prose, simplified and traditional (Da, 2004).
_COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會也你对對生能"
    "日期小类類型备備注註长長她那得着著下自之年过過后後作里裡第"
)
# What a Western text in Windows-1252 has beside ASCII; anything else is a wrong guess.
_WESTERN = frozenset(
    "‘’“”–—…•€£©®°·«»½¼¾×ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûü\u00a0"
)


class Undecodable(ValueError):
    """The bytes are no text; the message says so in one sentence."""


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 with a mark, GB 18030, Big5 or Windows-1252 as text, without a mark.

    Raises Undecodable.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise Undecodable("The file says it is UTF-16 and is not; save it as UTF-8.") from None
        if "\x00" in text:
            raise Undecodable("The file is not text.")
        return text
    if b"\x00" in data:
        raise Undecodable("The file is not text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = _chinese(data) or _western(data)
    if found is None:
        raise Undecodable("The file's encoding is not known; save it as UTF-8.")
    return found


def _chinese(data: bytes) -> str | None:
    """Both encodings often fit: the right one gives common characters, the wrong one rare ones."""
    candidates = []
    for encoding in ("gb18030", "big5"):
        try:
            candidates.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = max(candidates, key=_commonness, default="")
    return best if _commonness(best) >= 0.06 else None


def _western(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text if not char.isascii()]
    known = all(char in _WESTERN for char in foreign)
    return text if known and len(foreign) < len(text) / 4 else None


def _commonness(text: str) -> float:
    """The share of common characters among the ideographs."""
    ideographs = [char for char in text if "\u3400" <= char <= "\u9fff" or char > "\uffff"]
    strange = sum("\ue000" <= char <= "\uf8ff" for char in text)
    return sum(char in _COMMON for char in ideographs) / max(1, len(ideographs) + strange)
