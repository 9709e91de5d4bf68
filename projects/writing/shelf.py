"""The books of a world side by side, each seen from its edge."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from projects.worlds.models import World
from studio.lib.text import Counts

from .edge import Bar, Leaf, bars, tone
from .measure import in_words
from .models import Book, Chapter, Scene, Status


@dataclass(frozen=True)
class Volume:
    """A book on the shelf; when it has a twin, the one that is further along is drawn."""

    book: Book
    numeral: str
    chapters: list[Any]  # Chapter, with_counts
    statuses: list[int]
    now: int | None
    twin: "Volume | None" = None

    @property
    def counts(self) -> Counts:
        """Its length."""
        return sum((counts_of(chapter) for chapter in self.chapters), Counts())

    @property
    def headline(self) -> str:
        """Its length as the author says it; nothing when it has none."""
        return self.book.in_words(self.counts) if self.counts.chars else ""

    @property
    def target(self) -> str:
        """What it is to become, in the same unit."""
        return in_words(self.book.target or 0, self.book.counts_in) if self.book.target else ""

    @property
    def touched(self) -> datetime | None:
        """When its words last changed."""
        return max((chapter.touched for chapter in self.chapters if chapter.chars), default=None)

    @property
    def has_now(self) -> bool:
        """Whether the author is in it now."""
        return any(chapter.pk == self.now for chapter in self.chapters)

    @property
    def toned(self) -> bool:
        """Whether the author's statuses give its leaves different tones."""
        return len(self.statuses) > 1

    @property
    def bars(self) -> list[Bar]:
        """The book from the side."""
        unit = self.book.counts_in
        ranks = {pk: rank for rank, pk in enumerate(self.statuses)}
        return bars(
            [
                Leaf(
                    getattr(chapter, unit),
                    tone(ranks.get(chapter.status_id or 0), len(ranks)),
                    chapter.pk == self.now,
                    f"{chapter.title}, {in_words(getattr(chapter, unit), unit)}",
                )
                for chapter in self.chapters
            ]
        )


def shelf(world: World) -> list[Volume]:
    """The world's books in order, twins as one, in four queries however many they are."""
    books = list(world.books.select_related("series"))
    if not books:
        return []
    chapters = defaultdict(list)
    found = Chapter.objects.filter(book__world=world).with_counts().in_reading_order()
    for chapter in found.defer("synopsis", "source_lines"):
        chapters[chapter.book_id].append(chapter)
    statuses = defaultdict(list)
    for pk, book_id in Status.objects.filter(book__world=world).values_list("pk", "book_id"):
        statuses[book_id].append(pk)
    last = Scene.objects.filter(chapter__book__world=world).without_text().last_typed()
    now = last.chapter_id if last else None
    drawn = {book.pk: Volume(book, "", chapters[book.pk], statuses[book.pk], now) for book in books}
    volumes: list[Volume] = []
    while drawn:
        first = drawn.pop(next(iter(drawn)))
        second = drawn.pop(first.book.twin_id or 0, None)
        if second and (second.has_now, second.counts.chars) > (first.has_now, first.counts.chars):
            first, second = second, first
        volumes.append(replace(first, numeral=roman(len(volumes) + 1), twin=second))
    return volumes


def counts_of(chapter: Any) -> Counts:
    """The counts that with_counts gave a chapter."""
    return Counts(chapter.zishu, chapter.words, chapter.chars)


def totals(volumes: list[Volume]) -> list[str]:
    """The world's length, once for each unit in use: ["513,400 字", "338,900 words"]."""
    sums: Counter[str] = Counter()
    for volume in volumes:
        for one in filter(None, (volume, volume.twin)):
            sums[one.book.counts_in] += one.counts.of(one.book.counts_in)
    return [in_words(number, unit) for unit, number in sums.items() if number]


def roman(number: int) -> str:
    """3 -> "III", as on a spine; beyond 39 the digits."""
    if number > 39:
        return str(number)
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]
