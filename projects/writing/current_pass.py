"""The pass a book is in, and where each of its scenes stands, in one query and no words read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from studio.lib.text import Counts

from .models import Book, Pass, Scene
from .progress import Piece, State, drafted, percent, progress, together

PASS = ("pk", "book_id", "number", "purpose", "opened", "closed", "before", "after")
STANDING = (
    *("scene", "scene__chapter", "scene__chars", "scene__head", "worked", "reviewed", "fresh"),
    *("first", "stands", "of", "seen"),
)


@dataclass(frozen=True, slots=True)
class Stand:
    """A scene in the pass, now at revision `now`; see models.Standing."""

    scene: int
    chapter: int
    chars: int
    now: int = 0
    worked: datetime | None = None
    reviewed: datetime | None = None
    fresh: int = 0
    first: int = 0
    stands: int = 0
    of: int = 0
    seen: int = 0

    @property
    def piece(self) -> Piece:
        """Its part in the progress."""
        return Piece(self.chars, self.fresh, self.worked is not None, self.reviewed is not None)

    @property
    def state(self) -> State:
        """untouched, work or done."""
        return self.piece.state

    @property
    def touched_since(self) -> bool:
        """Whether it was changed after it was called done."""
        return bool(self.reviewed and self.worked and self.worked > self.reviewed)

    @property
    def survival(self) -> int | None:
        """How much of its first draft stands, in percent; None while there is no such text."""
        return percent(self.stands, self.of) if self.first else None

    @property
    def is_stale(self) -> bool:
        """Whether its words have changed since it was measured."""
        return self.now != self.seen

    @property
    def is_new(self) -> bool:
        """Whether it came after the first draft."""
        return not self.first


@dataclass(frozen=True)
class Current:
    """A book's pass and its scenes' standings, by scene."""

    rewrite: Pass
    stands: dict[int, Stand]

    @cached_property
    def by_chapter(self) -> dict[int, list[Stand]]:
        """The standings of each chapter's scenes."""
        found = defaultdict(list)
        for stand in self.stands.values():
            found[stand.chapter].append(stand)
        return found

    def stand(self, scene: Scene) -> Stand:
        """Where a scene stands; untouched where nothing is known of it."""
        return self.stands.get(scene.pk) or Stand(scene.pk, scene.chapter_id, scene.chars)

    def state_of(self, scenes: Iterable[Scene]) -> State:
        """The state of a chapter with these scenes."""
        return state_of([self.stand(scene) for scene in scenes])

    def share(self, chapters: Iterable[int], counts: Counts, book: Book) -> float | None:
        """How far the pass is through these chapters of the book, together `counts` long.

        A first draft is as far as the book's target says, until every scene is done.
        """
        known = self.by_chapter
        pieces = [stand.piece for chapter in chapters for stand in known.get(chapter, ())]
        # What the pass knows nothing of is untouched.
        pieces.append(Piece(max(0, counts.chars - sum(piece.chars for piece in pieces))))
        written = [piece for piece in pieces if piece.chars]
        if self.rewrite.number == 1 and not (written and all(one.reviewed for one in written)):
            return drafted(counts.of(book.counts_in), book.target)
        return progress(written)


class InPass:
    """What shows scenes of a book that may be in a pass."""

    current: Current | None

    @property
    def can_mark(self) -> bool:
        """Whether scenes can be called done: a pass is open."""
        return self.current is not None and self.current.rewrite.is_open

    def stand(self, scene: Scene) -> Stand:
        """Where a scene stands in the pass."""
        return (self.current or Current(Pass(), {})).stand(scene)


def state_of(stands: Sequence[Stand]) -> State:
    """The state of a chapter; empty scenes say nothing beside written ones."""
    written = [stand for stand in stands if stand.chars] or stands
    return together(stand.state for stand in written)


def current_passes(passes: "QuerySet[Pass]") -> dict[int, Current]:
    """By book, these passes with their standings; a book should come once."""
    names = [f"standings__{name}" for name in STANDING]
    found: dict[int, Current] = {}
    for row in passes.order_by("pk", "standings__scene").values_list(*PASS, *names):
        told, standing = row[: len(PASS)], row[len(PASS) :]
        fields = dict(zip(PASS, told, strict=True))
        book = fields["book_id"]
        if book not in found:
            found[book] = Current(Pass(**fields), {})
        if standing[0] is not None:
            found[book].stands[standing[0]] = Stand(*standing)
    return found


def current_pass(book: int) -> Current | None:
    """The last pass of a book (its key); None while it is in an unnamed first draft."""
    return current_passes(Pass.objects.filter(book=book).newest()).get(book)


def current_near(book: int, chapters: Sequence[int]) -> Current | None:
    """The same with the standings of some chapters' scenes only, in two queries."""
    rewrite = Pass.objects.filter(book=book).order_by("-number").first()
    if rewrite is None:
        return None
    rows = rewrite.standings.filter(scene__chapter__in=chapters).values_list(*STANDING)
    return Current(rewrite, {row[0]: Stand(*row) for row in rows})
