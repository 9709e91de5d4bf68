"""Where words stand: rows derived from everything that can be found, made again when they differ.

Beside each row lie its tokens, in a table that SQLite reads with FTS5 and PostgreSQL as a tsvector
(`words`). Nothing here is backed up.
"""

from django.db import models


class Place(models.Model):
    """A title, or a passage of a text, of one thing."""

    kind = models.CharField(max_length=12)
    target = models.BigIntegerField()
    is_title = models.BooleanField()
    start = models.PositiveIntegerField(default=0)
    stamp = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["kind", "target"], name="place_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target} {self.start}"
