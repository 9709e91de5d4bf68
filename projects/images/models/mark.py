"""Marks: a place on a version with something to say, or to do, or to keep as it is."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from projects.images import shapes
from projects.images.places import place_of

from .image import Image
from .version import Version


class MarkQuerySet(models.QuerySet["Mark"]):
    """Which marks."""

    def kept(self) -> "MarkQuerySet":
        """Those that were not taken away."""
        return self.filter(removed=None)

    def of_image(self, image: Image | int) -> "MarkQuerySet":
        """Those of a picture in the order they were made, with what became of each elsewhere."""
        rows = self.kept().filter(version__image=image).order_by("pk")
        return rows.prefetch_related("traces")

    def to_do(self) -> "MarkQuerySet":
        """The to-dos that are not done."""
        return self.kept().filter(kind=Mark.Kind.TODO, done=None)

    def draw(
        self, version: Version, shape: str, points: Sequence[shapes.Point], **said: Any
    ) -> "Mark":
        """Make a mark on a version; it is looked for on the others soon."""
        with transaction.atomic():
            kept = [list(point) for point in points]
            mark = self.create(version=version, shape=shape, points=kept, **said)
            version.image.look_for_marks()
        return mark


class Mark(models.Model):
    """A pin, a box or a stroke on a version, and what it says.

    `points` are shares of the version's own picture, see `shapes`.
    """

    class Shape(models.TextChoices):
        """How it was drawn."""

        PIN = shapes.PIN, _("Pin")
        BOX = shapes.BOX, _("Box")
        STROKE = shapes.STROKE, _("Freehand")

    class Kind(models.TextChoices):
        """What it asks for."""

        NOTE = "note", pgettext_lazy("mark", "Note")
        TODO = "todo", pgettext_lazy("mark", "To-do")
        KEEP = "keep", pgettext_lazy("mark", "Approved")

    version = models.ForeignKey(Version, models.CASCADE, related_name="marks")
    shape = models.CharField(_("Shape"), max_length=6, choices=Shape, default=Shape.PIN)
    points = models.JSONField()
    kind = models.CharField(_("Kind"), max_length=4, choices=Kind, default=Kind.NOTE)
    body = models.TextField(_("Text"), blank=True)
    done = models.DateTimeField(null=True, editable=False)
    removed = models.DateTimeField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["version"],
                condition=Q(kind="todo", done=None, removed=None),
                name="marks_to_do",
            )
        ]

    def __str__(self) -> str:
        return self.body[:60] or str(self.get_kind_display())

    @property
    def is_todo(self) -> bool:
        """Whether it can be ticked off."""
        return self.kind == self.Kind.TODO

    @property
    def is_lock(self) -> bool:
        """Whether later versions are watched for a change of it."""
        return self.kind == self.Kind.KEEP

    @property
    def named(self) -> str:
        """What it is called in a sentence: its first words, else its place."""
        words = self.body.strip().partition("\n")[0]
        if words:
            return gettext("“%s”") % (words if len(words) <= 60 else f"{words[:59]}…")
        return gettext("The area at %s") % place_of(self.middle)

    @property
    def middle(self) -> shapes.Point:
        """The middle of it."""
        return shapes.middle([(x, y) for x, y in self.points])

    def resolve(self) -> None:
        """It is done."""
        self.done = timezone.now()
        self.save(update_fields=["done"])

    def reopen(self) -> None:
        """It is not done yet, after all."""
        self.done = None
        self.save(update_fields=["done"])

    def say(self, body: str, kind: str) -> None:
        """Other words, or another kind; only a to-do can be done."""
        self.body, self.kind = body, kind
        if not self.is_todo:
            self.done = None
        self.save(update_fields=["body", "kind", "done"])

    def redraw(self, shape: str, points: Sequence[shapes.Point]) -> None:
        """It stands elsewhere, so that it has to be found anew on the other versions."""
        with transaction.atomic():
            self.shape, self.points = shape, [list(point) for point in points]
            self.save(update_fields=["shape", "points"])
            self.traces.all().delete()
            self.version.image.look_for_marks()

    def remove(self) -> None:
        """Take it away; it can be brought back."""
        self.removed = timezone.now()
        self.save(update_fields=["removed"])

    def restore(self) -> None:
        """Bring it back; versions may have come in meanwhile."""
        with transaction.atomic():
            self.removed = None
            self.save(update_fields=["removed"])
            self.version.image.look_for_marks()
