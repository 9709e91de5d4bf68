"""Words of a scene that a concept, or one of its shots, is made from."""

from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Subquery
from django.utils import timezone

from projects.images.models import Version
from projects.videos import quotes
from projects.writing.models import Scene

from .concept import Concept, Shot


class NotThere(ValueError):
    """The scene does not have these words."""


class PassageQuerySet(models.QuerySet["Passage"]):
    """Which passages."""

    def kept(self) -> "PassageQuerySet":
        """Those that were not taken away."""
        return self.filter(removed=None)

    def with_scenes(self) -> "PassageQuerySet":
        """Each with its shot and its scene; a scene's text is read once, however often quoted."""
        scenes = Scene.everything.select_related("chapter__book").defer("source_lines")
        rows = self.kept().select_related("concept", "shot")
        return rows.prefetch_related(Prefetch("scene", scenes))

    def with_thumbs(self) -> "PassageQuerySet":
        """Each with `thumb`, a version of its shot: a picked one, else the newest."""
        versions = Version.objects.filter(
            image__in_shots__shot=OuterRef("shot"), state=Version.State.KEPT
        ).order_by(F("image__pick").asc(nulls_last=True), "-number")
        return self.annotate(thumb=Subquery(versions.values("pk")[:1]))

    def of_chapter(self, chapter: int) -> "PassageQuerySet":
        """Those from any scene of a chapter, with what stands beside them there."""
        rows = self.kept().filter(scene__chapter=chapter).select_related("concept", "shot")
        return rows.with_thumbs().order_by("shot__concept__number", "shot__number", "pk")

    def bind(
        self, concept: Concept, shot: Shot | None, scene: Scene, quote: str, start: int = 0
    ) -> "Passage":
        """Bind the words `quote` of `scene`, those nearest to `start`; NotThere if it has none."""
        quote = quote.replace("\r\n", "\n").strip()
        at = quotes.find(scene.text, quote, start=start)
        if at is None:
            raise NotThere
        prefix, suffix = quotes.around(scene.text, at, len(quote))
        fields: dict[str, Any] = {"prefix": prefix, "suffix": suffix, "revision": scene.head}
        passage, _new = self.update_or_create(
            concept=concept,
            shot=shot,
            scene=scene,
            quote=quote,
            start=at,
            defaults=fields | {"removed": None},
        )
        return passage


class Passage(models.Model):
    """Words of a scene, bound to a shot or to a whole concept."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="passages")
    shot = models.ForeignKey(Shot, models.SET_NULL, null=True, blank=True, related_name="passages")
    # What was quoted stays with the film when its scene goes.
    scene = models.ForeignKey(
        Scene, models.SET_NULL, null=True, blank=True, related_name="passages"
    )
    quote = models.TextField()
    prefix = models.CharField(max_length=quotes.AROUND, blank=True)
    suffix = models.CharField(max_length=quotes.AROUND, blank=True)
    start = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    removed = models.DateTimeField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["scene", "start", "pk"]

    def __str__(self) -> str:
        return self.quote[:60]

    @property
    def is_intact(self) -> bool:
        """Whether the scene still has these words."""
        return self.scene is not None and self.place is not None

    @property
    def place(self) -> int | None:
        """Where they stand in the scene now."""
        if self.scene is None:
            return None
        return quotes.find(self.scene.text, self.quote, self.prefix, self.suffix, self.start)

    def remove(self) -> None:
        """Bind them no longer; `restore` takes it back."""
        self.removed = timezone.now()
        self.save(update_fields=["removed"])

    def restore(self) -> None:
        """Bind them again."""
        self.removed = None
        self.save(update_fields=["removed"])
