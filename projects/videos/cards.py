"""Shots as they stand in a strip or a table, put together from flat rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

Dot = Literal["was", "pick", "open", "rejected"]
WIDEST = 30  # seconds; a longer shot looks as long as this one in the strip


class Row(NamedTuple):
    """One version of one picture of one shot, or a shot that has none yet."""

    concept: int
    concept_number: int
    concept_title: str
    shot: int
    number: int
    title: str
    seconds: Decimal
    image: int | None
    pick: int | None
    version: int | None
    version_number: int | None
    rejected: bool


@dataclass
class Card:
    """A shot with what its first pictures' versions say about it."""

    concept: int
    concept_number: int
    concept_title: str
    shot: int
    number: int
    title: str
    seconds: Decimal
    image: int | None = None
    thumb: int | None = None
    newest: int = 0
    picked: int | None = None
    now: bool = False  # the first of its film that waits for a choice
    dots: list[Dot] = field(default_factory=list)

    @property
    def step(self) -> int:
        """Its width in the strip: whole seconds, at least 1, at most WIDEST."""
        return max(1, min(WIDEST, round(self.seconds)))

    @property
    def state(self) -> Literal["board", "work", "choosing", "picked"]:
        """How far the shot's picture is."""
        if self.picked:
            return "picked"
        kept = sum(dot != "rejected" for dot in self.dots)
        return "choosing" if kept > 1 else "work" if kept else "board"


def cards(rows: Iterable[Row]) -> list[Card]:
    """Fold `rows`, ordered by shot and version number, into one card a shot.

    The first picture that has versions stands for the shot; its pick, else its newest version that
    was not rejected, is the thumbnail.
    """
    folded: dict[int, Card] = {}
    for row in rows:
        card = folded.setdefault(row.shot, Card(*row[:7]))
        if row.image is not None and card.image is None:
            card.image = row.image
        if row.version is None or row.version_number is None:
            continue
        if card.dots and row.image != card.image:
            continue
        card.image = row.image
        card.newest = row.version_number
        if row.version == row.pick:
            card.dots.append("pick")
            card.picked, card.thumb = row.version_number, row.version
        elif row.rejected:
            card.dots.append("rejected")
        else:
            card.dots.append("was")
            if card.picked is None:
                card.thumb = row.version
    for card in folded.values():
        if card.dots and card.dots[-1] == "was" and card.picked is None:
            card.dots[-1] = "open"
    waiting = next((card for card in folded.values() if card.state == "choosing"), None)
    if waiting is not None:
        waiting.now = True
    return list(folded.values())


def running_time(found: Iterable[Card]) -> Decimal:
    """Seconds of all shots together."""
    return sum((card.seconds for card in found), Decimal(0))
