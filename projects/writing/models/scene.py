"""The scene: where words are, and how they are saved."""

from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.writing import after_revision
from projects.writing.effort import measure
from projects.writing.merge3 import merge as merged
from studio.lib.ordering import Positioned
from studio.lib.text import Counts, count, last_words
from studio.store.days import Days

from .effort import UNITS, Effort
from .outcome import Behind, Merged, Outcome, Saved, Stale, Unchanged
from .pairs import Paired
from .revision import Revision
from .rewrite import Pass
from .structure import Chapter, Status
from .trash import Kept, Trashable

UNCREDITED = ("import", "moved")  # kinds that are no work of this hour
LONGEST = 8_000_000  # characters; a book of three million still fits in one scene


class TextRefused(ValueError):
    """The text cannot be kept as it is; the message says why, in one sentence."""


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

    def with_work_of(self, day: date) -> "SceneQuerySet":
        """Each with what was inserted on `day` in all scenes: day_zishu, day_words, day_chars."""
        works = Effort.objects.filter(day=day).order_by().values("day")
        return self.annotate(
            **{
                f"day_{unit}": Subquery(works.annotate(came=Sum(f"inserted_{unit}")).values("came"))
                for unit in UNITS
            }
        )

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
        indexes = [
            models.Index(fields=["updated"], name="scene_updated"),
            # A book's length without its words, which lie between the key and the counts.
            models.Index(fields=["chapter", "zishu", "words", "chars"], name="scene_lengths"),
        ]

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
        merge: bool = False,
    ) -> Outcome:
        """Make `text` the scene's text, if it was made from revision `base`.

        `key` is the client's: the same key again answers with the same revision and makes nothing
        new, so a save whose answer was lost may be sent again. A save made from an older revision
        than the current one is kept as a conflict revision and changes nothing else; or, with
        `merge`, is brought together with the current text where that needs no choice.
        """
        text = clean(text)
        with transaction.atomic():
            # Words that come late, for a scene that is in the trash by now, are kept all the same.
            scene = Scene.everything.select_for_update().get(pk=self.pk)
            known = scene.revisions.filter(key=key).first() if key else None
            if known is not None:
                outcome: Outcome = scene.as_before(known)
            elif base != scene.head and not name and (old := scene.kept_aside(text, base)):
                outcome = scene.as_before(old)
            elif base != scene.head and not name and scene.has_moved_past(text, base):
                outcome = Behind(scene.head)
            elif base != scene.head and merge:
                outcome = scene.bring_together(text, base, key, name, device)
            elif base != scene.head:
                outcome = scene.keep_aside(text, base, key, device)
            elif text == scene.text and not name:
                outcome = Unchanged(scene.head)
            else:
                fields = {"kind": kind, "name": name, "key": key, "device": device[:120]}
                outcome = Saved(scene.append(text, base, **fields))
            made = outcome.revision if isinstance(outcome, Saved | Merged) else None
            # A save that comes a second time, late, is not newer work.
            if made and made.number == scene.head and made.kind not in UNCREDITED:
                scene.worked = made.created
                scene.save(update_fields=["worked"])
        self.refresh_from_db()
        return outcome

    def append(self, text: str, base: int, **fields: object) -> Revision:
        """Add a revision and make it the current one. The row must be locked."""
        now, book = timezone.now(), self.chapter.book_id
        change = measure(self.text, text, self.counts if self.head else None)
        rewrite = Pass.objects.open_in(book).first()
        made = {"base": base or None, "created": now, "rewrite": rewrite, **fields}
        revision = Revision.write(self, text, change, **made)
        if revision.is_credited:
            Effort.credit(revision, book, Days.of_the_studio().of(now))
        before = self.text
        self.text, self.head, self.updated = text, revision.number, now
        self.zishu, self.words, self.chars = change.after
        self.save(update_fields=["text", "head", "updated", "zishu", "words", "chars"])
        after_revision.tell(self, revision, before)
        return revision

    def kept_aside(self, text: str, base: int) -> Revision | None:
        """The revision that keeps this stale text aside already: once is enough."""
        same = self.revisions.filter(base=base or None, kind="conflict", **count(text)._asdict())
        return next((row for row in same.with_text() if row.text == text), None)

    def keep_aside(self, text: str, base: int, key: UUID | None, device: str) -> Unchanged | Stale:
        """Keep a text made from an older revision, beside the current one."""
        if text == self.text:  # two devices came to the same words: there is nothing to choose
            return Unchanged(self.head)
        made_from = self.revisions.at_or_before(base) if base else None
        yours = Revision.write(
            self,
            text,
            measure(made_from.text if made_from else "", text),
            base=base or None,
            kind="conflict",
            key=key,
            device=device[:120],
        )
        return Stale(self.head, self.text, yours)

    def bring_together(
        self, text: str, base: int, key: UUID | None, name: str, device: str
    ) -> Outcome:
        """Merge a text made from an older revision with the current one.

        It is kept first, as the parent of what comes of it, so nothing that was typed is ever only
        in a merge. Where both changed one place, or nobody knows the base, it stays beside.
        """
        old = "" if base == 0 else self.text_of(base)
        together = None if old is None else merged(old, text, self.text).text
        outcome = self.keep_aside(text, base, key, device)
        if together is None or not isinstance(outcome, Stale):
            return outcome
        yours = outcome.yours
        self.revisions.filter(pk=yours.pk).update(settled=yours.created)
        fields = {"kind": "merged", "name": name, "device": device[:120]}
        return Merged(self.append(together, yours.number, **fields), yours)

    def has_moved_past(self, text: str, base: int) -> bool:
        """Whether a stale save brings only the words of its base: there is nothing to choose."""
        return text != self.text and text == ("" if base == 0 else self.text_of(base))

    def text_of(self, number: int) -> str | None:
        """What a revision said; None when it is not known, or not any more."""
        revision = self.revisions.filter(number=number).with_text().first()
        return None if revision is None else revision.text

    def as_before(self, known: Revision) -> Saved | Stale | Merged:
        """What a save was answered that is sent again."""
        if known.kind != "conflict":
            return Saved(known)
        both = self.revisions.filter(kind="merged", base=known.number).first()
        return Merged(both, known) if both else Stale(self.head, self.text, known)

    def restore(self, number: int, device: str = "") -> Outcome:
        """Bring back the text of an earlier revision, as a new one."""
        old = self.revisions.with_text().get(number=number)
        name = _("Revision %(number)d restored") % {"number": number}
        with transaction.atomic():
            done = self.revise(old.text, base=self.head, kind="restored", name=name, device=device)
            if isinstance(done, Saved):
                self.revisions.filter(number=done.revision.number).update(source=number)
        return done

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
