"""When a concept came to each of its stages."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .concept import Concept


class StageChange(models.Model):
    """A concept came to a stage."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="changes")
    stage = models.CharField(_("Stage"), max_length=12, choices=Concept.Stage)
    since = models.DateTimeField()

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.concept}: {self.get_stage_display()}"

    def undo(self) -> bool:
        """As if it had not been; False when the concept has moved on since."""
        with transaction.atomic():
            concept = Concept.objects.select_for_update().get(pk=self.concept_id)
            last = list(concept.changes.order_by("-since", "-pk")[:2])
            if len(last) < 2 or last[0].pk != self.pk:
                return False
            self.concept.stage, self.concept.stage_since = last[1].stage, last[1].since
            self.concept.save(update_fields=["stage", "stage_since"])
            self.delete()
            return True
