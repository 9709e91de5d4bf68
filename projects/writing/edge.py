"""A book seen from the side: one leaf for each chapter, as tall as the chapter is long.

Places are percent of the picture, since SVG takes them so and no style attribute is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 24  # a book with three chapters looks like a beginning, not like three towers
THICKEST = 1.6


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


def bars(leaves: Sequence[Leaf], longest: int = 0) -> list[Bar]:
    """The bars of a book; `longest` puts several books on one scale.

    A chapter without words is only the tip of a leaf. Bars start at 0 and the last ends at 100.
    """
    slots = max(len(leaves), FEWEST)
    thick = min(THICKEST, 62 / slots)
    step = (100 - thick) / (slots - 1)
    longest = max([longest, 1, *(leaf.length for leaf in leaves)])
    return [bar(leaf, place * step, thick, longest) for place, leaf in enumerate(leaves)]


def bar(leaf: Leaf, x: float, thick: float, longest: int) -> Bar:
    """One leaf, never lower than 2 percent."""
    if leaf.length:
        height = max(2.0, 98 * leaf.length / longest)
        look = "now" if leaf.now else f"tone-{leaf.tone}"
    else:
        height, look = 2.0, "now" if leaf.now else "plan"
    return Bar(
        f"{x:.2f}%", f"{100 - height:.2f}%", f"{thick:.2f}%", f"{height:.2f}%", look, leaf.title
    )


def tone(rank: int | None, ranks: int) -> int:
    """The tone of the author's status number `rank` of `ranks`; all ink when there are none."""
    if ranks < 2:
        return 3
    return 0 if rank is None else round(3 * rank / (ranks - 1))
