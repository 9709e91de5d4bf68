"""Series, books, parts and chapters."""

from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.worlds.models import LANGUAGES, World
from projects.writing.measure import in_words
from studio.lib.ordering import Positioned
from studio.lib.text import Counts

from .pairs import Paired
from .trash import Kept, Trashable

# Sums go through joins, which know nothing of a manager: the trash is left out by hand.
IN_BOOK = Q(chapters__scenes__trashed=None)
IN_CHAPTER = Q(scenes__trashed=None)


class Series(Positioned):
    """Books that belong together; optional."""

    scope_fields = ("world",)
    world = models.ForeignKey(World, models.CASCADE, related_name="series")
    title = models.CharField(_("Title"), max_length=200)
    other_title = models.CharField(_("Title in the other language"), max_length=200, blank=True)

    class Meta(Positioned.Meta):
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class BookQuerySet(models.QuerySet["Book"]):
    """Which books."""

    def with_world(self) -> "BookQuerySet":
        """Each with its world, its series and its twin."""
        return self.select_related("world", "series", "twin")

    def with_counts(self) -> "BookQuerySet":
        """Each with the sums of its scenes: zishu, words, chars, and chapter_count, touched."""
        return self.annotate(
            zishu=Coalesce(Sum("chapters__scenes__zishu", filter=IN_BOOK), 0),
            words=Coalesce(Sum("chapters__scenes__words", filter=IN_BOOK), 0),
            chars=Coalesce(Sum("chapters__scenes__chars", filter=IN_BOOK), 0),
            chapter_count=Count("chapters", filter=Q(chapters__trashed=None), distinct=True),
            touched=Max("chapters__scenes__updated", filter=IN_BOOK),
        )


class Book(Positioned, Paired, Trashable):
    """One book, in one language; its twin tells it in the other."""

    scope_fields = ("world",)
    pair_field = "twin"

    class Unit(models.TextChoices):
        """What the author counts in."""

        AUTO = "auto", _("By language: 字 or words")
        ZISHU = "zishu", _("字数, as Word counts")
        WORDS = "words", _("Words, Han characters one each")
        CHARS = "chars", _("Characters without spaces")

    world = models.ForeignKey(World, models.CASCADE, related_name="books")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="books")
    title = models.CharField(_("Title"), max_length=200)
    other_title = models.CharField(_("Title in the other language"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=8, choices=LANGUAGES, default="en")
    unit = models.CharField(_("Count in"), max_length=8, choices=Unit, default=Unit.AUTO)
    target = models.PositiveIntegerField(_("Target length"), null=True, blank=True)
    twin = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, verbose_name=_("The same book, translated")
    )
    source_key = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = Kept.from_queryset(BookQuerySet)()
    everything = BookQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def inside(self) -> list[models.QuerySet[Any]]:
        """Its parts, chapters and scenes."""
        scenes = scenes_of(chapter__book=self)
        return [Part.rows().filter(book=self), Chapter.rows().filter(book=self), scenes]

    @property
    def is_chinese(self) -> bool:
        """Whether it is written in Chinese."""
        return self.language.startswith("zh")

    @property
    def other_language(self) -> str:
        """The language of its other title."""
        return "en" if self.is_chinese else "zh-Hans"

    @property
    def counts_in(self) -> str:
        """The unit in force: zishu, words or chars."""
        if self.unit != self.Unit.AUTO:
            return self.unit
        return "zishu" if self.is_chinese else "words"

    def in_words(self, counts: Counts) -> str:
        """A length as the author says it: 2,310 字, or 1,486 words."""
        return in_words(counts.of(self.counts_in), self.counts_in)

    def add_chapter(self, title: str, part: "Part | None" = None) -> "Chapter":
        """A chapter after the last one, with one empty scene to write in."""
        chapter = Chapter.objects.create(book=self, part=part, title=title)
        chapter.scenes.create()
        return chapter


