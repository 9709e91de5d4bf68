"""The scene: where words are, and how they are saved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.writing import after_revision
from studio.lib.ordering import Positioned
from studio.lib.text import Counts, count, last_words

from .pairs import Paired
from .revision import Revision
from .rewrite import Pass
from .structure import Chapter, Status
from .trash import Kept, Trashable

UNCREDITED = ("import", "moved")  # kinds that are no work of this hour
LONGEST = 8_000_000  # characters; a book of three million still fits in one scene


class TextRefused(ValueError):
    """The text cannot be kept as it is; the message says why, in one sentence."""


@dataclass(frozen=True)
class Saved:
    """The text is the scene's text now, as this revision."""

    revision: Revision


@dataclass(frozen=True)
class Unchanged:
    """The scene's text was this already; nothing new was made."""

    number: int


@dataclass(frozen=True)
class Stale:
    """The scene had moved on. The sent text is kept as `yours`; the scene's own stays."""

    head: int
    text: str
    yours: Revision


class SceneQuerySet(models.QuerySet["Scene"]):
    """Which scenes."""

    def with_chapter(self) -> "SceneQuerySet":
        """Each with its chapter, its book and its world."""
        found = self.select_related("chapter__book__world", "status", "counterpart")
        return found.defer("counterpart__text", "counterpart__source_lines")

    def for_reading(self) -> "SceneQuerySet":
        """In order within their chapters, each with its counterpart's place in the other book."""
        return (
            self.select_related("counterpart")
            .defer("source_lines", "counterpart__text", "counterpart__source_lines")
            .order_by("chapter", "position", "pk")
        )

    def without_text(self) -> "SceneQuerySet":
        """For an outline: all but the words themselves."""
        return self.defer("text", "source_lines", "synopsis", "notes")

    def for_synopses(self) -> "SceneQuerySet":
        """For an outline that says what happens."""
        return self.defer("text", "source_lines", "notes")

    def in_place(self) -> "SceneQuerySet":
        """As they stand in their chapter, without their words."""
        return self.without_text().order_by("position", "pk")

    def newest_work(self) -> "SceneQuerySet":
        """The one the author wrote in last; else the last that came in from elsewhere.

        Found by its index: to sort by both columns would read every text of a long life.
        """
        typed = Scene.objects.filter(worked__isnull=False).order_by("-worked", "-pk")
        newest = Scene.objects.order_by("-updated", "-pk")
        found = Coalesce(Subquery(typed.values("pk")[:1]), Subquery(newest.values("pk")[:1]))
        return self.select_related("chapter__book").filter(pk=found)

    def last_worked(self) -> "Scene | None":
        """That one, if there is any scene."""
        return self.newest_work().first()

    def last_typed(self) -> "Scene | None":
        """Of these, the one the author wrote in last."""
        return self.filter(worked__isnull=False).order_by("-worked", "-pk").first()

    def in_reading_order(self) -> "SceneQuerySet":
        """As a reader meets them."""
        return self.order_by(
            F("chapter__part__position").asc(nulls_first=True),
            "chapter__position",
            "chapter",
            "position",
            "pk",
        )


