"""The board of a pass: every scene in reading order, where it stands and how much of it stood."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .current_pass import Stand
from .models import Scene
from .outline import Line, Outline
from .progress import State


@dataclass(frozen=True)
class Row:
    """A scene on the board; `heads` where it is the first of its chapter."""

    line: Line
    scene: Scene
    stand: Stand
    place: int
    heads: bool

    @property
    def state(self) -> State:
        """untouched, work or done."""
        return self.stand.state

    @property
    def touched(self) -> date | None:
        """The day its words last changed; None for an empty one."""
        return timezone.localdate(self.scene.updated) if self.scene.head else None

    @property
    def length(self) -> str:
        """Its length as the author says it."""
        return self.line.chapter.book.in_words(self.scene.counts) if self.scene.chars else ""


def rows(tree: Outline) -> list[Row]:
    """All scenes of the book, in reading order."""
    return [
        Row(line, scene, tree.stand(scene), place, place == 1)
        for line in tree.lines
        for place, scene in enumerate(line.scenes, 1)
    ]


def tally(found: list[Row]) -> dict[State, int]:
    """How many scenes stand where."""
    counts: dict[State, int] = {"untouched": 0, "work": 0, "done": 0}
    for row in found:
        counts[row.state] += 1
    return counts
