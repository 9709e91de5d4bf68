"""Rewrite passes: a book gone through once more, for a purpose; and where each scene stands."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studio.lib.text import Counts

from .structure import Book


class PassQuerySet(models.QuerySet["Pass"]):
    """Which passes."""

    def open_in(self, book: int) -> "PassQuerySet":
        """The one a book is in, if it is in any."""
        return self.filter(book=book, closed=None)

    def newest(self) -> "PassQuerySet":
        """Of each book the last one."""
        later = Pass.objects.filter(book=OuterRef("book")).order_by("-number")
        return self.filter(number=Subquery(later.values("number")[:1]))


class Pass(models.Model):
    """One time through a book, from its opening to its close. The first draft is pass one.

    A book without rows is in its first draft. `before` and `after` are its lengths (zishu, words,
    chars) at the opening and at the close.
    """

    book = models.ForeignKey(Book, models.CASCADE, related_name="passes")
    number = models.PositiveIntegerField()
    purpose = models.CharField(_("Purpose"), max_length=200, blank=True)
    opened = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)
    before = models.JSONField(default=list)
    after = models.JSONField(null=True)

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

    @property
    def is_open(self) -> bool:
        """Whether the book is in it."""
        return self.closed is None

    @property
    def length_before(self) -> Counts:
        """The book's length at the opening."""
        return Counts(*self.before)

    @property
    def length_after(self) -> Counts | None:
        """The book's length at the close; None while it is open."""
        return None if self.after is None else Counts(*self.after)


class StandingQuerySet(models.QuerySet["Standing"]):
    """Which standings."""

    def stale(self) -> "StandingQuerySet":
        """Those whose figures are of other words than the scene or the end of the pass has."""
        target = Coalesce(F("end"), F("scene__head"))
        return self.exclude(head=target, seen=F("scene__head"))

    def touched(self) -> "StandingQuerySet":
        """Those where the pass has left a trace."""
        return self.exclude(worked=None, reviewed=None)


class Standing(models.Model):
    """A scene in a pass.

    `start`, `end` and `first` are revisions: what it was at the pass's opening, at its close, and
    at the end of the first draft; 0 where it had no words. `fresh` characters of revision `head`
    are new since `start`; `stands` of the `of` characters of `first` stand in revision `seen`.
    """

    scene = models.ForeignKey("writing.Scene", models.CASCADE, related_name="standings")
    rewrite = models.ForeignKey(Pass, models.CASCADE, related_name="standings")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(null=True)
    worked = models.DateTimeField(null=True)
    reviewed = models.DateTimeField(null=True)
    head = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    first = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    stands = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rewrite", "scene"], name="one_standing_per_pass")
        ]

    def __str__(self) -> str:
        return f"{self.scene_id} in {self.rewrite_id}"

    @classmethod
    def numbers_in(cls, scene: int) -> set[int]:
        """The revisions of a scene that a pass began from or ended with."""
        marks = cls.objects.filter(scene=scene).values_list("start", "end", "first")
        return {number for row in marks for number in row if number}
