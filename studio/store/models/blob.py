"""Bytes, kept once under the name of their content."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models

from studio.store.spool import Incoming

CHUNK = 1024 * 1024


class BlobQuerySet(models.QuerySet["Blob"]):
    """Ways in."""

    def keep(self, chunks: Iterable[bytes]) -> tuple["Blob", bool]:
        """Keep the bytes of `chunks`; the same bytes are never stored twice.

        Returns the blob and whether it is new. When this returns, the bytes are durable.
        """
        with Incoming(settings.STUDIO_DATA / "spool") as incoming:
            for chunk in chunks:
                incoming.write(chunk)
            return self.keep_incoming(incoming)

    def keep_file(self, path: Path) -> tuple["Blob", bool]:
        """Keep a copy of the file at `path`."""
        with path.open("rb") as file:
            return self.keep(iter(lambda: file.read(CHUNK), b""))

    def keep_incoming(self, incoming: Incoming) -> tuple["Blob", bool]:
        """Keep what has been received whole."""
        place = place_of(incoming.sha256)
        # A file of the right name but the wrong length is what a broken disk leaves: write it anew.
        if not place.exists() or place.stat().st_size != incoming.size:
            incoming.settle(place)
        return self.get_or_create(sha256=incoming.sha256, defaults={"size": incoming.size})


class Blob(models.Model):
    """One string of bytes. Never changed, never renamed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    created = models.DateTimeField(auto_now_add=True)
    # When a second copy was proven to lie in the bucket (`remote`); empty where there is none.
    stored_remotely = models.DateTimeField(null=True, editable=False, db_index=True)

    objects = BlobQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        """Where the bytes lie on the disk."""
        return place_of(self.sha256)


def place_of(sha256: str) -> Path:
    """The file of the bytes with this digest."""
    return Path(settings.STUDIO_DATA) / "blobs" / sha256[:2] / sha256[2:4] / sha256
