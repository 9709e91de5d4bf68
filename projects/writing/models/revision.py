"""What the words were: revisions, and remarks on them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from studio.lib.text import Counts


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Which revisions."""

    def conflicts(self) -> "RevisionQuerySet":
        """Texts that were kept aside and wait for the author."""
        return self.filter(kind=Revision.Kind.CONFLICT, settled=None)

    def conflicts_of(self, scene: Any) -> "RevisionQuerySet":
        """The open conflicts of one scene, newest first."""
        return self.conflicts().filter(scene=scene).without_text()

    def without_text(self) -> "RevisionQuerySet":
        """For a list: all but the words themselves."""
        return self.defer("text")


class Revision(models.Model):
    """One state of a scene's text. Never changed, never renumbered."""

    class Kind(models.TextChoices):
        """How it came about."""

        TYPED = "typed", _("Written")
        IMPORT = "import", _("Brought in")
        CONFLICT = "conflict", _("Kept aside")
        RESTORED = "restored", _("Restored")
        NAMED = "named", _("Named")
        MOVED = "moved", _("Moved")  # split, joined: the same words in another scene

    scene = models.ForeignKey("writing.Scene", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    rewrite = models.ForeignKey(  # the pass it was made in
        "writing.Pass", models.SET_NULL, null=True, blank=True, related_name="revisions"
    )
    key = models.UUIDField(null=True)
    device = models.CharField(max_length=120, blank=True)
    zishu = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    chars = models.PositiveIntegerField()
    settled = models.DateTimeField(null=True)
    created = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scene", "number"], name="one_revision_per_number"),
            models.UniqueConstraint(fields=["scene", "key"], name="one_revision_per_key"),
        ]
        indexes = [
            models.Index(
                fields=["scene"],
                condition=models.Q(kind="conflict", settled=None),
                name="open_conflicts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scene_id}/{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a revision that exists is history and stays as it is."""
        if not self._state.adding:
            raise TypeError("A revision is never changed.")
        super().save(*args, **kwargs)

    @property
    def counts(self) -> Counts:
        """Its length."""
        return Counts(self.zishu, self.words, self.chars)


class Remark(models.Model):
    """A remark on a passage; it never counts as words."""

    scene = models.ForeignKey("writing.Scene", models.CASCADE, related_name="remarks")
    body = models.TextField()
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    source_key = models.CharField(max_length=300, blank=True, db_index=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.body[:60]
