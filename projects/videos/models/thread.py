"""Which films a thread of the world runs through."""

from django.db import models

from projects.worlds.models import Entry

from .concept import Concept


class ThreadLink(models.Model):
    """A film takes up a thread."""

    thread = models.ForeignKey(Entry, models.CASCADE, related_name="film_links")
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="thread_links")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["concept__number"]
        constraints = [models.UniqueConstraint(fields=["thread", "concept"], name="one_link_each")]

    def __str__(self) -> str:
        return f"{self.thread} in {self.concept}"
