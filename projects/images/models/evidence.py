"""Versions that show what a test of a tool came to."""

from django.db import models

from projects.tools.models import Trial

from .version import Version


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Which evidence."""

    def of_cell(self, trial: Trial) -> "EvidenceQuerySet":
        """That of all tests of the same capability of the same tool, with what a page shows."""
        same = {"trial__tool": trial.tool_id, "trial__capability": trial.capability_id}
        return self.filter(**same).select_related("version__image").order_by("pk")


class Evidence(models.Model):
    """A version that shows what a test came to."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="evidence")
    version = models.ForeignKey(Version, models.CASCADE, related_name="evidence_of")
    created = models.DateTimeField(auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["trial", "version"], name="a_version_shows_a_test_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.trial}"
