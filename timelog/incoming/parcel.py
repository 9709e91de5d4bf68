"""Several files handed in at once, some of them packed: each is read by itself. Pure."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from studio.lib import packed

from .opendocument import MAIN as OPEN_DOCUMENT
from .record import MOST_ROWS, NotRead, Reading, Wishes
from .spreadsheetml import MAIN as SPREADSHEET

MOST_FILES = 60  # five years by month
LARGEST_TOGETHER = 64 * 1024 * 1024  # bytes, unpacked
# What can be asked of a file, and the wish that answers it.
ASKED = {"zone": "zone", "person": "person", "order": "date_order", "orders": "date_order"}
# What systems put into an archive beside the files.
_litter = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_zip = b"PK\x03\x04"
File = tuple[str, bytes | NotRead]
Read = Callable[[bytes, Wishes, str], Reading]


@dataclass
class Part:
    """One of the files: what was read of it, or why nothing was."""

    name: str
    reading: Reading | None = None
    error: NotRead | None = None


def is_archive(data: bytes) -> bool:
    """Whether it is a ZIP of files: spreadsheets are packed too, and are one file."""
    if not data.startswith(_zip):
        return False
    try:
        packed.check_directory(io.BytesIO(data))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except packed.Unsafe as error:
        return error.reason == "large"
    except Exception:  # damaged: a reader of tables says so
        return False
    return not names & {SPREADSHEET, OPEN_DOCUMENT}


def files_of(files: Iterable[tuple[str, bytes]]) -> Iterator[File]:
    """Each file, and in the place of an archive what is in it, or why it is not taken."""
    number = size = 0
    for name, data in files:
        inside: Iterable[File] = [(name, data)]
        if is_archive(data):
            inside = members(name, data, MOST_FILES - number, LARGEST_TOGETHER - size)
        for each, found in inside:
            number += 1
            size += len(found) if isinstance(found, bytes) else 0
            too_much = number > MOST_FILES or size > LARGEST_TOGETHER
            yield each, NotRead("together", f"{MOST_FILES}") if too_much else found


def members(name: str, data: bytes, most: int, room: int) -> Iterator[File]:
    """The files of an archive, named by the path in it."""
    try:
        packed.check_directory(io.BytesIO(data))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [each for each in packed.members(archive) if not is_litter(each[0])]
            if len(found) > most or sum(member.file_size for _, member in found) > room:
                raise packed.Unsafe("large")
            if not found:
                raise NotRead("no_files")
            for path, member in sorted(found, key=lambda each: each[0]):
                inner = packed.unpacked(archive, member, room)
                room -= len(inner)
                yield f"{name}/{path}", NotRead("packed_twice") if is_archive(inner) else inner
    except NotRead as error:
        yield name, error
    except packed.Unsafe as error:
        about = f"{MOST_FILES}" if error.reason == "large" else ""
        yield name, NotRead(f"packed_{error.reason}", about)
    except Exception:  # a hostile archive raises far more than BadZipFile
        yield name, NotRead("packed_damaged")


def is_litter(path: PurePosixPath) -> bool:
    """Whether a system put it there, not a person."""
    return path.parts[0] in _litter or path.name in _litter or path.name.startswith("._")


def read_all(files: Iterable[File], wishes: Wishes, read: Read) -> list[Part]:
    """Read each file by itself; one that cannot be read changes nothing of the others.

    A wish is heard by those files that ask for it, no others: the order of dates of one file says
    nothing of another. Raises NotRead, named by the file, when one asks what is not answered yet.
    """
    parts, rows = [], 0
    for name, data in files:
        part = Part(name)
        parts.append(part)
        try:
            if isinstance(data, NotRead):
                raise data
            reading = read_one(name, data, wishes, read)
            rows += len(reading.spent)
            if rows > MOST_ROWS:
                rows -= len(reading.spent)
                raise NotRead("rows_together", f"{MOST_ROWS:,}")
            part.reading = of_file(name, reading)
        except NotRead as error:
            error.file = name
            if error.reason in ASKED and not getattr(wishes, ASKED[error.reason]):
                raise
            part.error = error
    return parts


def read_one(name: str, data: bytes, wishes: Wishes, read: Read) -> Reading:
    """Read a file, with those of the wishes that it asks for. Raises NotRead."""
    heard = replace(wishes, date_order="", sheet="", zone="", person="")
    while True:
        try:
            return read(data, heard, PurePosixPath(name).name)
        except NotRead as error:
            wish = ASKED.get(error.reason, "")
            if not wish or getattr(heard, wish) or not getattr(wishes, wish):
                raise
            heard = replace(heard, **{wish: getattr(wishes, wish)})


def of_file(name: str, reading: Reading) -> Reading:
    """The reading, each line of which says what file it is of."""
    reading.spent = [replace(each, file=name) for each in reading.spent]
    reading.refused = [replace(each, file=name) for each in reading.refused]
    reading.left_out = [replace(each, file=name) for each in reading.left_out]
    return reading
