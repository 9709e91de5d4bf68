"""What is in a ZIP that was handed in, without trusting it: names that stay inside, sizes that are
counted while they unpack. Plain values only."""

import struct
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

LARGEST_DIRECTORY = 4 * 1024 * 1024  # bytes of the list of members, some 40,000 of them
_end, _zip64 = b"PK\x05\x06", b"PK\x06\x07"
_end_size, _longest_comment = 22, 0xFFFF


class Unsafe(ValueError):
    """`reason` is "outside" (a name leads out of the archive), "link" (or encrypted), "large" (it
    unpacks to more than may be) or "damaged"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check_directory(file: BinaryIO) -> None:
    """Refuse a list of members that is too long to be read, before it is. Raises Unsafe."""
    size = file.seek(0, 2)
    start = max(0, size - _end_size - _longest_comment)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_end)
    if at < 0 or at + _end_size > len(tail):
        raise Unsafe("damaged")
    (length,) = struct.unpack_from("<L", tail, at + 12)
    if length > LARGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(_zip64):
        raise Unsafe("large")
    file.seek(0)


def members(archive: zipfile.ZipFile) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """The files of an archive, each with its path. Raises Unsafe when one leads out of it."""
    return [checked(member) for member in archive.infolist() if not member.is_dir()]


def checked(member: zipfile.ZipInfo) -> tuple[PurePosixPath, zipfile.ZipInfo]:
    """The member's path, if it stays inside; names are UTF-8 or, from old tools, GB 18030."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = member.filename
    path = PurePosixPath(name)
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\x00" in name or ":" in name:
        raise Unsafe("outside")
    if is_link or member.flag_bits & 0x1:
        raise Unsafe("link")
    return path, member


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member, whatever it says of its size. Raises Unsafe above `most` bytes."""
    if member.file_size > most:
        raise Unsafe("large")
    with archive.open(member) as packed:
        data = packed.read(most + 1)
    if len(data) > most:
        raise Unsafe("large")
    return data
