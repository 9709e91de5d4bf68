"""What changed between two pictures, found once for each pair of files and kept."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.functional import cached_property

from projects.images import proxy
from projects.images.renditions import durable
from projects.images.tasks import compare
from studio.store.models import Blob, Job, about

from .rendition import Rendition, rendition_path
from .version import Version

ANALYSER = 1  # raise it when projects.images.difference gets better: kept results are made anew
if TYPE_CHECKING:
    from projects.images.difference import Mask

Box = tuple[float, float, float, float]
Point = tuple[float, float]


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Which comparisons, and how they come to be."""

    def between(self, a: Version, b: Version) -> "Comparison":
        """What changed from version `a` to version `b`; a worker is asked where it is unknown."""
        found = self.filter(a=a.blob_id, b=b.blob_id).select_related("a", "b").first()
        if found is None:
            found = self._new(a, b)
        found.see_to_it()
        return found

    def _new(self, a: Version, b: Version) -> "Comparison":
        try:
            with transaction.atomic():
                return self.create(a=a.blob, b=b.blob)
        except IntegrityError:  # somebody else asked in the same moment
            return self.select_related("a", "b").get(a=a.blob_id, b=b.blob_id)

    def of_blob(self, blob: Blob) -> "ComparisonQuerySet":
        """Those in which a file takes part."""
        return self.filter(Q(a=blob) | Q(b=blob))


class Comparison(models.Model):
    """What changed from one file to another; can always be made again.

    The result is that of `difference.Analysis.as_json`.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        READY = "ready"
        DIFFERENT = "different"  # another framing, or another picture
        UNABLE = "unable"  # one of the two cannot be read

    a = models.ForeignKey(Blob, models.CASCADE, related_name="compared_as_a")
    b = models.ForeignKey(Blob, models.CASCADE, related_name="compared_as_b")
    analyser = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    result = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="one_comparison_for_each_pair")
        ]

    def __str__(self) -> str:
        return f"{self.a} to {self.b}: {self.state}"

    @property
    def is_current(self) -> bool:
        """Whether it was made by today's analyser and all of it is there."""
        if self.analyser != ANALYSER or self.state == self.State.WAITING:
            return False
        return self.state != self.State.READY or (
            self.mask_path.exists() and self.heat_path.exists()
        )

    @property
    def is_ready(self) -> bool:
        """Whether the areas are known."""
        return self.state == self.State.READY

    @property
    def matrix(self) -> tuple[float, ...] | None:
        """Six numbers that take A's relative points to B's; None where they are not known."""
        found = self.result.get("matrix") if self.is_ready else None
        return tuple(found) if found else None

    def carried(self, point: Point) -> Point | None:
        """Where a relative point of A lies in B, maybe outside 0..1; None where not known."""
        if self.matrix is None:
            return None
        a, b, c, d, e, f = self.matrix
        x, y = point
        return a * x + b * y + c, d * x + e * y + f

    def share_changed(self, box: Box) -> float | None:
        """Which share (0..1) of a box x, y, w, h of A was changed; None where not known."""
        from projects.images.difference.heat import share_of

        return None if self._mask is None else share_of(self._mask, box)

    @cached_property
    def _mask(self) -> "Mask | None":
        """The kept mask, read once; None where there is none."""
        from projects.images.difference.heat import read_mask

        try:
            return read_mask(self.mask_path) if self.is_ready else None
        except OSError:
            return None

    # --- how it is made -------------------------------------------------------------------
    def see_to_it(self) -> None:
        """Ask a worker for what is not known, unless one has been asked."""
        if self.is_current:
            return
        if self.state != self.State.WAITING:
            self.state, self.result = self.State.WAITING, {}
            self.save(update_fields=["state", "result"])
        if not Job.objects.about("comparison", self.pk).unfinished().exists():
            with about(f"comparison:{self.pk}"):
                compare.enqueue(self.pk)

    def make(self) -> None:
        """Find it now; slow."""
        from projects.images.difference import analyse_copies, of_proxy
        from projects.images.difference.heat import heat, mask_picture

        for blob, kept in zip((self.a, self.b), self.proxies(), strict=True):
            if kept is None:
                Version.objects.derive(blob.pk)  # an older picture has none yet
        proxies = self.proxies()
        if None in proxies:
            self.settle(self.State.UNABLE, {})
            return
        copies = [of_proxy(each) for each in proxies if each is not None]
        found = analyse_copies(*copies)
        if found.matrix is None:
            self.settle(self.State.DIFFERENT, found.as_json())
            return
        self.mask_path.parent.mkdir(parents=True, exist_ok=True)
        for path, drawn in (
            (self.mask_path, mask_picture(found.mask)),
            (self.heat_path, heat(found)),
        ):
            with durable(path) as file:
                drawn.save(file, "PNG")
        self.settle(self.State.READY, found.as_json())

    def first_look(self) -> dict[str, Any]:
        """What is seen at once, as a part of a result; {} where nothing can be said yet."""
        from projects.images.difference import look, of_proxy

        one, other = self.proxies()
        found = look(of_proxy(one), of_proxy(other)) if one and other else None
        return found.as_json() if found else {}

    def settle(self, state: "Comparison.State", result: dict[str, Any]) -> None:
        """Keep what came out."""
        self.state, self.result, self.analyser = state, result, ANALYSER
        self.save(update_fields=["state", "result", "analyser"])

    def proxies(self) -> list[proxy.Proxy | None]:
        """What both files are compared by; None for what is not there."""
        blobs = {blob.pk: blob for blob in (self.a, self.b)}
        found: dict[int, proxy.Proxy] = {}
        for row in Rendition.objects.filter(blob__in=blobs, name="proxy"):
            row.blob = blobs[row.blob_id]
            with suppress(OSError, ValueError):
                size = row.width, row.height
                found[row.blob_id] = proxy.read(row.path, size, row.index)
        return [found.get(self.a_id), found.get(self.b_id)]

    @property
    def mask_path(self) -> Path:
        """The mask, one bit a pixel, in A's frame."""
        return self._beside("mask")

    @property
    def heat_path(self) -> Path:
        """The heat map, in A's frame."""
        return self._beside("heat")

    def _beside(self, name: str) -> Path:
        folder = rendition_path(self.a.sha256, "256").parent
        return folder / f"{name}-{self.b.sha256[:32]}.png"
