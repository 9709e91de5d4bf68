"""A manuscript that comes as an archive: only names and files a manuscript can have."""

import zipfile
from pathlib import Path, PurePosixPath

from studio.lib.sentence import Sentence

from .files import LARGEST, MOST_FILES, Refused

TAKEN = (".md", ".markdown", ".mdown", ".txt", ".text", ".nwd", ".nwx")
MOST_BYTES = 256 * 1024 * 1024


def unpack(archive: Path, folder: Path) -> None:
    """Unpack the texts of `archive` into `folder`. Raises Refused before anything is written
    when a name leads out of it, or when it is damaged, encrypted or too large."""
    try:
        with zipfile.ZipFile(archive) as source:
            members = [check(member) for member in source.infolist() if not member.is_dir()]
            texts = [(path, member) for path, member in members if path.suffix.lower() in TAKEN]
            if len(texts) > MOST_FILES or sum(each.file_size for _, each in texts) > MOST_BYTES:
                raise Refused(Sentence("The archive is too large; bring in one book at a time."))
            for path, member in texts:
                place = folder.joinpath(*path.parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                with source.open(member) as packed:
                    data = packed.read(LARGEST + 1)
                if len(data) > LARGEST:
                    raise Refused(Sentence("%(file)s is larger than 64 MB; split it.", file=path))
                place.write_bytes(data)
    except Refused:
        raise
    except Exception as error:  # a hostile archive raises far more than BadZipFile
        raise Refused(Sentence("The archive is damaged; pack it again.")) from error


def check(member: zipfile.ZipInfo) -> tuple[PurePosixPath, zipfile.ZipInfo]:
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
        raise Refused(Sentence("The archive holds a name that leads out of it; it is not taken."))
    if is_link or member.flag_bits & 0x1:
        raise Refused(Sentence("The archive holds a link or is encrypted; pack it plainly."))
    return path, member
