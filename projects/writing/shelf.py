"""The books of a world side by side, each seen from its edge."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from projects.worlds.models import World
from studio.lib.text import Counts

from .edge import Bar, Leaf, bars, tone
from .measure import in_words
from .models import Book, Chapter, Scene, Status


@dataclass(frozen=True)
class Volume:
    """A book on the shelf."""

    book: Book
    numeral: str
    chapters: int
    counts: Counts
    touched: datetime | None
    bars: list[Bar]
    toned: bool

    @property
    def headline(self) -> str:
        """Its length as the author says it."""
        return self.book.in_words(self.counts)

    @property
    def target(self) -> str:
        """What it is to become, in the same unit."""
        return in_words(self.book.target or 0, self.book.counts_in) if self.book.target else ""


def shelf(world: World) -> list[Volume]:
    """The world's books in order, in four queries however many they are."""
    books = list(world.books.select_related("series"))
    if not books:
        return []
    chapters = defaultdict(list)
    found = Chapter.objects.filter(book__world=world).with_counts().in_reading_order()
    for chapter in found.defer("synopsis"):
        chapters[chapter.book_id].append(chapter)
    statuses = defaultdict(list)
    for pk, book_id in Status.objects.filter(book__world=world).values_list("pk", "book_id"):
        statuses[book_id].append(pk)
    last = Scene.objects.filter(chapter__book__world=world).without_text().last_worked()
    now = last.chapter_id if last and last.worked else None
    return [
        volume(book, roman(place), chapters[book.pk], statuses[book.pk], now)
        for place, book in enumerate(books, 1)
    ]


def volume(
    book: Book, numeral: str, chapters: list[Chapter], statuses: list[int], now: int | None
) -> Volume:
    """One book of the shelf; its `chapters` carry their counts."""
    unit = book.counts_in
    ranks = {pk: rank for rank, pk in enumerate(statuses)}
    leaves = [
        Leaf(
            getattr(chapter, unit),
            tone(ranks.get(chapter.status_id or 0), len(ranks)),
            chapter.pk == now,
            f"{chapter.title}, {in_words(getattr(chapter, unit), unit)}",
        )
        for chapter in chapters
    ]
    sums = [Counts(chapter.zishu, chapter.words, chapter.chars) for chapter in chapters]
    return Volume(
        book,
        numeral,
        len(chapters),
        sum(sums, Counts()),
        max((chapter.touched for chapter in chapters if chapter.touched), default=None),
        bars(leaves),
        len(ranks) > 1,
    )


def totals(volumes: list[Volume]) -> list[str]:
    """The world's length, once for each unit in use: ["513,400 字", "338,900 words"]."""
    sums: Counter[str] = Counter()
    for one in volumes:
        sums[one.book.counts_in] += one.counts.of(one.book.counts_in)
    return [in_words(number, unit) for unit, number in sums.items() if number]


def roman(number: int) -> str:
    """3 -> "III", as on a spine; beyond 39 the digits."""
    if number > 39:
        return str(number)
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]
