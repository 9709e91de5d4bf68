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
class Picture:
    """What one picture of a shot has come to."""

    image: int
    thumb: int | None = None
    newest: int = 0
    picked: int | None = None
    dots: list[Dot] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """How many of its versions were not set aside."""
        return sum(dot != "rejected" for dot in self.dots)

    def add(self, row: Row) -> None:
        """One version more, in the order of their numbers."""
        if row.version is None or row.version_number is None:
            return
        self.newest = row.version_number
        if row.version == row.pick:
            self.dots.append("pick")
            self.picked, self.thumb = row.version_number, row.version
        elif row.rejected:
            self.dots.append("rejected")
        else:
            self.dots.append("was")
            if self.picked is None:
                self.thumb = row.version


@dataclass
class Card:
    """A shot with what its pictures' versions say about it.

    The first picture that has versions stands for the shot; its pick, else its newest version that
    was not rejected, is the thumbnail. The shot is settled when all its pictures are.
    """

    concept: int
    concept_number: int
    concept_title: str
    shot: int
    number: int
    title: str
    seconds: Decimal
    now: bool = False  # the first of its film that waits for a choice
    pictures: list[Picture] = field(default_factory=list)

    @property
    def step(self) -> int:
        """Its width in the strip: whole seconds, at least 1, at most WIDEST."""
        return max(1, min(WIDEST, round(self.seconds)))

    @property
    def first(self) -> Picture:
        """The picture that stands for the shot."""
        shown = next((each for each in self.pictures if each.dots), None)
        return shown or (self.pictures[0] if self.pictures else Picture(0))

    @property
    def choice(self) -> Picture | None:
        """The first of its pictures that has versions to choose between and no pick."""
        return next((each for each in self.pictures if not each.picked and each.kept > 1), None)

    @property
    def image(self) -> int | None:
        """The picture to look at: the one to choose in, else the one that stands for the shot."""
        return (self.choice or self.first).image or None

    @property
    def thumb(self) -> int | None:
        """The version to show."""
        return self.first.thumb

    @property
    def newest(self) -> int:
        """The number of the newest version shown."""
        return self.first.newest

    @property
    def picked(self) -> int | None:
        """The number of the pick that is shown."""
        return self.first.picked

    @property
    def dots(self) -> list[Dot]:
        """One a version."""
        return self.first.dots

    @property
    def picks(self) -> int:
        """How many of its pictures are picked."""
        return sum(each.picked is not None for each in self.pictures)

    @property
    def state(self) -> Literal["board", "work", "choosing", "picked"]:
        """How far the shot's pictures are: the one that is least far counts."""
        waiting = [each.kept for each in self.pictures if not each.picked]
        if not waiting:
            return "picked" if self.pictures else "board"
        if max(waiting) > 1:
            return "choosing"
        return "work" if any(each.kept for each in self.pictures) else "board"


def cards(rows: Iterable[Row]) -> list[Card]:
    """Fold `rows`, ordered by shot, picture and version number, into one card a shot."""
    folded: dict[int, Card] = {}
    for row in rows:
        card = folded.setdefault(row.shot, Card(*row[:7]))
        if row.image is None:
            continue
        if not card.pictures or card.pictures[-1].image != row.image:
            card.pictures.append(Picture(row.image))
        card.pictures[-1].add(row)
    for card in folded.values():
        for picture in card.pictures:
            if picture.dots and picture.dots[-1] == "was" and picture.picked is None:
                picture.dots[-1] = "open"
    waiting = next((card for card in folded.values() if card.state == "choosing"), None)
    if waiting is not None:
        waiting.now = True
    return list(folded.values())


def running_time(found: Iterable[Card]) -> Decimal:
    """Seconds of all shots together."""
    return sum((card.seconds for card in found), Decimal(0))
