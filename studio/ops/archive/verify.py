"""Check an archive of Throughline with nothing but Python: python3 verify.py ARCHIVE.zip.

The comment at the end of the ZIP is the SHA-256 of all bytes before it; SHA256SUMS inside names
the digest of each member. This file travels inside every archive, so it imports nothing of ours.
"""

import hashlib
import sys
import zipfile
from pathlib import Path

MARK = b"sha256:"
TAIL = len(MARK) + 64
CHUNK = 1024 * 1024
SUMS = "SHA256SUMS"


def problems(path: Path) -> list[str]:
    """What is wrong with the archive at `path`, a sentence each; nothing when it is whole."""
    try:
        if not _is_sealed(path):
            return _inside(path) or [
                f"{path.name} was changed or cut off after it was written; use another copy."
            ]
    except OSError as error:
        return [f"{path} cannot be read ({error.strerror})."]
    return _inside(path)


def _is_sealed(path: Path) -> bool:
    """Whether the file's own digest is the one in its comment."""
    size = path.stat().st_size
    if size < TAIL:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = size - TAIL
        while left:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                return False
            digest.update(chunk)
            left -= len(chunk)
        return file.read() == MARK + digest.hexdigest().encode()


def _inside(path: Path) -> list[str]:
    """Members that are missing, damaged or not named in the list of checksums."""
    found: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = read_sums(archive)
            there = {info.filename for info in archive.infolist()} - {SUMS}
            found += [f"{name} is missing." for name in sorted(wanted.keys() - there)]
            found += [f"{name} does not belong here." for name in sorted(there - wanted.keys())]
            for name in sorted(there & wanted.keys()):
                if digest_of(archive, name) != wanted[name]:
                    found.append(f"{name} is damaged.")
    except Exception as error:  # a damaged ZIP raises far more than BadZipFile
        found.append(f"{path.name} is no archive that can be opened ({type(error).__name__}).")
    return found


def read_sums(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name to digest, from the list inside."""
    sums: dict[str, str] = {}
    for line in archive.read(SUMS).decode().splitlines():
        digest, _, name = line.partition("  ")
        sums[name] = digest
    return sums


def digest_of(archive: zipfile.ZipFile, name: str) -> str:
    """The SHA-256 of a member as it is now; a word that is no digest when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except Exception:  # whatever a damaged member raises: it is damaged
        return "unreadable"
    return digest.hexdigest()


if __name__ == "__main__":
    wrong = problems(Path(sys.argv[1]))
    print("\n".join(wrong) or "The archive is whole.")
    sys.exit(1 if wrong else 0)
