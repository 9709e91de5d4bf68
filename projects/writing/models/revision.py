"""What the words were: revisions."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.writing import packing
from projects.writing.effort import Change
from studio.lib.text import Counts

from .effort import Worked


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
        return self.defer("packed")

    def with_text(self) -> "RevisionQuerySet":
        """Each with what its text is read from: one query, however many rows."""
        return self.select_related("keyframe")

    def text_of(self, scene: int, number: int) -> str:
        """The words of one, and nothing else read; raises DoesNotExist."""
        row = self.filter(scene=scene, number=number).values_list("packed", "keyframe__packed")
        packed, keyframe = row.get()
        return packing.unpacked(bytes(packed), None if keyframe is None else bytes(keyframe))

    def at_or_before(self, number: int) -> "Revision | None":
        """The revision of that number; where it was thinned away, the last one before it.

        Asked of one scene's revisions. What was made from the one that is gone was made from words
        of the one before it too.
        """
        return self.filter(number__lte=number).with_text().order_by("-number").first()


class Revision(Worked):
    """One state of a scene's text. Its words are never changed, its number neither.

    `base` is the revision whose text it replaced, and the work is measured against that; a
    conflict replaced nothing, its `base` is what it was made from. Thinning folds the work of
    states that go into the next one that stays and says in `folded` how many those were.
    """

    class Kind(models.TextChoices):
        """How it came about."""

        TYPED = "typed", _("Written")
        IMPORT = "import", _("Brought in")
        CONFLICT = "conflict", _("Kept aside")
        MERGED = "merged", _("Merged")
        RESTORED = "restored", _("Restored")
        NAMED = "named", _("Named")
        MOVED = "moved", _("Moved")  # split, joined: the same words in another scene

    scene = models.ForeignKey("writing.Scene", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    packed = models.BinaryField()
    # What `packed` is a delta of; that one is in full. The database itself refuses to lose it.
    keyframe = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="deltas")
    rewrite = models.ForeignKey(  # the pass it was made in
        "writing.Pass", models.SET_NULL, null=True, blank=True, related_name="revisions"
    )
    key = models.UUIDField(null=True)
    device = models.CharField(max_length=120, blank=True)
    zishu = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    chars = models.PositiveIntegerField()
    kept_zishu = models.PositiveIntegerField(default=0)
    kept_words = models.PositiveIntegerField(default=0)
    kept_chars = models.PositiveIntegerField(default=0)
    folded = models.PositiveIntegerField(default=0)
    source = models.PositiveIntegerField(null=True)  # the revision it brought back
    settled = models.DateTimeField(null=True)
    created = models.DateTimeField()

    CREDITED = frozenset({Kind.TYPED, Kind.NAMED})
    _words: str | None = None

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

    @classmethod
    def write(cls, scene: Any, text: str, change: Change, **fields: Any) -> Self:
        """Append a revision that leads to `text` by `change`. The scene's row must be locked.

        One query finds the number and the keyframe, however many revisions there are.
        """
        newest = scene.revisions.with_text().order_by("-number").first()
        made = cls(
            scene=scene,
            number=newest.number + 1 if newest else 1,
            **{"created": timezone.now(), **fields},
            **change.after._asdict(),
        )
        made.kept, made.deleted, made.inserted = change.kept, change.deleted, change.inserted
        made.put(text, newest.leading if newest else None)
        made.save(force_insert=True)
        return made

    @property
    def text(self) -> str:
        """The words."""
        if self._words is None:
            packed, whole = bytes(self.packed), self.keyframe
            self._words = packing.unpacked(packed, bytes(whole.packed) if whole else None)
        return self._words

    @text.setter
    def text(self, text: str) -> None:
        self.put(text)

    @property
    def leading(self) -> "Revision":
        """The keyframe that the next one may lean on."""
        return self.keyframe or self

    def put(self, text: str, keyframe: "Revision | None" = None, before: int | None = None) -> None:
        """Take `text`, as what changed since `keyframe` where that is worth it.

        `before` others lean on the keyframe already: by default all that lie between.
        """
        self._words, self.keyframe = text, None
        if keyframe is not None:
            delta = packing.pack_delta(text, keyframe.text)
            if before is None:
                before = max(self.number - keyframe.number - 1, 0)
            if packing.is_worth_it(len(delta), len(keyframe.packed), before):
                self.packed, self.keyframe = delta, keyframe
                return
        self.packed = packing.pack(text)

    @property
    def counts(self) -> Counts:
        """Its length."""
        return Counts(self.zishu, self.words, self.chars)

    @property
    def kept(self) -> Counts:
        """What stayed of the text it replaced."""
        return Counts(self.kept_zishu, self.kept_words, self.kept_chars)

    @kept.setter
    def kept(self, counts: Counts) -> None:
        self.kept_zishu, self.kept_words, self.kept_chars = counts

    @property
    def is_credited(self) -> bool:
        """Whether it was work: not brought in, merged, restored or kept aside."""
        return self.kind in self.CREDITED
