"""Rewrite passes: a book gone through once more, for a purpose."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .structure import Book


class PassQuerySet(models.QuerySet["Pass"]):
    """Which passes."""

    def open_in(self, book: int) -> "PassQuerySet":
        """The one a book is in, if it is in any."""
        return self.filter(book=book, closed=None)


class Pass(models.Model):
    """One time through a book, from its opening to its close. The first draft is pass one."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="passes")
    number = models.PositiveIntegerField()
    purpose = models.CharField(_("Purpose"), max_length=200, blank=True)
    opened = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)

    objects = PassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "passes"
        ordering = ["book", "number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="one_pass_per_number"),
            models.UniqueConstraint(
                fields=["book"], condition=Q(closed=None), name="one_open_pass_per_book"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose or str(self.number)
