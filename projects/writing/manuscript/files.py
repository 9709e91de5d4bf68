"""Files of a source: order, bytes, encoding. Nothing outside the folder is read."""

import re
from pathlib import Path

from studio.lib.encoding import Undecodable, decode
from studio.lib.sentence import Sentence

LARGEST = 64 * 1024 * 1024
MOST_FILES = 5000
_digits = re.compile(r"(\d+|[零〇一二三四五六七八九十百千两]+)")
_han_digits = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_han_units = {"十": 10, "百": 100, "千": 1000}


class Refused(ValueError):
    """A file that cannot be read; the message is the reason, in one sentence."""


def about(name: str, reason: object) -> Sentence:
    """A reason with the name of what it is about before it."""
    return Sentence("%(name)s: %(reason)s", name=name, reason=str(reason))


def han_number(written: str) -> int:
    """十二 -> 12, 一百零八 -> 108, 二〇一 -> 201."""
    if not any(char in _han_units for char in written):
        return int("".join(str(_han_digits[char]) for char in written))
    total, digit = 0, 0
    for char in written:
        if char in _han_units:
            total += (digit or 1) * _han_units[char]
            digit = 0
        else:
            digit = _han_digits[char]
    return total + digit


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key by which 2 stands before 10, and 第九回 before 第十回."""
    key = []
    for piece in _digits.split(name.casefold()):
        if piece.isdigit() and piece.isascii():
            key.append((0, int(piece), ""))
        elif _digits.fullmatch(piece):
            key.append((0, han_number(piece), ""))
        elif piece:
            key.append((1, 0, piece))
    return key


def inside(root: Path, path: Path) -> bool:
    """Whether `path`, links followed, still lies in `root`."""
    return path.resolve().is_relative_to(root.resolve())


def files_below(root: Path, endings: tuple[str, ...]) -> list[Path]:
    """Files with one of `endings` below `root`, in natural order; hidden ones are left out."""
    found = [
        path
        for path in root.rglob("*")
        if path.suffix.lower() in endings
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    return sorted(found, key=lambda path: [natural(part) for part in path.relative_to(root).parts])


def read_text(path: Path) -> str:
    """The text of a file in whichever encoding it came; line ends as LF.

    Raises Refused when it is too large, not text, or in no encoding known here.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(Sentence("The file is larger than 64 MB; split it."))
        data = path.read_bytes()
    except OSError as error:
        why = Sentence("The file cannot be opened (%(why)s).", why=error.strerror)
        raise Refused(why) from None
    try:
        return decode(data).replace("\r\n", "\n").replace("\r", "\n")
    except Undecodable as error:
        raise Refused(str(error)) from None
