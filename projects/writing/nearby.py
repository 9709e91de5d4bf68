"""The outline beside the manuscript: the chapters around the one that is open.

The whole outline of a long book costs more than the page it stands beside; the room shows a
stretch of it, and all of it when asked. The queries are the same for every length.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from studio.lib.text import Counts

from .current_pass import Current, InPass, current_near
from .measure import in_words
from .models import Book, Chapter, Scene
from .outline import Group, Line, total

SHORT = 40  # chapters of a book that is shown whole
AROUND = 8  # chapters shown on either side in a longer one


@dataclass
class Nearby(InPass):
    """A stretch of a book's outline, the line that is open, and what the whole book comes to."""

    book: Book
    groups: list[Group]
    line: Line
    chapters: int
    earlier: int
    later: int
    counts: Counts
    current: Current | None = None

    @property
    def target(self) -> str:
        """The book's target as the author says it."""
        return in_words(self.book.target or 0, self.book.counts_in)


def nearby(chapter: Chapter, *, whole: bool = False) -> Nearby:
    """The outline around `chapter`, or all of it, in six queries."""
    book = chapter.book
    order = list(book.chapters.in_reading_order().values_list("pk", "numbered"))
    place = next(at for at, (pk, _) in enumerate(order) if pk == chapter.pk)
    whole = whole or len(order) <= SHORT
    start, end = (0, len(order)) if whole else (max(place - AROUND, 0), place + AROUND + 1)
    lines = lines_of(book, order[start:end], sum(numbered for _, numbered in order[:start]))
    current = current_near(book.pk, [line.chapter.pk for line in lines])
    if current is not None:
        for line in lines:
            line.state = current.state_of(line.scenes)
    return Nearby(
        book,
        grouped(lines),
        next(line for line in lines if line.chapter.pk == chapter.pk),
        len(order),
        start,
        len(order) - start - len(lines),
        length_of(book),
        current,
    )


def lines_of(book: Book, stretch: list[tuple[int, bool]], before: int) -> list[Line]:
    """The chapters of a stretch, of which `before` numbered ones come first."""
    keys = [pk for pk, _ in stretch]
    scenes = defaultdict(list)
    found = Scene.objects.filter(chapter__in=keys).without_text().order_by("position", "pk")
    for scene in found:
        scenes[scene.chapter_id].append(scene)
    chapters = Chapter.objects.select_related("part").in_bulk(keys)
    lines, number = [], before
    for pk in keys:
        chapter, own = chapters[pk], scenes[pk]
        chapter.book = book
        number += chapter.numbered
        lines.append(Line(chapter, number if chapter.numbered else None, own, total(own)))
    return lines


def grouped(lines: list[Line]) -> list[Group]:
    """The lines under their parts."""
    groups: list[Group] = []
    for line in lines:
        if not groups or groups[-1].part != line.chapter.part:
            groups.append(Group(line.chapter.part))
        groups[-1].lines.append(line)
    return groups


def length_of(book: Book) -> Counts:
    """The whole book's length."""
    sums = {unit: Sum(unit, default=0) for unit in Counts._fields}
    return Counts(**Scene.objects.filter(chapter__book=book).aggregate(**sums))
