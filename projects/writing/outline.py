"""A book's parts, chapters and scenes with their lengths, in few queries and no words read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from studio.lib.text import Counts

from .current_pass import Current, InPass, current_pass
from .edge import Bar, Leaf, bars, gathered, pass_tone, tone
from .measure import in_words
from .models import Book, Chapter, Part, Pass, Scene, Work
from .order import as_trees
from .pass_words import pass_sentence, state_name
from .progress import State
from .tree_order import version

EVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Line:
    """A chapter in the outline; `number` is None where the author gave it none."""

    chapter: Chapter
    number: int | None
    scenes: list[Scene]
    counts: Counts
    now: bool = False
    opens_part: Part | None = None
    state: State | None = None  # in the book's pass; None while it has none
    work: Work | None = None

    @property
    def first(self) -> Scene | None:
        """Where to write: the scene last worked in, else the first."""
        return max(self.scenes, key=lambda s: s.worked or EVER, default=None)

    @property
    def touched(self) -> datetime | None:
        """When its words last changed."""
        return max((scene.updated for scene in self.scenes if scene.head), default=None)

    @property
    def length(self) -> str:
        """Its length as the author says it; nothing for an empty one."""
        return self.chapter.book.in_words(self.counts) if self.counts.chars else ""

    @property
    def rework(self) -> Work | None:
        """Its words worked, once they are more than its length."""
        length = self.counts.of(self.chapter.book.counts_in)
        return self.work if self.work and self.work != Work(length) else None

    @property
    def shows_scenes(self) -> bool:
        """One scene without a title is the chapter itself."""
        return len(self.scenes) > 1 or any(scene.title for scene in self.scenes)


@dataclass
class Group:
    """A part and its chapters; the chapters before the first part have none."""

    part: Part | None
    lines: list[Line] = field(default_factory=list)


@dataclass
class Outline(InPass):
    """The whole book from above."""

    book: Book
    groups: list[Group]
    last: Scene | None
    ranks: dict[int, int]
    current: Current | None = None

    @property
    def lines(self) -> list[Line]:
        """All chapters in reading order."""
        return [line for group in self.groups for line in group.lines]

    @property
    def version(self) -> str:
        """The version of the order that is shown; a move made from another one is refused."""
        groups = [
            (
                group.part.pk if group.part else None,
                [(line.chapter.pk, [scene.pk for scene in line.scenes]) for line in group.lines],
            )
            for group in self.groups
        ]
        if not groups or groups[0][0] is not None:
            groups.insert(0, (None, []))
        return version(as_trees(groups).values())

    @property
    def uses_scenes(self) -> bool:
        """Whether some chapter has more than one; else every chapter is its scene."""
        return any(line.shows_scenes for line in self.lines)

    @property
    def numbered(self) -> int:
        """How many chapters have a number."""
        return sum(line.number is not None for line in self.lines)

    @property
    def counts(self) -> Counts:
        """The whole book's length."""
        return sum((line.counts for line in self.lines), Counts())

    @property
    def target(self) -> str:
        """The target as the author says it."""
        return in_words(self.book.target or 0, self.book.counts_in)

    @property
    def last_part(self) -> Part | None:
        """Where the next chapter goes."""
        return self.groups[-1].part if self.groups else None

    @property
    def progress(self) -> int | None:
        """How far to the target, in percent; None without one."""
        if not self.book.target:
            return None
        return round(100 * self.counts.of(self.book.counts_in) / self.book.target)

    @property
    def headline(self) -> str:
        """The whole book's length as the author says it."""
        return self.book.in_words(self.counts)

    @property
    def touched(self) -> datetime | None:
        """When the book's words last changed."""
        return max((line.touched for line in self.lines if line.touched), default=None)

    @property
    def resume(self) -> Scene | None:
        """Where to go on writing: the last scene worked in, else the first of the book."""
        return self.last or next((line.first for line in self.lines if line.first), None)

    @property
    def edge(self) -> list[Bar]:
        """The book from the side."""
        return bars(leaves(self.book, self.lines, self.ranks), thickest=0.9)

    @property
    def small_edge(self) -> list[Bar]:
        """The book from the side where there is little room: neighbours share a leaf."""
        return bars(gathered(leaves(self.book, self.lines, self.ranks), 96), thickest=2.5)

    @property
    def share(self) -> float | None:
        """How far the book's pass is, 0 to 1; None for a first draft without a target."""
        if self.current is None:
            return None
        chapters = [line.chapter.pk for line in self.lines]
        return self.current.share(chapters, self.counts, self.book)

    @property
    def pass_sentence(self) -> str:
        """How far the book's pass is: "Second pass, half done"."""
        rewrite = self.current.rewrite if self.current else Pass(number=1)
        return pass_sentence(rewrite.number, self.share, is_open=rewrite.is_open)


def outline(book: Book, current: Current | None = None, *, synopses: bool = False) -> Outline:
    """Read a book's outline, in five queries however long it is; by its last pass, or `current`.

    `synopses` of scenes come along if wanted.
    """
    current = current or current_pass(book.pk)
    parts = list(book.parts.all())
    statuses = {status.pk: status for status in book.statuses.all()}
    scenes = defaultdict(list)
    found = Scene.objects.filter(chapter__book=book).order_by("position", "pk")
    for scene in found.for_synopses() if synopses else found.without_text():
        scene.status = statuses.get(scene.status_id or 0)
        scenes[scene.chapter_id].append(scene)
    last = max(
        (scene for own in scenes.values() for scene in own if scene.worked),
        key=lambda scene: scene.worked or EVER,
        default=None,
    )
    groups: dict[int | None, Group] = {None: Group(None)}
    groups.update((part.pk, Group(part)) for part in parts)
    number = 0
    for chapter in book.chapters.in_reading_order():
        chapter.book, chapter.status = book, statuses.get(chapter.status_id or 0)
        number += chapter.numbered
        own = scenes[chapter.pk]
        line = Line(chapter, number if chapter.numbered else None, own, total(own))
        line.now = last is not None and last.chapter_id == chapter.pk
        if current is not None:
            line.state = current.state_of(own)
        group = groups[chapter.part_id]
        line.opens_part = None if group.lines else group.part
        group.lines.append(line)
    shown = [group for group in groups.values() if group.lines or group.part]
    ranks = {pk: rank for rank, pk in enumerate(statuses)}
    return Outline(book, shown, last, ranks, current)


def total(scenes: Iterable[Scene]) -> Counts:
    """The length of several scenes."""
    return sum((scene.counts for scene in scenes), Counts())


def leaves(book: Book, lines: Iterable[Line], ranks: dict[int, int]) -> list[Leaf]:
    """The chapters as leaves of the book's edge, darker the further they are.

    That is in the book's pass, or by the author's statuses while it has none.
    """
    unit = book.counts_in
    return [
        Leaf(
            line.counts.of(unit),
            pass_tone(line.state) if line.state else rank_tone(line, ranks),
            line.now,
            leaf_title(line.chapter.title, in_words(line.counts.of(unit), unit), line.state),
        )
        for line in lines
    ]


def rank_tone(line: Line, ranks: dict[int, int]) -> int:
    """The tone of a chapter's status."""
    return tone(ranks.get(line.chapter.status_id or 0), len(ranks))


def leaf_title(title: str, length: str, state: State | None) -> str:
    """Salt, 412 words, in work."""
    said = f"{title}, {length}"
    return f"{said}, {state_name(state)}" if state else said
