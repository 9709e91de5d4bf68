"""The trash: what is in it is out of every list and every count, and comes back whole."""

from datetime import datetime
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

M = TypeVar("M", bound=models.Model)


class StillInTrash(ValueError):
    """What it belongs to is in the trash itself; the message says what to bring back first."""


class Kept(models.Manager[M]):
    """The rows that are not in the trash. `everything` has the others too."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Without the trash."""
        return super().get_queryset().filter(trashed=None)


class Trashable(models.Model):
    """Rows that go to the trash with all that is in them.

    What went there together has the same moment in `trashed`, so that together it comes back;
    what had gone before on its own has another, and stays.
    """

    trashed = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def inside(self) -> list[models.QuerySet[Any]]:
        """All rows that go and come back with this one, those in the trash too."""
        return []

    def within(self) -> "Trashable | None":
        """What it stands in; while that is in the trash this cannot come back."""
        return None

    def trash(self, now: datetime | None = None) -> None:
        """Put it into the trash with all that is in it."""
        moment = now or timezone.now()
        with transaction.atomic():
            locked = self.locked()
            if locked.trashed is None:
                for rows in (*self.inside(), self.rows().filter(pk=self.pk)):
                    rows.filter(trashed=None).update(trashed=moment)
                self.trashed = moment

    def bring_back(self) -> None:
        """Take it out of the trash, with all that went there with it, to where it stood."""
        with transaction.atomic():
            moment = self.locked().trashed
            if moment is None:
                return
            holder = self.within()
            if holder is not None and holder.trashed is not None:
                raise StillInTrash(
                    _("%(title)s is in the trash too; bring it back first.") % {"title": holder}
                )
            for rows in (*self.inside(), self.rows().filter(pk=self.pk)):
                rows.filter(trashed=moment).update(trashed=None)
            self.trashed = None

    def locked(self) -> Self:
        """The row as it is now, held until the transaction ends."""
        return self.rows().select_for_update().get(pk=self.pk)

    @classmethod
    def rows(cls) -> models.QuerySet[Self]:
        """All rows, those in the trash too."""
        return cls._base_manager.all()
