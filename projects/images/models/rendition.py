"""The smaller copies of a picture: derived, so they can always be made again."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import models, transaction

from projects.images import child
from studio.store.models import Blob, progress

THUMBS = ("256", "1024", "2048")


class RenditionQuerySet(models.QuerySet["Rendition"]):
    """Which copies, and how they come to be."""

    def are_whole(self, blob: Blob) -> bool:
        """Whether all copies of `blob` are there, on the disk too."""
        return not self.missing(blob)

    def missing(self, blob: Blob) -> set[str]:
        """The names of the copies still to be made; tiles only where the picture is large."""
        there = {row.name: row for row in self.filter(blob=blob) if row.is_whole}
        missing = set(Rendition.NAMES) - there.keys()
        smallest = there.get("2048")
        if smallest is not None and not smallest.index.get("tiles", True):
            missing.discard("tiles")
        return missing

    def are_since(self, blob: Blob, since: float) -> bool:
        """Whether all copies are whole and were written after `since`, in seconds of the epoch."""
        rows = list(self.filter(blob=blob).select_related("blob"))
        if self.missing(blob) or not rows:
            return False
        return all(row.path.stat().st_mtime >= since for row in rows)

    def make(self, blob: Blob, *, anew: bool = False) -> Iterator[child.Answer]:
        """Make what is missing, from one decode; thumbs are there as soon as they are made.

        With `anew` make all: each is replaced by its whole successor, so that pages never miss it.

        Yields {"facts": …}, {"made": name} for each, {"large": True}, {"unmerged": True} or
        {"refused": reason}.
        Raises child.Interrupted when it was stopped from outside.
        """
        names = set(Rendition.NAMES) if anew else self.missing(blob)
        if not names:
            return
        folder = rendition_path(blob.sha256, "256").parent
        held: list[child.Answer] = []
        try:
            for answer in child.make(blob.path, folder, names):
                if "made" in answer:
                    held.append(answer)
                    if answer["made"] in THUMBS[1:] or answer["made"] == "proxy":
                        continue  # the smallest comes in a moment: one commit for all of them
                    yield from self._keep(blob, held)
                elif "done" in answer:
                    progress(answer["done"], answer["total"])
                else:
                    yield answer
            yield from self._keep(blob, held)
        except child.TooSlow:
            yield {"refused": "slow"}

    def _keep(self, blob: Blob, held: list[child.Answer]) -> list[child.Answer]:
        """Note what was made; gives it out of `held`."""
        kept = held[:]
        held.clear()
        with transaction.atomic():
            for answer in kept:
                fields = {name: answer[name] for name in ("width", "height", "size", "index")}
                self.update_or_create(blob=blob, name=answer["made"], defaults=fields)
        return kept


class Rendition(models.Model):
    """A smaller copy of a blob's picture, its tiles or its proxy; can always be made again.

    The index of the tiles is described in `renditions.tiles`, that of the proxy (what pictures are
    compared by) in `renditions.proxied`; that of a thumb is empty, but {"tiles": false} on the
    2048 of a picture that needs no tiles.
    """

    NAMES = (*THUMBS, "tiles", "proxy")

    blob = models.ForeignKey(Blob, models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=8)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    index = models.JSONField(default=dict, blank=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "name"], name="one_rendition_each")]

    def __str__(self) -> str:
        return f"{self.blob} {self.name}"

    @property
    def path(self) -> Path:
        """Where it lies."""
        return rendition_path(self.blob.sha256, self.name)

    @property
    def is_whole(self) -> bool:
        """Whether the file is there in its full length."""
        path = self.path
        return path.exists() and path.stat().st_size == self.size


def rendition_path(sha256: str, name: str) -> Path:
    """The file of one rendition of the picture with this digest."""
    folder = Path(settings.STUDIO_DERIVED) / sha256[:2] / sha256
    return folder / (f"{name}.webp" if name in THUMBS else f"{name}.bin")
