"""Words worked: what was inserted and deleted by hand, day by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Sum

from studio.lib.text import Counts

UNITS = ("zishu", "words", "chars")
COLUMNS = tuple(f"{what}_{unit}" for what in ("inserted", "deleted") for unit in UNITS)


@dataclass(frozen=True)
class Work:
    """How much was inserted and how much deleted, in one unit."""

    inserted: int = 0
    deleted: int = 0


class Worked(models.Model):
    """What a row inserted and deleted, in all three units."""

    inserted_zishu = models.PositiveIntegerField(default=0)
    inserted_words = models.PositiveIntegerField(default=0)
    inserted_chars = models.PositiveIntegerField(default=0)
    deleted_zishu = models.PositiveIntegerField(default=0)
    deleted_words = models.PositiveIntegerField(default=0)
    deleted_chars = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def inserted(self) -> Counts:
        """What came."""
        return Counts(self.inserted_zishu, self.inserted_words, self.inserted_chars)

    @inserted.setter
    def inserted(self, counts: Counts) -> None:
        self.inserted_zishu, self.inserted_words, self.inserted_chars = counts

    @property
    def deleted(self) -> Counts:
        """What went."""
        return Counts(self.deleted_zishu, self.deleted_words, self.deleted_chars)

    @deleted.setter
    def deleted(self, counts: Counts) -> None:
        self.deleted_zishu, self.deleted_words, self.deleted_chars = counts

    def work_in(self, unit: str) -> Work:
        """Both in one of the units zishu, words, chars."""
        return Work(self.inserted.of(unit), self.deleted.of(unit))


class EffortQuerySet(models.QuerySet["Effort"]):
    """Which days of work."""

    def since(self, day: date) -> "EffortQuerySet":
        """That day and later ones."""
        return self.filter(day__gte=day)

    def sums(self, unit: str, *by: str) -> "models.QuerySet[Effort, tuple[Any, ...]]":
        """(…by, inserted, deleted) in one unit, summed for each value of `by`, in its order."""
        summed: models.QuerySet[Any, Any] = self.order_by(*by).values(*by).annotate(**added(unit))
        return summed.values_list(*by, "came", "went")

    def total(self, unit: str) -> Work:
        """All of it."""
        found: Mapping[str, int | None] = self.aggregate(**added(unit))
        return Work(found["came"] or 0, found["went"] or 0)


def added(unit: str) -> dict[str, Sum]:
    """The two sums in one unit, as `came` and `went`."""
    return {"came": Sum(f"inserted_{unit}"), "went": Sum(f"deleted_{unit}")}


class Effort(Worked):
    """A day's work on a scene, within a pass. It stays with its book when the scene goes."""

    day = models.DateField()
    book = models.ForeignKey("writing.Book", models.CASCADE, related_name="efforts")
    scene = models.ForeignKey("writing.Scene", models.SET_NULL, null=True, related_name="efforts")
    rewrite = models.ForeignKey("writing.Pass", models.SET_NULL, null=True, related_name="efforts")

    objects = EffortQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scene", "day", "rewrite"], name="one_effort_a_day")
        ]
        indexes = [
            models.Index(fields=["book", "day"], name="effort_of_book"),
            models.Index(fields=["day"], name="effort_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.scene_id}"

    @classmethod
    def credit(cls, revision: Any, book: int, day: date) -> None:
        """Add a revision's work to its day, in its transaction; the scene's row must be locked."""
        if not (revision.is_credited and any((*revision.inserted, *revision.deleted))):
            return
        work = {column: getattr(revision, column) for column in COLUMNS}
        where = {"day": day, "scene_id": revision.scene_id, "rewrite_id": revision.rewrite_id}
        rows = cls.objects.filter(**where, book=book)
        more = {column: F(column) + number for column, number in work.items()}
        first = rows.order_by("pk").values("pk")[:1]
        if not cls.objects.filter(pk__in=first).update(**more):
            cls.objects.create(**where, book_id=book, **work)
