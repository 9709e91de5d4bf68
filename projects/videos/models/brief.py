"""What a brief said: one kept state after the other."""

from django.db import models, transaction

from .concept import Concept


class BriefRevision(models.Model):
    """A state of a concept's brief."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="brief_revisions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "number"], name="one_brief_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.concept}: {self.number}"

    @classmethod
    def keep(cls, concept: Concept, text: str) -> "BriefRevision | None":
        """Let the brief say `text` from now on; None when it says so already.

        A brief from before there were revisions becomes the first of them.
        """
        text = text.replace("\r\n", "\n").strip()
        with transaction.atomic():
            locked = Concept.objects.select_for_update().get(pk=concept.pk)
            last = locked.brief_revisions.first()
            if last is None and locked.brief and locked.brief != text:
                last = locked.brief_revisions.create(number=1, text=locked.brief)
            if (last.text if last else "") == text:
                return None
            concept.brief = text
            concept.save(update_fields=["brief"])
            number = last.number + 1 if last else 1
            kept: BriefRevision = locked.brief_revisions.create(number=number, text=text)
            return kept
