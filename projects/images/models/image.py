"""Pictures, and how a file comes to be a version of one."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.images.group_words import TAKEN, joined
from projects.images.grouping import read_name
from projects.images.tasks import derive, follow_marks, relate
from studio.lib.sentence import Sentence
from studio.store.models import Blob, Job, about
from studio.store.spool import Incoming

from .arriving import looked_at
from .rendition import Rendition
from .version import Version

LOOKED_AT = 100
# What one picture knows of some bytes, and so does another.
KNOWN = (
    *("format", "width", "height", "reading", "error", "recipe", "recipe_readers", "inside"),
    "likeness",
)


class ImageQuerySet(models.QuerySet["Image"]):
    """Which pictures."""

    def with_covers(self) -> "ImageQuerySet":
        """Each with `cover`: the id of its pick, else of its newest version not set aside."""
        visible = Version.objects.visible().filter(image=OuterRef("pk"))
        picked = Case(When(pk=F("image__pick"), then=1), default=0)
        best = visible.order_by(picked.desc(), "-number").values("pk")[:1]
        return self.annotate(cover=Subquery(best))

    def with_counts(self) -> "ImageQuerySet":
        """Each with `version_count`."""
        mine = Version.objects.filter(image=OuterRef("pk")).order_by().values("image")
        counted = Subquery(mine.annotate(n=Count("pk")).values("n"))
        return self.annotate(version_count=Coalesce(counted, 0))

    def undecided(self) -> "ImageQuerySet":
        """Of the newest without a pick, those with two or more versions to choose from.

        No more are looked at than a person has in mind, or Today would look at every picture.
        """
        newest = Image.objects.filter(pick=None).order_by("-pk")[:LOOKED_AT]
        kept = Version.objects.filter(state=Version.State.KEPT)
        later = kept.filter(image=OuterRef("image"), number__gt=OuterRef("number"))
        choice = Exists(kept.filter(Exists(later), image=OuterRef("pk")))
        return self.filter(choice, pk__in=Subquery(newest.values("pk")))


class Image(models.Model):
    """One picture, whatever its versions."""

    title = models.CharField(_("Title"), max_length=200)
    pick = models.ForeignKey(
        "Version", models.SET_NULL, null=True, blank=True, related_name="picked_for"
    )
    created = models.DateTimeField(auto_now_add=True)
    # In a list, the keys of all on the page: what says more of each asks once for all of them.
    beside: Sequence[int] = ()

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pick"], name="a_version_is_one_pictures_pick")
        ]

    def __str__(self) -> str:
        return self.title

    def add(
        self,
        incoming: Incoming,
        filename: str,
        *,
        grouping: str = "said",
        reason: "str | Sentence" = "",
        patient: bool = False,
        facts: dict[str, Any] | None = None,
        **said: Any,
    ) -> "Version":
        """Keep the received file as a version; its previews are made by a worker.

        It gets the number its name says, or the next where that is taken. The file is decoded
        first, for as long as a person waits (a `patient` caller waits for the end), unless the
        caller knows its `facts`: what cannot be read is refused and nothing is kept. `said` are
        other fields of the version. Raises Refused, AlreadyHere.
        """
        digest = incoming.sha256
        self.refuse_again(digest)
        facts = facts_of(incoming, patient, recipe=patient) if facts is None else facts
        with transaction.atomic():
            list(Image.objects.select_for_update().filter(pk=self.pk))
            self.refuse_again(digest)
            blob, _new = Blob.objects.keep_incoming(incoming)
            number, clash = number_for(self, filename)
            reasons = list(clash)
            if reason:
                reasons.insert(0, reason if isinstance(reason, Sentence) else Sentence(reason))
            version = self.versions.create(
                number=number,
                blob=blob,
                filename=filename[-255:],
                grouping=grouping,
                reason=str(joined(reasons))[:300],
                **facts,
                **said,
            )
            if facts.get("reading") != Version.Reading.READY:
                with about(f"image:{self.pk}"):
                    derive.enqueue(blob.pk)
            else:
                relate.enqueue(blob.pk)
                self.look_for_marks()
        return version

    def look_for_marks(self) -> None:
        """Let a worker find the marks of this picture on its other versions, if it has any."""
        if not self.versions.filter(marks__isnull=False, marks__removed=None).exists():
            return
        waiting = Job.objects.about("image", self.pk).filter(state=Job.State.READY)
        if not waiting.filter(task=follow_marks.module_path).exists():
            with about(f"image:{self.pk}"):
                follow_marks.enqueue(self.pk)

    def refuse_again(self, digest: str) -> None:
        """Raise AlreadyHere when the bytes with this digest are a version already."""
        there = self.versions.filter(blob__sha256=digest).first()
        if there is not None:
            raise AlreadyHere(there)


class AlreadyHere(Exception):
    """The same bytes are a version of this picture already."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(version)

    def __str__(self) -> str:
        return str(_("already v%d") % self.version.number)


def facts_of(incoming: Incoming, patient: bool = False, *, recipe: bool) -> dict[str, Any]:
    """What a version of these bytes starts with; raises Refused.

    What another picture knows of the same bytes is not found out again. Without `recipe` the
    worker reads later how it was made and how it looks.
    """
    known = Version.objects.of_blob(incoming.sha256).exclude(reading="waiting").first()
    if known is not None and known.reading == Version.Reading.READY:
        whole = Rendition.objects.are_whole(known.blob)
        if whole or known.error:
            return {name: getattr(known, name) for name in KNOWN}
    return looked_at(incoming, patient, recipe=recipe)


def number_for(image: Image, filename: str) -> tuple[int, list[Sentence]]:
    """The number a file gets, and why where it is not the one its name says."""
    said = read_name(filename).number
    if said is None:
        return next_number(image), []
    if image.versions.filter(number=said).exists():
        return next_number(image), [Sentence(TAKEN, said=said)]
    return said, []


def next_number(image: Image) -> int:
    """The number of the next version."""
    return (image.versions.aggregate(last=Max("number"))["last"] or 0) + 1
