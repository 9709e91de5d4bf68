"""The books of a world side by side, each seen from its edge."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from projects.worlds.models import World
from studio.lib.text import Counts

from .current_pass import Current, current_passes, state_of
from .edge import Bar, Leaf, bars, pass_tone, tone
from .measure import in_words
from .models import Book, Chapter, Pass, Scene, Status
from .outline import leaf_title
from .pass_words import of_book, pass_sentence
from .progress import State


@dataclass(frozen=True)
class Volume:
    """A book on the shelf; when it has a twin, the one that is further along is drawn."""

    book: Book
    numeral: str
    chapters: list[Any]  # Chapter, with_counts
    statuses: list[int]
    now: int | None
    current: Current | None = None
    place: int = 0
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
        return self.current is None and len(self.statuses) > 1

    @property
    def pass_sentence(self) -> str:
        """How far its pass is: "Book Two: second pass, half done"; nothing before it has words."""
        counts = self.counts
        if not counts.chars:
            return ""
        if self.current is None:
            return of_book(self.place, pass_sentence(1, None))
        chapters = [chapter.pk for chapter in self.chapters]
        share, rewrite = self.current.share(chapters, counts, self.book), self.current.rewrite
        said = pass_sentence(rewrite.number, share, is_open=rewrite.is_open)
        return of_book(self.place, said)

    def state(self, chapter: Any) -> State | None:
        """Where a chapter stands in the book's pass; None while it has none."""
        if self.current is None:
            return None
        return state_of(self.current.by_chapter.get(chapter.pk, ()))

    @property
    def states(self) -> Counter[State]:
        """How many written chapters stand where in the pass."""
        found = ((chapter, self.state(chapter)) for chapter in self.chapters if chapter.chars)
        return Counter(state for _chapter, state in found if state)

    @property
    def bars(self) -> list[Bar]:
        """The book from the side."""
        return bars([self.leaf(chapter) for chapter in self.chapters])

    def leaf(self, chapter: Any) -> Leaf:
        """A chapter: by the book's pass, or by the author's statuses while it has none."""
        unit, state = self.book.counts_in, self.state(chapter)
        ranks = {pk: rank for rank, pk in enumerate(self.statuses)}
        length = getattr(chapter, unit)
        rank = tone(ranks.get(chapter.status_id or 0), len(ranks))
        title = leaf_title(chapter.title, in_words(length, unit), state)
        now = chapter.pk == self.now
        return Leaf(length, pass_tone(state) if state else rank, now, title)


def shelf(world: World) -> list[Volume]:
    """The world's books in order, twins as one, in five queries however many they are."""
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
    passes = current_passes(Pass.objects.filter(book__world=world).newest())
    drawn = {
        book.pk: Volume(book, "", chapters[book.pk], statuses[book.pk], now, passes.get(book.pk))
        for book in books
    }
    volumes: list[Volume] = []
    while drawn:
        first = drawn.pop(next(iter(drawn)))
        second = drawn.pop(first.book.twin_id or 0, None)
        if second and (second.has_now, second.counts.chars) > (first.has_now, first.counts.chars):
            first, second = second, first
        place = len(volumes) + 1
        volumes.append(replace(first, numeral=roman(place), place=place, twin=second))
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
