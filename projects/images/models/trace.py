"""What became of each mark on the other versions of its picture; found by a worker and kept."""

from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.images import following
from projects.images.following import fate

from .comparison import ANALYSER, Comparison
from .image import Image
from .mark import Mark
from .version import Version

MADE_BY = 10 * ANALYSER + following.NUMBER  # places found by others are found anew


class TraceQuerySet(models.QuerySet["Trace"]):
    """Which traces."""

    def follow(self, image_pk: int) -> None:
        """Find every mark of a picture on its other versions, where the two have been compared.

        Where they have not, a worker is asked to, and this is done again after it.
        """
        of_image = self.filter(mark__version__image=image_pk)
        of_image.exclude(version__image=image_pk).delete()  # a version went to another picture
        shown = Version.objects.with_previews().filter(image=image_pk)
        versions = list(shown.select_related("blob"))
        by_pk = {version.pk: version for version in versions}
        pairs: dict[tuple[int, int], Comparison] = {}
        for mark in Mark.objects.of_image(image_pk):
            known = {trace.version_id for trace in mark.traces.all() if trace.made_by == MADE_BY}
            marked = by_pk.get(mark.version_id)
            for version in versions:
                if marked is None or version is marked or version.pk in known:
                    continue
                pair = (marked.pk, version.pk)
                if pair not in pairs:
                    pairs[pair] = Comparison.objects.between(marked, version)
                self._find(mark, marked, version, pairs[pair])

    def look_again(self, comparison: Comparison) -> None:
        """Two files have been compared: look for the marks of pictures that have both."""
        marked = Version.objects.filter(
            blob=comparison.a_id, marks__isnull=False, image__versions__blob=comparison.b_id
        )
        for image in Image.objects.filter(pk__in=marked.values("image")):
            image.look_for_marks()

    def _find(self, mark: Mark, marked: Version, version: Version, pair: Comparison) -> None:
        """Keep what became of a mark on one version, if that is known."""
        if pair.state == pair.State.WAITING:
            return
        found: dict[str, Any] = {"verdict": Trace.Verdict.UNKNOWN, "points": [], "share": 0.0}
        if pair.state != pair.State.UNABLE:
            points = [(x, y) for x, y in mark.points]
            size = (marked.width, marked.height)
            found = fate(mark.shape, points, size, pair.matrix, pair.share_changed)._asdict()
        found |= {"floor": (pair.result.get("floor") or {}).get("distance", 0.0)}
        self.update_or_create(mark=mark, version=version, defaults=found | {"made_by": MADE_BY})

    def outdated(self) -> "TraceQuerySet":
        """Those that were found by older rules."""
        return self.exclude(made_by=MADE_BY)

    def later(self) -> "TraceQuerySet":
        """Those on versions after the one that was marked; of what is kept of both."""
        return self.filter(
            mark__removed=None,
            version__state=Version.State.KEPT,
            version__number__gt=F("mark__version__number"),
            version__image=F("mark__version__image"),
        )

    def broken(self) -> "TraceQuerySet":
        """Where a later version changed what was approved, and nobody said that it is meant so."""
        return self.later().filter(
            mark__kind=Mark.Kind.KEEP,
            settled=None,
            verdict__in=[Trace.Verdict.CHANGED, Trace.Verdict.GONE],
        )

    def overpainted(self) -> "TraceQuerySet":
        """Those of them whose place was seen to be changed, and not only lost from sight."""
        return self.broken().filter(verdict=Trace.Verdict.CHANGED)

    def addressed(self) -> "TraceQuerySet":
        """Where a later version changed the place of a to-do that is open."""
        return self.later().filter(
            mark__kind=Mark.Kind.TODO, mark__done=None, verdict=Trace.Verdict.CHANGED
        )


class Trace(models.Model):
    """A mark's place on another version: its outline there, and what became of it."""

    class Verdict(models.TextChoices):
        """What became of the place."""

        UNTOUCHED = following.UNTOUCHED, pgettext_lazy("place", "untouched")
        CHANGED = following.CHANGED, pgettext_lazy("place", "changed")
        GONE = following.GONE, pgettext_lazy("place", "gone")
        UNKNOWN = "unknown", _("cannot be compared")

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="traces")
    version = models.ForeignKey(Version, models.CASCADE, related_name="traces")
    verdict = models.CharField(max_length=9, choices=Verdict)
    points = models.JSONField(default=list)
    share = models.FloatField(default=0)
    # The colour difference (ΔE) below which nothing could be seen on this pair.
    floor = models.FloatField(default=0)
    made_by = models.PositiveSmallIntegerField(default=0)
    # When the author said that what changed is meant so.
    settled = models.DateTimeField(null=True, editable=False)

    objects = TraceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "version"], name="a_mark_stands_once_on_each")
        ]
        indexes = [
            models.Index(
                fields=["mark"],
                condition=models.Q(verdict__in=["changed", "gone"], settled=None),
                name="traces_lost",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mark}: {self.verdict}"

    @property
    def is_broken(self) -> bool:
        """Whether its version came later and changed what was approved: see `broken`."""
        lost = self.verdict in (self.Verdict.CHANGED, self.Verdict.GONE)
        return lost and self.is_later and self.mark.is_lock and self.settled is None

    @property
    def is_later(self) -> bool:
        """Whether its version came after the marked one, and was not set aside: see `later`."""
        is_kept = self.version.state == Version.State.KEPT
        return is_kept and self.version.number > self.mark.version.number

    def settle(self) -> None:
        """The change is meant so: no warning any more."""
        self.settled = timezone.now()
        self.save(update_fields=["settled"])

    def unsettle(self) -> None:
        """Warn again."""
        self.settled = None
        self.save(update_fields=["settled"])
