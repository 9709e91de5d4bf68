"""Pictures and their versions."""

from contextlib import suppress
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Subquery, When
from django.utils.translation import gettext_lazy as _

from projects.images import child
from projects.images.group_words import TAKEN, joined, read_back
from projects.images.grouping import read_name, title_key
from projects.images.provenance import READERS, Recipe
from projects.images.reasons import sentence
from projects.images.tasks import derive
from projects.images.weighing import in_words
from studio.lib.sentence import Sentence
from studio.store.models import Blob, about
from studio.store.remote import fetch
from studio.store.spool import Incoming

from .arriving import looked_at, written
from .rendition import Rendition

LOOKED_AT = 100
# What one picture knows of some bytes, and so does another.
KNOWN = (
    *("format", "width", "height", "reading", "error", "recipe", "recipe_readers", "likeness"),
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
        return self.annotate(version_count=Count("versions", distinct=True))

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

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

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
        return version

    def refuse_again(self, digest: str) -> None:
        """Raise AlreadyHere when the bytes with this digest are a version already."""
        there = self.versions.filter(blob__sha256=digest).first()
        if there is not None:
            raise AlreadyHere(there)


class VersionQuerySet(models.QuerySet["Version"]):
    """Which versions."""

    def of_blob(self, digest: str) -> "VersionQuerySet":
        """Those of the bytes with this digest, in any picture."""
        return self.filter(blob__sha256=digest)

    def visible(self) -> "VersionQuerySet":
        """Those not set aside that have previews to look at."""
        return self.with_previews().filter(state=Version.State.KEPT)

    def with_previews(self) -> "VersionQuerySet":
        """Those one can look at, whether they were set aside or not."""
        return self.filter(reading=Version.Reading.READY, error="")

    def waiting(self) -> "VersionQuerySet":
        """Those whose previews are not made yet."""
        return self.filter(reading=Version.Reading.WAITING)

    def unreadable(self) -> "VersionQuerySet":
        """Those whose file failed after it had been taken in."""
        return self.filter(reading=Version.Reading.UNREADABLE)

    def proposed(self) -> "VersionQuerySet":
        """Those whose picture was proposed, and nobody has said yet whether it is right."""
        return self.filter(grouping=Version.Grouping.PROPOSED)

    def to_read_again(self) -> "VersionQuerySet":
        """Those whose making was read by older readers, or never."""
        return self.filter(reading=Version.Reading.READY, recipe_readers__lt=READERS)

    def tell(self, said: dict[str, Any]) -> None:
        """Keep how the picture of these versions was made, as the child said it."""
        for version in self:  # saved one by one, so that Find hears of it
            version.recipe, version.recipe_readers = said["recipe"], said["readers"]
            version.likeness = written(said.get("likeness"))
            version.save(update_fields=["recipe", "recipe_readers", "likeness"])

    def read_again(self, blob_pk: int) -> None:
        """Read how the picture of one blob was made, if its file is there."""
        blob = Blob.objects.get(pk=blob_pk)
        if not blob.path.exists() and not blob.stored_remotely:
            return
        fetch(blob)
        with suppress(child.TooSlow):
            if said := child.tell(blob.path):
                self.filter(blob=blob).tell(said)

    def derive(self, blob_pk: int) -> None:
        """Make the previews of one blob, and say on all its versions what came of it."""
        blob = Blob.objects.get(pk=blob_pk)
        versions = self.filter(blob=blob)
        ready: dict[str, Any] = {"reading": Version.Reading.READY, "error": ""}
        if not blob.path.exists() and not blob.stored_remotely:
            versions.update(reading=Version.Reading.UNREADABLE, error="missing")
            return
        fetch(blob)  # raises when the bucket cannot be reached; the job is tried again
        for answer in Rendition.objects.make(blob):
            if "facts" in answer:
                versions.update(**answer["facts"])
            elif "recipe" in answer:
                versions.tell(answer)
            elif answer.get("made") == "256":  # all thumbs are there: it can be looked at
                versions.update(**ready)
            elif "refused" in answer:
                versions.update(reading=Version.Reading.UNREADABLE, error=answer["refused"])
                return
            elif "large" in answer:
                ready["error"] = "large"
        versions.update(**ready)


class Version(models.Model):
    """One state of a picture: a file, kept bit for bit."""

    class State(models.TextChoices):
        """What the author thinks of it; the pick is the image's."""

        KEPT = "kept", _("Kept")
        REJECTED = "rejected", _("Rejected")

    class Reading(models.TextChoices):
        """What the worker made of the file."""

        WAITING = "waiting", _("Previews are being made")
        READY = "ready", _("Ready")
        UNREADABLE = "unreadable", _("Cannot be read")

    class Grouping(models.TextChoices):
        """Who said that it belongs to this picture."""

        SAID = "said", _("Said")
        PROPOSED = "proposed", _("Proposed")

    image = models.ForeignKey(Image, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="versions")
    filename = models.CharField(max_length=255)
    format = models.CharField(max_length=12, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    note = models.TextField(_("Note"), blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.KEPT)
    reading = models.CharField(max_length=10, choices=Reading, default=Reading.WAITING)
    error = models.CharField(max_length=300, blank=True)
    grouping = models.CharField(max_length=8, choices=Grouping, default=Grouping.SAID)
    reason = models.CharField(max_length=300, blank=True)
    # What `provenance` read in the file, {} for nothing; and which readers it was, 0 for none yet.
    recipe = models.JSONField(default=dict, blank=True)
    recipe_readers = models.PositiveSmallIntegerField(default=0)
    # How sure the proposal is, in hundredths; and the picture it may belong to all the same.
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    perhaps = models.ForeignKey(
        Image, models.SET_NULL, null=True, blank=True, related_name="perhaps_of"
    )
    # What files of one picture are found by: the name without its marks (`grouping.title_key`),
    # and how the picture looks (`likeness`), 16 hexadecimal digits.
    stem = models.CharField(max_length=255, blank=True, db_index=True, editable=False)
    likeness = models.CharField(max_length=16, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["image", "number"]
        constraints = [
            models.UniqueConstraint(fields=["image", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["image", "blob"], name="same_bytes_once_per_image"),
        ]
        indexes = [
            models.Index(
                fields=["image"],
                condition=models.Q(reading="unreadable"),
                name="unreadable_versions",
            ),
            models.Index(
                fields=["-id"],
                condition=models.Q(grouping="proposed"),
                name="proposed_versions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With what files of the same picture are found by."""
        if self._state.adding:
            self.stem = title_key(read_name(self.filename).stem)
        super().save(*args, **kwargs)

    @property
    def format_name(self) -> str:
        """The format as people write it."""
        return "WebP" if self.format == "WEBP" else self.format

    @property
    def trouble(self) -> str:
        """Why it cannot be shown, as a sentence; empty when all is well."""
        return sentence(self.error) if self.error else ""

    @property
    def why_grouped(self) -> str:
        """Why it was taken for a version of this picture, for a page to say."""
        return read_back(self.reason)

    @property
    def certainty(self) -> str:
        """How sure the proposal is: "sure", "likely", "unsure"."""
        return in_words((self.confidence or 0) / 100)

    @property
    def how_made(self) -> Recipe | None:
        """How it was made, as far as its file tells; None where it tells nothing."""
        return Recipe.from_json(self.recipe)

    @property
    def has_previews(self) -> bool:
        """Whether there is something to look at: a picture too large for us may have nothing."""
        return self.reading == self.Reading.READY and not self.error

    @property
    def is_picked(self) -> bool:
        """Whether it is its image's pick."""
        return self.image.pick_id == self.pk

    def pick(self) -> None:
        """Settle on this version; it takes the place of any other."""
        with transaction.atomic():
            if self.state == self.State.REJECTED:
                self.state = self.State.KEPT
                self.save(update_fields=["state"])
            Image.objects.filter(pk=self.image_id).update(pick=self)
            self.image.pick = self

    def unpick(self) -> None:
        """Leave the choice open again, if this was it."""
        if Image.objects.filter(pk=self.image_id, pick=self).update(pick=None):
            self.image.pick = None

    def reject(self) -> None:
        """Set it aside; a rejected version is not the pick."""
        with transaction.atomic():
            self.unpick()
            self.state = self.State.REJECTED
            self.save(update_fields=["state"])

    def clear(self) -> None:
        """Neither picked nor rejected."""
        with transaction.atomic():
            self.unpick()
            self.state = self.State.KEPT
            self.save(update_fields=["state"])

    def confirm(self) -> None:
        """It is a version of this picture: the author has said so."""
        self.grouping = self.Grouping.SAID
        self.save(update_fields=["grouping"])

    def doubt(self) -> None:
        """Leave it open again whether it is one."""
        self.grouping = self.Grouping.PROPOSED
        self.save(update_fields=["grouping"])

    def remove(self) -> None:
        """Take away a version that cannot be read; readable ones are the author's work and stay."""
        if self.reading != self.Reading.UNREADABLE:
            raise ValueError("only what cannot be read is removed")
        self.delete()


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