class Scene(Positioned, Paired, Trashable):
    """The smallest piece of a book, and the piece that is saved. Every line is a paragraph."""

    scope_fields = ("chapter",)
    pair_field = "counterpart"
    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="scenes")
    title = models.CharField(gettext_lazy("Title"), max_length=200, blank=True)
    status = models.ForeignKey(Status, models.SET_NULL, null=True, blank=True)
    synopsis = models.TextField(gettext_lazy("Synopsis"), blank=True)
    notes = models.TextField(gettext_lazy("Notes"), blank=True)
    text = models.TextField(blank=True, default="")
    head = models.PositiveIntegerField(default=0)
    zishu = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    chars = models.PositiveIntegerField(default=0)
    counterpart = models.OneToOneField("self", models.SET_NULL, null=True, blank=True)
    source_key = models.CharField(max_length=300, blank=True, db_index=True)
    source_lines = models.JSONField(default=list, blank=True)
    worked = models.DateTimeField(null=True, db_index=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(default=timezone.now)

    objects = Kept.from_queryset(SceneQuerySet)()
    everything = SceneQuerySet.as_manager()

    class Meta(Positioned.Meta):
        indexes = [models.Index(fields=["updated"], name="scene_updated")]

    def __str__(self) -> str:
        return self.title or self.chapter.title

    def within(self) -> Chapter:
        """Its chapter."""
        return self.chapter

    @property
    def counts(self) -> Counts:
        """Its length."""
        return Counts(self.zishu, self.words, self.chars)

    @property
    def headline(self) -> str:
        """Its length as the author says it."""
        return self.chapter.book.in_words(self.counts)

    @property
    def last_words(self) -> str:
        """How it ends so far."""
        return last_words(self.text)

    def revise(
        self,
        text: str,
        *,
        base: int,
        key: UUID | None = None,
        kind: str = "typed",
        name: str = "",
        device: str = "",
    ) -> Saved | Unchanged | Stale:
        """Make `text` the scene's text, if it was made from revision `base`.

        `key` is the client's: the same key again answers with the same revision and makes nothing
        new, so a save whose answer was lost may be sent again. A save made from an older revision
        than the current one is kept as a conflict revision and changes nothing else.
        """
        text = clean(text)
        with transaction.atomic():
            # Words that come late, for a scene that is in the trash by now, are kept all the same.
            scene = Scene.everything.select_for_update().get(pk=self.pk)
            known = scene.revisions.filter(key=key).first() if key else None
            if known is not None:
                outcome: Saved | Unchanged | Stale = (
                    Stale(scene.head, scene.text, known)
                    if known.kind == "conflict"
                    else Saved(known)
                )
            elif base != scene.head:
                outcome = scene.keep_aside(text, base, key, device)
            elif text == scene.text and not name:
                outcome = Unchanged(scene.head)
            else:
                fields = {"kind": kind, "name": name, "key": key, "device": device[:120]}
                outcome = Saved(scene.append(text, base, **fields))
            if isinstance(outcome, Saved) and outcome.revision.kind not in UNCREDITED:
                scene.worked = outcome.revision.created
                scene.save(update_fields=["worked"])
        self.refresh_from_db()
        return outcome

    def append(self, text: str, base: int, **fields: object) -> Revision:
        """Add a revision and make it the current one. The row must be locked."""
        counts = count(text)
        now = timezone.now()
        number = self.next_number()
        rewrite = Pass.objects.open_in(self.chapter.book_id).first()
        revision = self.revisions.create(
            number=number,
            base=base or None,
            text=text,
            created=now,
            rewrite=rewrite,
            **counts._asdict(),
            **fields,
        )
        before = self.text
        self.text, self.head, self.updated = text, number, now
        self.zishu, self.words, self.chars = counts
        self.save(update_fields=["text", "head", "updated", "zishu", "words", "chars"])
        after_revision.tell(self, revision, before)
        return revision

    def keep_aside(self, text: str, base: int, key: UUID | None, device: str) -> Unchanged | Stale:
        """Keep a text made from an older revision, beside the current one."""
        if text == self.text:  # two devices came to the same words: there is nothing to choose
            return Unchanged(self.head)
        yours = self.revisions.create(
            number=self.next_number(),
            base=base or None,
            kind="conflict",
            text=text,
            key=key,
            device=device[:120],
            created=timezone.now(),
            **count(text)._asdict(),
        )
        return Stale(self.head, self.text, yours)

    def next_number(self) -> int:
        """The number of the next revision, conflicts counted too."""
        last = self.revisions.aggregate(last=models.Max("number"))["last"]
        return (last or 0) + 1

    def restore(self, number: int, device: str = "") -> Saved | Unchanged | Stale:
        """Bring back the text of an earlier revision, as a new one."""
        old = self.revisions.get(number=number)
        name = _("Revision %(number)d restored") % {"number": number}
        return self.revise(old.text, base=self.head, kind="restored", name=name, device=device)

    def settle_conflicts(self, now: datetime | None = None) -> int:
        """The author has looked at both texts: close what is open; both stay in the list."""
        open_ones = self.revisions.filter(kind="conflict", settled=None)
        return open_ones.update(settled=now or timezone.now())


def clean(text: str) -> str:
    """`text` with its line ends as LF and nothing else changed."""
    if "\x00" in text:
        raise TextRefused(_("The text holds a NUL character, which no file can; remove it."))
    if len(text) > LONGEST:
        raise TextRefused(_("The text is too long for one scene; split it."))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise TextRefused(
            _("The text holds half of a character (a lone surrogate); remove it.")
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
