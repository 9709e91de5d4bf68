"""A book seen from the side: one leaf for each chapter, as tall as the chapter is long.

Places are percent of the picture, since SVG takes them so and no style attribute is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 24  # a book with three chapters looks like a beginning, not like three towers


@dataclass(frozen=True)
class Leaf:
    """What is drawn: a length in any unit, a tone 0 (begun) to 3 (done), whether it is in hand."""

    length: int
    tone: int
    now: bool
    title: str


@dataclass(frozen=True)
class Bar:
    """Where it is drawn: left, top, width, height in percent of the picture, and the class."""

    x: str
    y: str
    width: str
    height: str
    look: str
    title: str


def bars(leaves: Sequence[Leaf], thickest: float = 1.6) -> list[Bar]:
    """The bars of a book, the longest chapter as tall as the picture.

    A chapter without words is only the tip of a leaf, at the height of an average one. Bars begin
    at 0 and, from FEWEST chapters on, end at 100 percent.
    """
    slots = max(len(leaves), FEWEST)
    thick = min(thickest, 62 / slots)
    step = (100 - thick) / (slots - 1)
    written = [leaf.length for leaf in leaves if leaf.length]
    longest = max(written, default=1)
    tip = 98 * sum(written) / len(written) / longest if written else 50.0
    return [bar(leaf, place * step, thick, longest, tip) for place, leaf in enumerate(leaves)]


def bar(leaf: Leaf, x: float, thick: float, longest: int, tip: float) -> Bar:
    """One leaf, never lower than 2 percent."""
    height = max(2.0, 98 * leaf.length / longest) if leaf.length else 2.0
    top = 100 - (height if leaf.length else tip)
    look = "now" if leaf.now else f"tone-{leaf.tone}" if leaf.length else "plan"
    return Bar(f"{x:.2f}%", f"{top:.2f}%", f"{thick:.2f}%", f"{height:.2f}%", look, leaf.title)


def tone(rank: int | None, ranks: int) -> int:
    """The tone of the author's status number `rank` of `ranks`; all ink when there are none."""
    if ranks < 2:
        return 3
    return 0 if rank is None else round(3 * rank / (ranks - 1))


def pass_tone(state: str) -> int:
    """The tone of a chapter in a pass: untouched, in work, done."""
    return {"untouched": 0, "work": 2, "done": 3}[state]


def gathered(leaves: Sequence[Leaf], most: int) -> list[Leaf]:
    """At most `most` leaves: neighbours become one, as long as they are on average together.

    Where they differ in tone it is in work; it is in hand where one of them is.
    """
    size = -(-len(leaves) // most) or 1
    if size == 1:
        return list(leaves)
    groups = [leaves[at : at + size] for at in range(0, len(leaves), size)]
    return [
        Leaf(
            sum(leaf.length for leaf in group) // len(group),
            group[0].tone if len({leaf.tone for leaf in group}) == 1 else 2,
            any(leaf.now for leaf in group),
            f"{group[0].title} – {group[-1].title}",
        )
        for group in groups
    ]
