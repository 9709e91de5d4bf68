"""What was brought in at once."""

from uuid import uuid4

from django.db import models


class ImportBatch(models.Model):
    """One file that was brought in: what it was, and what beside entries it made.

    `made` holds ids of kinds, balances, milestones, intentions and detours; `before` what kinds
    were like that the file had more to say of; `moved` entries that were here and made room, as
    they were before.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    format = models.CharField(max_length=40)
    file = models.CharField(max_length=200, blank=True)
    made = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    moved = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file or self.format
