"""Bytes on their way in: written once, hashed on the way, durable before anyone is told."""

import fcntl
import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

MOST_WAIT = 7 * 24 * 3600  # seconds
AHEAD = 4 * 1024 * 1024  # bytes that come before the disk is told to begin with them


class Incoming:
    """A file being received in `spool`; its sha256 is known when the last byte is.

    Use as a context manager: what was not moved to its place by `settle` is removed.
    """

    def __init__(self, spool: Path) -> None:
        spool.mkdir(parents=True, exist_ok=True)
        sweep(spool)
        self.size = self._begun = 0
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
        if self.size - self._begun >= AHEAD:
            self._begin_to_sync()

    def _begin_to_sync(self) -> None:
        """Let the disk begin with what came since the last time, so that little is left to wait
        for at the end. It waits for nothing and takes no error away from the fsync then; the
        advice means more than that, but pages that are not on the disk yet stay in memory."""
        if hasattr(os, "posix_fadvise"):
            self._file.flush()
            since = self.size - self._begun
            os.posix_fadvise(self._file.fileno(), self._begun, since, os.POSIX_FADV_DONTNEED)
        self._begun = self.size

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


class Busy(Exception):
    """Somebody else is receiving the same file."""


class Pieces(Incoming):
    """A file that arrives in pieces, under a key of the sender's, and waits between them.

    What has come stays when this is left, until it is settled, dropped, or `MOST_WAIT` old.
    `sha256` is known at once when all came in one piece; else the file is read once more.
    """

    def __init__(self, spool: Path, key: UUID) -> None:
        spool.mkdir(parents=True, exist_ok=True)
        self.path = spool / f"{key.hex}.piece"
        self._note = self.path.with_suffix(".sha256")
        self._file = self.path.open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise Busy from None
        self.size = self._begun = os.fstat(self._file.fileno()).st_size
        self._hash = hashlib.sha256()
        self._in_one = self.size == 0

    @property
    def sha256(self) -> str:
        """The digest of all that has come."""
        if not self._in_one:
            with suppress(OSError, ValueError):
                size, digest = self._note.read_text().split()
                if int(size) == self.size:
                    return digest
            self.flush()
            with self.path.open("rb") as file:
                self._hash = hashlib.file_digest(file, "sha256")
            self._in_one = True
        return self._hash.hexdigest()

    def rest(self) -> None:
        """A piece is here: make it durable, and note the digest of all where it is known."""
        self.flush()
        os.fsync(self._file.fileno())
        if self._in_one:
            self._note.write_text(f"{self.size} {self.sha256}")

    def back_to(self, size: int) -> None:
        """Forget what came after the first `size` bytes."""
        self._file.flush()
        self._file.truncate(size)
        self.size = self._begun = size
        self._in_one = size == 0
        self._hash = hashlib.sha256()

    def discard(self) -> None:
        """Leave it as it is, for the next piece."""
        self._file.close()

    def drop(self) -> None:
        """Remove it."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self._file.close()


def sweep_pieces(spool: Path) -> None:
    """Remove what nobody has gone on with for `MOST_WAIT`."""
    for path in spool.glob("*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > MOST_WAIT:
                path.unlink()


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
