"""Words of a scene that a concept, or one of its shots, is made from."""

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from projects.images.models import Version
from projects.writing.models import Anchored, Scene
from projects.writing.models.anchored import quoted

from .concept import Concept, Shot, ShotImage


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
        """Each with `thumb`, a version of its shot: its first `pick`, else the newest."""
        pictures = ShotImage.objects.filter(shot=OuterRef("shot"))
        newest = pictures.filter(image__versions__state=Version.State.KEPT).order_by(
            "position", "-image__versions__number"
        )
        picks = pictures.filter(image__pick__isnull=False).order_by("position")
        return self.annotate(
            pick=Subquery(picks.values("image__pick")[:1]),
            thumb=Coalesce(
                F("pick"),
                Subquery(newest.values("image__versions")[:1]),
                output_field=models.BigIntegerField(),
            ),
        )

    def of_chapter(self, chapter: int) -> "PassageQuerySet":
        """Those from any scene of a chapter, with what stands beside them there."""
        rows = self.kept().filter(scene__chapter=chapter).select_related("concept", "shot")
        return rows.with_thumbs().order_by("shot__concept__number", "shot__number", "pk")

    def bind(
        self, concept: Concept, shot: Shot | None, scene: Scene, quote: str, start: int = 0
    ) -> "Passage":
        """Bind the words `quote` of `scene`, those nearest to `start`; NotThere if it has none."""
        quote = quote.replace("\r\n", "\n").strip()
        fields = quoted(scene.text, quote, start)
        if fields is None:
            raise NotThere
        passage, _new = self.update_or_create(
            concept=concept,
            shot=shot,
            scene=scene,
            quote=fields.pop("quote"),
            start=fields.pop("start"),
            defaults=fields | {"revision": scene.head, "removed": None},
        )
        return passage


class Passage(Anchored):
    """Words of a scene, bound to a shot or to a whole concept."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="passages")
    shot = models.ForeignKey(Shot, models.SET_NULL, null=True, blank=True, related_name="passages")
    # What was quoted stays with the film when its scene goes.
    scene = models.ForeignKey(
        Scene, models.SET_NULL, null=True, blank=True, related_name="passages"
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["scene", "start", "pk"]

    def __str__(self) -> str:
        return self.quote[:60]

    @classmethod
    def numbers_in(cls, scene: int) -> "models.QuerySet[Passage, int]":
        """The revisions of a scene that passages were bound in, those taken away too."""
        return cls.objects.filter(scene=scene).values_list("revision", flat=True)

    @property
    def is_intact(self) -> bool:
        """Whether the scene still has these words."""
        return self.scene is not None and self.state == self.State.INTACT

    @property
    def bound_to(self) -> str:
        """What it is bound to, as the form names it."""
        return f"shot-{self.shot_id}" if self.shot_id else f"concept-{self.concept_id}"

    @property
    def stands(self) -> bool:
        """Whether something of these words, rewritten or not, is in the scene."""
        return self.scene is not None and self.state != self.State.LOST

    def quote_anew(self) -> None:
        """Quote the words that stand there now instead; NotThere when they are lost."""
        words = self.words
        if self.scene is None or not words.strip():
            raise NotThere
        fields = quoted(self.scene.text, words, self.start)
        for name, value in (fields or {}).items():
            setattr(self, name, value)
        self.revision = self.scene.head
        self.save()