class Part(Positioned, Trashable):
    """Chapters under one title. In the trash it has none: they stay, in the part before it."""

    scope_fields = ("book",)
    book = models.ForeignKey(Book, models.CASCADE, related_name="parts")
    title = models.CharField(_("Title"), max_length=200)
    source_key = models.CharField(max_length=300, blank=True, db_index=True)
    source_lines = models.JSONField(default=list, blank=True)
    # While it is in the trash: which chapters were its own, and the part they went into.
    held = models.JSONField(default=dict, blank=True, editable=False)

    objects = Kept.from_queryset(models.QuerySet)()
    everything = models.Manager()

    def __str__(self) -> str:
        return self.title

    def within(self) -> Book:
        """Its book."""
        return self.book

    def trash(self, now: datetime | None = None) -> None:
        """Put the part into the trash; its chapters go on in the part before it."""
        with transaction.atomic():
            rows = list(self.siblings())
            if self not in rows:
                return
            place = rows.index(self)
            before = rows[place - 1] if place else None
            # One numbering through the whole book keeps the order of reading as it was.
            chapters = list(Chapter.everything.filter(book=self.book_id).in_reading_order())
            held = [chapter.pk for chapter in chapters if chapter.part_id == self.pk]
            for position, chapter in enumerate(chapters, 1):
                chapter.position = position
                if chapter.part_id == self.pk:
                    chapter.part = before
            Chapter.everything.bulk_update(chapters, ["position", "part"])
            self.held = {"chapters": held, "into": before.pk if before else None}
            self.save(update_fields=["held"])
            super().trash(now)

    def bring_back(self) -> None:
        """Take it out of the trash; the chapters that did not move since are its own again."""
        with transaction.atomic():
            was = self.locked().trashed
            super().bring_back()
            if was is not None and self.held:
                rows = Chapter.everything.filter(book=self.book_id, pk__in=self.held["chapters"])
                rows.filter(part=self.held["into"]).update(part=self)
                self.held = {}
                self.save(update_fields=["held"])


class StatusQuerySet(models.QuerySet["Status"]):
    """Which statuses."""

    def with_use(self) -> "StatusQuerySet":
        """Each with `in_use`: how many chapters and scenes have it."""
        return self.annotate(
            in_use=Count("chapter", filter=Q(chapter__trashed=None), distinct=True)
            + Count("scene", filter=Q(scene__trashed=None), distinct=True)
        )


class Status(Positioned):
    """The author's own word for how far a text is."""

    scope_fields = ("book",)
    book = models.ForeignKey(Book, models.CASCADE, related_name="statuses")
    label = models.CharField(max_length=80)

    objects = StatusQuerySet.as_manager()

    class Meta(Positioned.Meta):
        verbose_name_plural = "statuses"
        constraints = [
            models.UniqueConstraint(fields=["book", "label"], name="one_status_per_label")
        ]

    def __str__(self) -> str:
        return self.label

    def give_way_to(self, other: "Status | None") -> None:
        """Be removed; all that had this status has `other` from now on, the trash too."""
        with transaction.atomic():
            Chapter.everything.filter(status=self).update(status=other)
            scenes_of(status=self).update(status=other)
            self.delete()


class ChapterQuerySet(models.QuerySet["Chapter"]):
    """Which chapters."""

    def with_book(self) -> "ChapterQuerySet":
        """Each with its book, the book's world, its part and its status."""
        return self.select_related("book__world", "book__twin", "part", "status")

    def in_reading_order(self) -> "ChapterQuerySet":
        """As a reader meets them: part by part, those without a part first."""
        return self.order_by(F("part__position").asc(nulls_first=True), "position", "pk")

    def for_choice(self) -> "ChapterQuerySet":
        """For a list to choose from: book by book, each in reading order."""
        part = F("part__position").asc(nulls_first=True)
        rows = self.order_by("book__position", "book", part, "position", "pk")
        return rows.defer("synopsis", "notes", "source_lines")

    def with_counts(self) -> "ChapterQuerySet":
        """Each with the sums of its scenes: zishu, words, chars, and when it was touched."""
        return self.annotate(
            zishu=Coalesce(Sum("scenes__zishu", filter=IN_CHAPTER), 0),
            words=Coalesce(Sum("scenes__words", filter=IN_CHAPTER), 0),
            chars=Coalesce(Sum("scenes__chars", filter=IN_CHAPTER), 0),
            touched=Max("scenes__updated", filter=IN_CHAPTER),
        )


class Chapter(Positioned, Trashable):
    """One chapter: scenes under one title."""

    scope_fields: ClassVar[tuple[str, ...]] = ("book",)
    book = models.ForeignKey(Book, models.CASCADE, related_name="chapters")
    part = models.ForeignKey(Part, models.SET_NULL, null=True, blank=True, related_name="chapters")
    title = models.CharField(_("Title"), max_length=200)
    other_title = models.CharField(_("Title in the other language"), max_length=200, blank=True)
    numbered = models.BooleanField(_("Has a number"), default=True)
    status = models.ForeignKey(Status, models.SET_NULL, null=True, blank=True)
    synopsis = models.TextField(_("Synopsis"), blank=True)
    notes = models.TextField(_("Notes"), blank=True)
    source_key = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    source_lines = models.JSONField(default=list, blank=True, editable=False)

    objects = Kept.from_queryset(ChapterQuerySet)()
    everything = ChapterQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def inside(self) -> list[models.QuerySet[Any]]:
        """Its scenes."""
        return [scenes_of(chapter=self)]

    def within(self) -> Book:
        """Its book."""
        return self.book


def scenes_of(**where: object) -> models.QuerySet[Any]:
    """Scenes, those in the trash too; their module is read after this one."""
    rows: models.QuerySet[Any] = apps.get_model("writing", "Scene")._base_manager.filter(**where)
    return rows
