"""A second place for originals: an S3 bucket, written by the worker and never waited for.

A page never depends on it: what is uploaded is durable on this machine first. The worker then
stores each original under the SHA-256 of its bytes and reads it back to prove it. Where a disk
budget is set, proven originals may leave the disk, the oldest first, and are fetched again when
they are asked for. All calls have short limits: with the library's own, a silent server holds a
process for minutes (measured).
"""

import hashlib
import logging
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from studio.store.models import Blob, Setting
from studio.store.spool import Incoming
from studio.store.unreachable import Unreachable

__all__ = ["Keeper", "Unreachable", "chunks_of", "fetch", "is_set", "make_room", "state", "store"]

log = logging.getLogger(__name__)
CHUNK = 1024 * 1024
SOON, LATER = 5.0, 30.0  # seconds between tries: at first, and while it keeps failing
AT_A_TIME = 20  # originals stored before other work gets its turn
STATE = "storage.remote"


def is_set() -> bool:
    """Whether there is a bucket."""
    return bool(settings.S3["bucket"])


def name_of(sha256: str) -> str:
    """The key of an original."""
    return f"originals/{sha256[:2]}/{sha256}"


def store(blob: Blob) -> None:
    """Store one original and prove that it is there whole. Raises Unreachable."""
    from studio.store import bucket

    name = name_of(blob.sha256)
    bucket.write(name, blob.path)
    if digest_of(bucket.read(name)) != blob.sha256:
        raise Unreachable(f"The bucket gave other bytes back for {blob}; it is stored again.")
    Blob.objects.filter(pk=blob.pk).update(stored_remotely=timezone.now())


def chunks_of(blob: Blob) -> Iterator[bytes]:
    """Its bytes, from the disk or, when they have left it, from the bucket. Raises Unreachable."""
    if blob.path.exists():
        with blob.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
        return
    if not is_set() or not blob.stored_remotely:
        raise Unreachable(f"The original {blob} is missing from this disk; run doctor.")
    from studio.store import bucket

    yield from bucket.read(name_of(blob.sha256))


def fetch(blob: Blob) -> Path:
    """Its file on this disk, brought back when it had left. Raises Unreachable."""
    if blob.path.exists():
        return blob.path
    with Incoming(settings.STUDIO_DATA / "spool") as incoming:
        for chunk in chunks_of(blob):
            incoming.write(chunk)
        if incoming.sha256 != blob.sha256:
            raise Unreachable(f"The bucket gave other bytes back for {blob}; run doctor.")
        incoming.settle(blob.path)
    return blob.path


def digest_of(chunks: Iterable[bytes]) -> str:
    """The SHA-256 of all of them."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


class Keeper:
    """Stores what is not stored yet, a few at a time; waits longer while that fails."""

    def __init__(self) -> None:
        self.due, self.pause = 0.0, SOON

    def turn(self) -> bool:
        """Do some when it is time; whether there may be more to do at once."""
        if not is_set() or time.monotonic() < self.due:
            return False
        waiting = list(Blob.objects.filter(stored_remotely=None).order_by("pk")[:AT_A_TIME])
        try:
            for blob in waiting:
                if blob.path.exists():
                    store(blob)
            make_room()
        except Unreachable as error:
            log.warning("%s", error)
            note(str(error))
            self.due, self.pause = time.monotonic() + self.pause, min(LATER, 2 * self.pause)
            return False
        if waiting:
            note("")
        self.pause = SOON
        self.due = 0.0 if len(waiting) == AT_A_TIME else time.monotonic() + SOON
        return bool(waiting)


def note(trouble: str) -> None:
    """Remember for the settings page how it went last."""
    Setting.write(STATE, {"trouble": trouble, "at": timezone.now().isoformat()})


def state() -> dict[str, Any]:
    """For the settings page: how many are stored, of how many, and what went wrong last."""
    known = Setting.read(STATE, {})
    return {
        "set": is_set(),
        "bucket": settings.S3["bucket"],
        "stored": Blob.objects.exclude(stored_remotely=None).count(),
        "all": Blob.objects.count(),
        "trouble": known.get("trouble", ""),
    }


def make_room() -> int:
    """Let proven originals leave the disk, the oldest first, until the budget holds; how many."""
    budget: int = settings.S3["disk_budget"]
    if not budget:
        return 0
    here = [(blob, blob.path) for blob in Blob.objects.order_by("pk") if blob.path.exists()]
    used = sum(blob.size for blob, _ in here)
    left = 0
    for blob, path in here:
        if used <= budget:
            break
        if blob.stored_remotely:
            path.unlink(missing_ok=True)
            used -= blob.size
            left += 1
    return left
