"""The scene: where words are, and how they are saved."""

from dataclasses import dataclass
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
from studio.lib.ordering import Positioned
from studio.lib.text import Counts, count, last_words
from studio.store.days import Days

from .effort import UNITS, Effort
from .pairs import Paired
from .revision import Revision
from .rewrite import Pass
from .structure import Chapter, Status

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
        return self.defer("text", "source_lines", "synopsis")

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


class Scene(Positioned, Paired):
    """The smallest piece of a book, and the piece that is saved. Every line is a paragraph."""

    scope_fields = ("chapter",)
    pair_field = "counterpart"
    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="scenes")
    title = models.CharField(gettext_lazy("Title"), max_length=200, blank=True)
    status = models.ForeignKey(Status, models.SET_NULL, null=True, blank=True)
    synopsis = models.TextField(gettext_lazy("Synopsis"), blank=True)
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

    objects = SceneQuerySet.as_manager()

    class Meta(Positioned.Meta):
        indexes = [
            models.Index(fields=["updated"], name="scene_updated"),
            # A book's length without its words, which lie between the key and the counts.
            models.Index(fields=["chapter", "zishu", "words", "chars"], name="scene_lengths"),
        ]

    def __str__(self) -> str:
        return self.title or self.chapter.title

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

    def move_by(self, steps: int) -> None:
        """Move on among the chapter's scenes; over its edge, into the neighbouring chapter."""
        places = list(self.siblings().values_list("pk", flat=True))
        place = places.index(self.pk) + steps
        if 0 <= place < len(places):
            self.move_to(place)
            return
        way = 1 if steps > 0 else -1
        chapters = list(Chapter.objects.filter(book=self.chapter.book).in_reading_order())
        at = [chapter.pk for chapter in chapters].index(self.chapter_id) + way
        if not 0 <= at < len(chapters):
            return
        with transaction.atomic():
            self.chapter = chapters[at]
            self.save(update_fields=["chapter"])
            self.move_to(0 if way > 0 else len(places) + self.siblings().count())

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
            scene = Scene.objects.select_for_update().get(pk=self.pk)
            known = scene.revisions.filter(key=key).first() if key else None
            if known is not None:
                outcome: Saved | Unchanged | Stale = (
                    Stale(scene.head, scene.text, known)
                    if known.kind == "conflict"
                    else Saved(known)
                )
            elif base != scene.head and not name and (old := scene.kept_before(text, base)):
                outcome = old
            elif base != scene.head:
                outcome = scene.keep_aside(text, base, key, device)
            elif text == scene.text and not name:
                outcome = Unchanged(scene.head)
            else:
                fields = {"kind": kind, "name": name, "key": key, "device": device[:120]}
                outcome = Saved(scene.append(text, base, **fields))
            made = outcome.revision if isinstance(outcome, Saved) else None
            # A save that comes a second time, late, is not newer work.
            if made and made.number == scene.head and made.kind != "import":
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

    def kept_before(self, text: str, base: int) -> Saved | Stale | None:
        """What a stale save comes to when it brings nothing that is not kept already.

        Nothing was written since `base`: it is that revision, and the sender may take the newer
        one without a word. Or the text was kept aside before: once is enough.
        """
        same = models.Q(number=base) | models.Q(base=base or None, kind="conflict")
        for revision in self.revisions.with_text().filter(same, **count(text)._asdict()):
            if revision.text == text:
                old = revision.number == base
                return Saved(revision) if old else Stale(self.head, self.text, revision)
        return None

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

    def restore(self, number: int, device: str = "") -> Saved | Unchanged | Stale:
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
