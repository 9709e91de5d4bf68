"""Pictures, their versions, and the smaller copies made of each."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from studio.store.models import Blob


class ImageQuerySet(models.QuerySet["Image"]):
    """Which pictures."""

    def with_covers(self) -> "ImageQuerySet":
        """Each with `cover`, the id of its pick, else of its newest version not rejected."""
        versions = Version.objects.filter(image=OuterRef("pk"), state=Version.State.KEPT)
        newest = versions.order_by("-number").values("pk")[:1]
        return self.annotate(cover=Coalesce(F("pick"), Subquery(newest)))

    def with_counts(self) -> "ImageQuerySet":
        """Each with `version_count`."""
        return self.annotate(version_count=Count("versions", distinct=True))

    def undecided(self) -> "ImageQuerySet":
        """Those with two or more versions to choose from and no pick."""
        kept = Count("versions", filter=Q(versions__state=Version.State.KEPT))
        return self.filter(pick=None).annotate(kept=kept).filter(kept__gte=2)


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


class VersionQuerySet(models.QuerySet["Version"]):
    """Which versions."""

    def unreadable(self) -> "VersionQuerySet":
        """Those whose file turned out not to be readable."""
        return self.filter(reading=Version.Reading.UNREADABLE)


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
    created = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["image", "number"]
        constraints = [
            models.UniqueConstraint(fields=["image", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["image", "blob"], name="same_bytes_once_per_image"),
        ]

    def __str__(self) -> str:
        return f"{self.image} v{self.number}"

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


def next_number(image: Image) -> int:
    """The number of the next version; numbers are never given twice."""
    last: dict[str, Any] = image.versions.aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


class Rendition(models.Model):
    """A smaller copy of a blob's picture, or its tiles; can always be made again."""

    NAMES = ("256", "1024", "2048", "tiles")

    blob = models.ForeignKey(Blob, models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=8)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    index = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "name"], name="one_rendition_each")]

    def __str__(self) -> str:
        return f"{self.blob} {self.name}"

    @property
    def path(self) -> Path:
        """Where it lies."""
        return rendition_path(self.blob.sha256, self.name)


def rendition_path(sha256: str, name: str) -> Path:
    """The file of one rendition of the picture with this digest."""
    folder = Path(settings.STUDIO_DERIVED) / sha256[:2] / sha256
    return folder / ("tiles.bin" if name == "tiles" else f"{name}.webp")
