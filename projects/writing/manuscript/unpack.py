"""A manuscript that comes as an archive: only names and files a manuscript can have."""

import zipfile
from pathlib import Path

from studio.lib import packed
from studio.lib.sentence import Sentence

from .files import LARGEST, MOST_FILES, Refused

TAKEN = (".md", ".markdown", ".mdown", ".txt", ".text", ".nwd", ".nwx")
MOST_BYTES = 256 * 1024 * 1024
WHY = {
    "outside": Sentence("The archive holds a name that leads out of it; it is not taken."),
    "link": Sentence("The archive holds a link or is encrypted; pack it plainly."),
    "large": Sentence("The archive is too large; bring in one book at a time."),
    "damaged": Sentence("The archive is damaged; pack it again."),
}


def unpack(archive: Path, folder: Path) -> None:
    """Unpack the texts of `archive` into `folder`. Raises Refused before anything is written
    when a name leads out of it, or when it is damaged, encrypted or too large."""
    try:
        with archive.open("rb") as file:
            packed.check_directory(file)
        with zipfile.ZipFile(archive) as source:
            members = packed.members(source)
            texts = [(path, member) for path, member in members if path.suffix.lower() in TAKEN]
            if len(texts) > MOST_FILES or sum(each.file_size for _, each in texts) > MOST_BYTES:
                raise packed.Unsafe("large")
            for path, member in texts:
                try:
                    data = packed.unpacked(source, member, LARGEST)
                except packed.Unsafe:
                    raise Refused(
                        Sentence("%(file)s is larger than 64 MB; split it.", file=path)
                    ) from None
                place = folder.joinpath(*path.parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
    except Refused:
        raise
    except packed.Unsafe as error:
        raise Refused(WHY[error.reason]) from error
    except Exception as error:  # a hostile archive raises far more than BadZipFile
        raise Refused(WHY["damaged"]) from error
