"""Bytes on their way in: written once, hashed on the way, durable before anyone is told."""

import fcntl
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4


class Incoming:
    """A file being received in `spool`; its sha256 is known when the last byte is.

    Use as a context manager: what was not moved to its place by `settle` is removed.
    """

    def __init__(self, spool: Path) -> None:
        spool.mkdir(parents=True, exist_ok=True)
        sweep(spool)
        self.size = 0
        self._hash = hashlib.sha256()
        while True:
            self.path = spool / f"{uuid4().hex}.part"
            self._file = self.path.open("xb")
            fcntl.flock(self._file, fcntl.LOCK_EX)
            if self.path.exists():  # nobody swept it between its birth and its lock
                break
            self._file.close()

    def write(self, chunk: bytes) -> None:
        """Append `chunk`."""
        self._file.write(chunk)
        self._hash.update(chunk)
        self.size += len(chunk)

    @property
    def sha256(self) -> str:
        """The digest of all written so far, 64 hexadecimal digits."""
        return self._hash.hexdigest()

    def flush(self) -> None:
        """Hand all bytes to the operating system, so that others can read the file."""
        self._file.flush()

    def settle(self, place: Path) -> None:
        """Make the bytes durable at `place`: fsync the file, rename it, fsync the folders.

        A name is durable only when its folder is synced, and a new folder only when its parent is
        (measured: without this every recent upload is empty after a power cut).
        """
        self._file.flush()
        os.fsync(self._file.fileno())
        fresh = [folder for folder in (place.parent, *place.parent.parents) if not folder.exists()]
        place.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(place)
        self._file.close()  # not before: with its lock given up, it could be swept
        sync_folder(place.parent)
        for folder in fresh:
            sync_folder(folder.parent)

    def discard(self) -> None:
        """Drop the bytes, unless they have settled."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.discard()


def sweep(spool: Path) -> None:
    """Remove what killed processes were receiving: whoever still receives holds a lock."""
    for part in spool.glob("*.part"):
        with suppress(OSError), part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
