"""What became of each mark on the other versions of its picture; found by a worker and kept."""

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.images import following

from .image import Version
from .mark import Mark


class TraceQuerySet(models.QuerySet["Trace"]):
    """Which traces."""

    def later(self) -> "TraceQuerySet":
        """Those on versions after the one that was marked, of marks that are kept."""
        return self.filter(
            mark__removed=None,
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
    made_by = models.PositiveSmallIntegerField(default=0)
    # When the author said that what changed is meant so.
    settled = models.DateTimeField(null=True, editable=False)

    objects = TraceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "version"], name="a_mark_stands_once_on_each")
        ]

    def __str__(self) -> str:
        return f"{self.mark}: {self.verdict}"

    @property
    def is_broken(self) -> bool:
        """Whether its version came later and changed what was approved: see `broken`."""
        lost = self.verdict in (self.Verdict.CHANGED, self.Verdict.GONE)
        later = self.version.number > self.mark.version.number
        return lost and later and self.mark.is_lock and self.settled is None

    def settle(self) -> None:
        """The change is meant so: no warning any more."""
        self.settled = timezone.now()
        self.save(update_fields=["settled"])

    def unsettle(self) -> None:
        """Warn again."""
        self.settled = None
        self.save(update_fields=["settled"])
