"""What was brought in at once."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import pgettext


class ImportBatch(models.Model):
    """A file that was brought in, or several at once: what it was, what beside entries it made.

    `file` holds the name of each file, a line each; `made` ids of kinds, balances, milestones,
    intentions and detours; `before` what kinds were like that the file had more to say of; `moved`
    entries that were here and made room, as they were before.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    format = models.CharField(max_length=40)
    file = models.CharField(max_length=200, blank=True)
    made = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    moved = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.called or self.format

    @property
    def called(self) -> str:
        """The names of its files, as the language of the page lists them."""
        return pgettext("between names", ", ").join(self.file.split("\n"))

    def note_moved(self, moved: list[dict[str, Any]]) -> None:
        """Add entries that made room (see making_room), but for its own, which go with it; of one
        that made room before, how it was at first."""
        noted = {each["was"]["id"]: each for each in self.moved}
        for each in moved:
            first = noted.get(each["was"]["id"], each)
            if first["was"]["batch"] != str(self.pk):
                noted[each["was"]["id"]] = {"was": first["was"], "left": each["left"]}
        self.moved = list(noted.values())
