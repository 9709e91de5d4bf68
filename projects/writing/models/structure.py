"""Series, books, parts and chapters."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import Count, F, Max, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.worlds.models import LANGUAGES, World
from projects.writing.measure import in_words
from studio.lib.ordering import Positioned
from studio.lib.text import Counts

from .pairs import Paired


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
            zishu=Coalesce(Sum("chapters__scenes__zishu"), 0),
            words=Coalesce(Sum("chapters__scenes__words"), 0),
            chars=Coalesce(Sum("chapters__scenes__chars"), 0),
            chapter_count=Count("chapters", distinct=True),
            touched=Max("chapters__scenes__updated"),
        )


class Book(Positioned, Paired):
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

    objects = BookQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

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


class Part(Positioned):
    """Chapters under one title."""

    scope_fields = ("book",)
    book = models.ForeignKey(Book, models.CASCADE, related_name="parts")
    title = models.CharField(_("Title"), max_length=200)
    source_key = models.CharField(max_length=300, blank=True, db_index=True)
    source_lines = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.title


class Status(Positioned):
    """The author's own word for how far a text is."""

    scope_fields = ("book",)
    book = models.ForeignKey(Book, models.CASCADE, related_name="statuses")
    label = models.CharField(max_length=80)

    class Meta(Positioned.Meta):
        verbose_name_plural = "statuses"
        constraints = [
            models.UniqueConstraint(fields=["book", "label"], name="one_status_per_label")
        ]

    def __str__(self) -> str:
        return self.label


class ChapterQuerySet(models.QuerySet["Chapter"]):
    """Which chapters."""

    def with_book(self) -> "ChapterQuerySet":
        """Each with its book, the book's world, its part and its status."""
        return self.select_related("book__world", "book__twin", "part", "status")

    def in_reading_order(self) -> "ChapterQuerySet":
        """As a reader meets them: part by part, those without a part first."""
        return self.order_by(F("part__position").asc(nulls_first=True), "position", "pk")

    def with_counts(self) -> "ChapterQuerySet":
        """Each with the sums of its scenes: zishu, words, chars, and when it was touched."""
        return self.annotate(
            zishu=Coalesce(Sum("scenes__zishu"), 0),
            words=Coalesce(Sum("scenes__words"), 0),
            chars=Coalesce(Sum("scenes__chars"), 0),
            touched=Max("scenes__updated"),
        )


class Chapter(Positioned):
    """One chapter: scenes under one title."""

    scope_fields: ClassVar[tuple[str, ...]] = ("book",)
    book = models.ForeignKey(Book, models.CASCADE, related_name="chapters")
    part = models.ForeignKey(Part, models.SET_NULL, null=True, blank=True, related_name="chapters")
    title = models.CharField(_("Title"), max_length=200)
    other_title = models.CharField(_("Title in the other language"), max_length=200, blank=True)
    numbered = models.BooleanField(_("Has a number"), default=True)
    status = models.ForeignKey(Status, models.SET_NULL, null=True, blank=True)
    synopsis = models.TextField(_("Synopsis"), blank=True)
    source_key = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    source_lines = models.JSONField(default=list, blank=True, editable=False)

    objects = ChapterQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def move_by(self, steps: int) -> None:
        """Move on in reading order, or back when negative; at the edge of a part, into the next."""
        with transaction.atomic():
            rows = list(self.siblings().select_for_update())
            parts = [None, *self.book.parts.values_list("pk", flat=True)]
            groups = [[row for row in rows if row.part_id == part] for part in parts]
            for _step in range(abs(steps)):
                move_one(groups, self, 1 if steps > 0 else -1)
            placed = [
                (part, row) for part, group in zip(parts, groups, strict=True) for row in group
            ]
            for position, (part, row) in enumerate(placed, 1):
                row.position, row.part_id = position, part
                if row == self:
                    self.position, self.part_id = position, part
            Chapter.objects.bulk_update(rows, ["position", "part"])


def move_one(groups: list[list[Chapter]], chapter: Chapter, way: int) -> None:
    """Move `chapter` one place within its group, or over the edge into the next group."""
    at = next(n for n, group in enumerate(groups) if chapter in group)
    place = groups[at].index(chapter)
    if 0 <= place + way < len(groups[at]):
        groups[at].insert(place + way, groups[at].pop(place))
    elif 0 <= at + way < len(groups):
        beside = groups[at + way]
        beside.insert(0 if way > 0 else len(beside), groups[at].pop(place))
