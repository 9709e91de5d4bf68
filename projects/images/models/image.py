"""Pictures and their versions."""

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Subquery, When
from django.utils.translation import gettext_lazy as _

from projects.images import child, extras
from projects.images.grouping import read_back
from projects.images.provenance import READERS, Recipe
from projects.images.provenance.identity import Identity
from projects.images.reasons import sentence
from projects.images.tasks import derive, relate
from studio.store.models import Blob, about
from studio.store.remote import fetch
from studio.store.spool import Incoming

from .rendition import Rendition

LOOKED_AT = 100
# What one picture knows of some bytes, and so does another.
KNOWN = ("format", "width", "height", "reading", "error", "recipe", "recipe_readers", "inside")


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
        reason: str = "",
        patient: bool = False,
    ) -> "Version":
        """Keep the received file as the next version; its previews are made by a worker.

        The file is decoded first, for as long as a person waits (a `patient` caller waits for
        the end): what cannot be read is refused and nothing is kept. Raises Refused, AlreadyHere.
        """
        digest = incoming.sha256
        self.refuse_again(digest)
        facts = facts_of(incoming, patient)
        with transaction.atomic():
            list(Image.objects.select_for_update().filter(pk=self.pk))
            self.refuse_again(digest)
            blob, _new = Blob.objects.keep_incoming(incoming)
            version = self.versions.create(
                number=next_number(self),
                blob=blob,
                filename=filename[-255:],
                grouping=grouping,
                reason=reason[:300],
                **facts,
            )
            if facts.get("reading") != Version.Reading.READY:
                with about(f"image:{self.pk}"):
                    derive.enqueue(blob.pk)
            else:
                relate.enqueue(blob.pk)
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

    def to_read_again(self) -> "VersionQuerySet":
        """Those whose making was read by older readers or never, and those with credentials that
        can be read since a package came."""
        wanted = models.Q(recipe_readers__lt=READERS)
        if extras.is_here("c2pa"):
            wanted |= models.Q(inside__credentials__unread=True)
        return self.filter(wanted, reading=Version.Reading.READY)

    def tell(self, said: dict[str, Any]) -> None:
        """Keep how the picture of these versions was made, as the child said it."""
        for version in self:  # saved one by one, so that Find hears of it
            version.recipe, version.recipe_readers = said["recipe"], said["readers"]
            version.inside = said["inside"]
            version.save(update_fields=["recipe", "recipe_readers", "inside"])
        # By name: families are made of versions. Before the previews, so that the page has both.
        for blob in {version.blob_id for version in self}:
            apps.get_model("images", "Derivation").objects.relate(blob)

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
            elif "large" in answer or "unmerged" in answer:
                ready["error"] = next(iter(answer))
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
    # What `inside` found in the file: colour, depth, layers, frames, ids; read with the recipe.
    inside = models.JSONField(default=dict, blank=True)
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.image} v{self.number}"

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
    def how_made(self) -> Recipe | None:
        """How it was made, as far as its file tells; None where it tells nothing."""
        return Recipe.from_json(self.recipe)

    @property
    def identity(self) -> Identity:
        """Which document its file says it is, and which ones it came from."""
        return Identity.from_json(self.inside.get("ids"))

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

    def remove(self) -> None:
        """Take away a version that cannot be read; readable ones are the author's work and stay."""
        if self.reading != self.Reading.UNREADABLE:
            raise ValueError("only what cannot be read is removed")
        self.delete()


class Refused(Exception):
    """A file that was not taken; the text says why, as a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return sentence(self.reason)


class AlreadyHere(Exception):
    """The same bytes are a version of this picture already."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(version)

    def __str__(self) -> str:
        return str(_("already v%d") % self.version.number)


def facts_of(incoming: Incoming, patient: bool = False) -> dict[str, Any]:
    """What a version of these bytes starts with; raises Refused.

    What another picture knows of the same bytes is not found out again.
    """
    known = Version.objects.of_blob(incoming.sha256).exclude(reading="waiting").first()
    if known is not None and known.reading == Version.Reading.READY:
        whole = Rendition.objects.are_whole(known.blob)
        if whole or known.error:
            return {name: getattr(known, name) for name in KNOWN}
    incoming.flush()
    try:
        if patient:  # who waits for the end is told what the file says, too
            answer = child.check(incoming.path, child.MAKE_SECONDS, recipe=True)
        else:
            answer = child.check(incoming.path, child.CHECK_SECONDS)
    except (child.TooSlow, child.Interrupted):
        return {}
    if "refused" in answer:
        raise Refused(answer["refused"])
    said: dict[str, Any] = answer.get("facts", {})
    names = ("format", "width", "height")
    facts: dict[str, Any] = {name: said[name] for name in names if name in said}
    if "recipe" in answer:
        facts |= {"recipe": answer["recipe"], "recipe_readers": answer["readers"]}
        facts["inside"] = answer["inside"]
    return facts


def next_number(image: Image) -> int:
    """The number of the next version."""
    return (image.versions.aggregate(last=Max("number"))["last"] or 0) + 1
