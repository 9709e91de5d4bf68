"""What followers see: copies made at the moment of publishing, and the bytes they need.

A copy is never changed. Publishing again makes a new one under the same public id and ends the one
before; so every page that ever stood can be put back, and a withdrawn one can return.
"""

import hashlib
import json
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q
from django.utils import timezone

from studio.public import stamp
from studio.store.models import Blob
from studio.store.models.blob import place_of
from studio.store.spool import Incoming

ALPHABET = "bcdfghjkmnpqrstvwxz"  # no vowels: no words come about; 19 ** 14 ids


def new_public_id() -> str:
    """A name that tells nothing: neither how many there are nor which came first."""
    return "".join(secrets.choice(ALPHABET) for _ in range(14))


def digest(facts: Any) -> str:
    """The same for the same facts; pictures count by their bytes."""
    said = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=lambda still: still.key)
    return hashlib.sha256(said.encode()).hexdigest()


class PublicMediaQuerySet(models.QuerySet["PublicMedia"]):
    """Ways in."""

    def keep(self, data: bytes, width: int, height: int) -> "PublicMedia":
        """Keep cleaned bytes under the name of their content; durable when this returns."""
        blob, _new = Blob.objects.keep([data])
        fields = {"width": width, "height": height, "size": len(data), "blob": blob}
        media, _new = self.get_or_create(name=f"{blob.sha256}.webp", defaults=fields)
        media.lay_out()
        return media


class PublicMedia(models.Model):
    """A picture of the public page: re-encoded, without a trace of where it came from.

    Its bytes are kept twice: among the studio's files, which are backed up, and apart from
    everything private, where they are served from and can always be laid out again.
    """

    name = models.CharField(max_length=80, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")

    objects = PublicMediaQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "public media"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where it lies: apart from everything private."""
        return stamp.folder() / "media" / self.name[:2] / self.name

    def lay_out(self) -> bool:
        """Put the bytes where they are served from, if they are not there; False if they are lost.

        No row of the studio is asked: the name says which bytes these are.
        """
        if self.path.exists() and self.path.stat().st_size == self.size:
            return True
        kept = place_of(self.name.partition(".")[0])
        if not kept.exists():
            return False
        with Incoming(stamp.folder() / "spool") as incoming:
            incoming.write(kept.read_bytes())
            incoming.settle(self.path)
        return True


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Which copies."""

    def live(self) -> "PublicationQuerySet":
        """Those that stand on the page now."""
        return self.filter(withdrawn_at=None)

    def last_change(self) -> datetime | None:
        """When something was last published or withdrawn."""
        ends = self.aggregate(came=Max("published_at"), went=Max("withdrawn_at"))
        return max(filter(None, ends.values()), default=None)

    def authority(self) -> str:
        """Who names the feed: "example.org,2026-07-01" (RFC 4151), once and for all."""
        first = self.order_by("pk").values_list("tag", flat=True).first()
        return first.split(":")[1] if first else ""

    def publish(
        self, public_id: str, kind: str, facts: Any, payload: Any, media: list[PublicMedia]
    ) -> "Publication":
        """Make `payload` what stands under `public_id`; `facts` is what it was made from.

        When the same facts stand there already, nothing is made and that copy is answered.
        """
        source = digest(facts)
        try:
            with transaction.atomic():
                before = list(self.select_for_update().filter(public_id=public_id).order_by("pk"))
                now = timezone.now()
                for row in before:
                    if row.withdrawn_at is None:
                        if row.source == source:
                            return row
                        row.end(now)
                copy = self.create(
                    public_id=public_id,
                    kind=kind,
                    payload=payload,
                    source=source,
                    etag=digest(payload),
                    tag=before[0].tag if before else new_tag(public_id, now),
                    since=before[0].since if before else now,
                    published_at=now,
                )
                copy.media.set(media)
                stamp.turn()
        except IntegrityError:  # two devices published at once; the database let one through
            return self.live().get(public_id=public_id)
        return copy


class Publication(models.Model):
    """One copy: of a piece of the page, or of a letter."""

    class Kind(models.TextChoices):
        """What it is a copy of."""

        FRONT = "front"
        INTENTION = "intention"
        BOOK = "book"
        FILM = "film"
        MAKING = "making"
        CONCEPTS = "concepts"
        FRAME = "frame"
        HOURS = "hours"
        MILESTONE = "milestone"
        LETTER = "letter"

    public_id = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)
    payload = models.JSONField()
    source = models.CharField(max_length=64)
    etag = models.CharField(max_length=64)
    tag = models.CharField(max_length=300)
    since = models.DateTimeField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    media = models.ManyToManyField(PublicMedia, related_name="publications")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["public_id"], condition=Q(withdrawn_at=None), name="one_live_copy_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    def end(self, now: datetime | None = None) -> None:
        """It stands no longer. The page does not know yet: `withdraw` and `publish` tell it."""
        self.withdrawn_at = now or timezone.now()
        self.save(update_fields=["withdrawn_at"])

    def withdraw(self) -> None:
        """Take it from the page, and keep it here."""
        with transaction.atomic():
            if self.withdrawn_at is None:
                self.end()
            stamp.turn()

    def restore(self) -> None:
        """Put this copy back, in the place of any other of its public id."""
        with transaction.atomic():
            rows = Publication.objects.select_for_update().filter(public_id=self.public_id)
            now = timezone.now()
            for row in rows:
                if row.withdrawn_at is None and row.pk != self.pk:
                    row.end(now)
            self.withdrawn_at = None
            self.published_at = now
            self.save(update_fields=["withdrawn_at", "published_at"])
            stamp.turn()


def new_tag(public_id: str, now: datetime) -> str:
    """A permanent name for feeds: it stays when the studio moves to another address."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{timezone.localtime(now).date().isoformat()}:{public_id}"
