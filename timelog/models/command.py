"""What devices told the clock, each command once.

A device that has no network keeps its commands and sends them later, perhaps twice. Each has a key
that the device made; a key that is known here was done, also when its entry is gone since.
"""

from uuid import UUID

from django.db import models


class ClockCommandQuerySet(models.QuerySet["ClockCommand"]):
    """Which commands."""

    def known(self, key: UUID | None) -> "ClockCommand | None":
        """The one of this key, if it was done."""
        return self.select_related("entry__kind").filter(key=key).first() if key else None


class ClockCommand(models.Model):
    """One start or stop, as a device told it."""

    class Verb(models.TextChoices):
        """What the clock was told."""

        START = "start"
        STOP = "stop"

    key = models.UUIDField(primary_key=True)
    verb = models.CharField(max_length=5, choices=Verb)
    at = models.DateTimeField()
    entry = models.ForeignKey(
        "timelog.TimeEntry", models.SET_NULL, null=True, related_name="commands"
    )
    received = models.DateTimeField(auto_now_add=True)

    objects = ClockCommandQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M:%S}"
