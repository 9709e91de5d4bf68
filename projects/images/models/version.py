"""Versions of pictures: files, kept bit for bit."""

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from projects.images import child, extras
from projects.images.group_words import read_back
from projects.images.grouping import read_name, title_key
from projects.images.provenance import READERS, Recipe
from projects.images.provenance.identity import Identity
from projects.images.reasons import sentence
from projects.images.tasks import derive
from projects.images.weighing import in_words
from studio.store.models import Blob, Job, about
from studio.store.remote import fetch

from .arriving import written
from .rendition import Rendition

MOST_LOOKS = 200  # versions of one picture that are compared by their look


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
        """Those whose making was read by older readers or never, and those with credentials that
        can be read since a package came."""
        wanted = models.Q(recipe_readers__lt=READERS)
        if extras.is_here("c2pa"):
            wanted |= models.Q(inside__credentials__unread=True)
        return self.filter(wanted, reading=Version.Reading.READY)

    def looks(self, image_pk: int, before: int | None = None) -> list[tuple[int, int, int]]:
        """(pk, number, fingerprint) of those of a picture that have one, up to MOST_LOOKS; of
        those `before` a number the nearest."""
        rows = self.filter(image=image_pk).exclude(likeness="")
        if before is not None:
            rows = rows.filter(number__lt=before)
        told = rows.order_by("-number").values_list("pk", "number", "likeness")[:MOST_LOOKS]
        return [(pk, number, int(look, 16)) for pk, number, look in told]

    def tell(self, said: dict[str, Any]) -> None:
        """Keep how the picture of these versions was made, as the child said it."""
        for version in self:  # saved one by one, so that Find hears of it
            version.recipe, version.recipe_readers = said["recipe"], said["readers"]
            version.inside, version.likeness = said["inside"], written(said.get("likeness"))
            version.save(update_fields=["recipe", "recipe_readers", "inside", "likeness"])
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

    def derive(self, blob_pk: int, *, anew: bool = False) -> None:
        """Make the previews of one blob, say on all its versions what came of it, and find their
        places in the family."""
        if not self._derive(blob_pk, anew):  # else that is done
            apps.get_model("images", "Derivation").objects.relate(blob_pk)

    def _derive(self, blob_pk: int, anew: bool) -> bool:
        """Make them; whether the file told how it was made."""
        blob = Blob.objects.get(pk=blob_pk)
        versions = self.filter(blob=blob)
        ready: dict[str, Any] = {"reading": Version.Reading.READY, "error": ""}
        if not blob.path.exists() and not blob.stored_remotely:
            versions.update(reading=Version.Reading.UNREADABLE, error="missing")
            return False
        told, shown = False, False
        fetch(blob)  # raises when the bucket cannot be reached; the job is tried again
        for answer in Rendition.objects.make(blob, anew=anew):
            if "facts" in answer:
                versions.update(**answer["facts"])
            elif "recipe" in answer:
                versions.tell(answer)
                told = True
            elif answer.get("made") == "256":  # all thumbs are there: it can be looked at
                versions.update(**ready)
                shown = True
            elif "refused" in answer:
                versions.update(reading=Version.Reading.UNREADABLE, error=answer["refused"])
                return told
            elif "large" in answer or "unmerged" in answer:
                ready["error"] = next(iter(answer))
        if not shown:
            versions.update(**ready)
        for version in versions.select_related("image"):
            version.image.look_for_marks()
        return told


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

    image = models.ForeignKey("Image", models.CASCADE, related_name="versions")
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
    # How sure the proposal is, in hundredths; and the picture it may belong to all the same.
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    perhaps = models.ForeignKey(
        "Image", models.SET_NULL, null=True, blank=True, related_name="perhaps_of"
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
    def look(self) -> int | None:
        """How it looks, as `likeness` tells; None where that is not known."""
        return int(self.likeness, 16) if self.likeness else None

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

    def has_previews_made(self) -> bool:
        """Have lost previews made again; whether they are on their way, by this or before."""
        if self.reading != self.Reading.WAITING:
            can = self.has_previews and (self.blob.path.exists() or self.blob.stored_remotely)
            if not can:
                return False
            if not Job.objects.about("image", self.image_id).unfinished().exists():
                with about(f"image:{self.image_id}"):
                    derive.enqueue(self.blob_id)
        return True

    def pick(self) -> models.Model | None:
        """Settle on this version: it takes the place of any other, and is set aside no longer.

        What this and the next three answer is the Decision, or None when nothing changed.
        """
        return self.decide(self.State.KEPT, picked=True)

    def unpick(self) -> models.Model | None:
        """Leave the choice open again, if this was it."""
        return self.decide(None, picked=False)

    def reject(self) -> models.Model | None:
        """Set it aside; a rejected version is not the pick."""
        return self.decide(self.State.REJECTED, picked=False)

    def clear(self) -> models.Model | None:
        """Neither picked nor rejected."""
        return self.decide(self.State.KEPT, picked=False)

    def decide(self, state: str | None, *, picked: bool) -> models.Model | None:
        """Be in `state` (None: as before) and be the pick or not; None when it is so already.

        The picture is locked, so that of two devices that decide at once one comes after the
        other, and each decision knows what it found.
        """
        with transaction.atomic():
            images = type(self.image)._default_manager
            image = images.select_for_update().get(pk=self.image_id)
            before = (
                image.pick_id,
                Version.objects.values_list("state", flat=True).get(pk=self.pk),
            )
            pick = self.pk if picked else (None if image.pick_id == self.pk else image.pick_id)
            after = (pick, state or before[1])
            self.image.pick_id, self.state = after
            if after == before:
                return None
            images.filter(pk=image.pk).update(pick=pick)
            self.save(update_fields=["state"])
            return self.decisions.create(
                image=image,
                pick_before_id=before[0],
                pick_after_id=pick,
                state_before=before[1],
                state_after=after[1],
            )

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
