"""Remarks and to-dos on words of a scene; they stand beside the text and never count as words."""

from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .anchored import Anchored
from .scene import Scene
from .structure import Book


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Which remarks."""

    def kept(self) -> "RemarkQuerySet":
        """Those that were not taken away."""
        return self.filter(removed=None)

    def beside(self, scene: Scene) -> "RemarkQuerySet":
        """Those of a scene as they stand beside its text: in its order, what is done among them."""
        return self.kept().filter(scene=scene).order_by("start", "end", "pk")

    def of_book(self, book: Book) -> "RemarkQuerySet":
        """Those of a book, in the order a reader meets their words; each with scene and chapter."""
        scenes = Scene.objects.select_related("chapter").defer("source_lines")
        rows = self.kept().filter(scene__chapter__book=book)
        # A scene's text is read once, however many remarks there are on it.
        return rows.prefetch_related(Prefetch("scene", scenes)).order_by(
            F("scene__chapter__part__position").asc(nulls_first=True),
            "scene__chapter__position",
            "scene__chapter",
            "scene__position",
            "scene",
            "start",
            "pk",
        )

    def open(self) -> "RemarkQuerySet":
        """Those that are not ticked off."""
        return self.filter(done=None)

    def showing(self, which: str) -> "RemarkQuerySet":
        """A choice of the list: todos and remarks that are open, done or lost; else all open."""
        return self.filter(SHOWN.get(which, SHOWN["open"]))

    def tally(self) -> dict[str, int]:
        """How many each choice shows, in one query."""
        counts = {f"n_{name}": Count("pk", filter=shown) for name, shown in SHOWN.items()}
        found = self.order_by().aggregate(**counts)
        return {name: found[f"n_{name}"] for name in SHOWN}


class Remark(Anchored):
    """A remark or a to-do: on a passage, or without a quote on the whole scene."""

    class Kind(models.TextChoices):
        """What it asks for."""

        REMARK = "remark", pgettext_lazy("kind", "Remark")
        TODO = "todo", pgettext_lazy("kind", "To-do")

    scene = models.ForeignKey(Scene, models.CASCADE, related_name="remarks")
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind, default=Kind.REMARK)
    body = models.TextField()
    done = models.DateTimeField(null=True, editable=False)
    source_key = models.CharField(max_length=300, blank=True, db_index=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.body[:60]

    @classmethod
    def numbers_in(cls, scene: int) -> "models.QuerySet[Remark, int]":
        """The revisions of a scene that its remarks were made on."""
        return cls.objects.filter(scene=scene).values_list("revision", flat=True)

    @property
    def is_todo(self) -> bool:
        """Whether it can be ticked off."""
        return self.kind == self.Kind.TODO

    def tick(self, done: bool = True) -> None:
        """It is done; or not yet, after all."""
        self.done = timezone.now() if done else None
        self.save(update_fields=["done"])

    def say(self, body: str, kind: str) -> None:
        """Other words, or the other kind."""
        self.body, self.kind = body, kind
        self.save(update_fields=["body", "kind"])


_open = Q(done=None)
SHOWN = {
    "open": _open,
    "todos": _open & Q(kind=Remark.Kind.TODO),
    "remarks": _open & Q(kind=Remark.Kind.REMARK),
    "done": Q(done__isnull=False),
    "lost": _open & Q(state__in=[Remark.State.LOST, Remark.State.AT_RISK]),
}
