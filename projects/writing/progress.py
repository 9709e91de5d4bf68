"""How far a pass is, and how much of the first draft stands: figures from texts, typed by nobody.

All lengths are in characters that are not white space.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from studio.lib.text import count

from .prose_diff import compare

State = Literal["untouched", "work", "done"]

# From which share on an amount is said; each bound lies midway to the amount before it.
AMOUNTS = (
    (0.85, "nearly"),
    (17 / 24, "three quarters"),
    (7 / 12, "two thirds"),
    (0.5, "half"),
    (5 / 12, "almost half"),
    (7 / 24, "third"),
    (0.1875, "quarter"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A scene in a pass: its length now, and how much of that is new since the pass began.

    `worked`: its words were changed by hand in this pass; `reviewed`: the author called it done.
    """

    chars: int
    fresh: int = 0
    worked: bool = False
    reviewed: bool = False

    @property
    def state(self) -> State:
        """Done when the author says so, in work once its words were changed by hand."""
        if self.reviewed:
            return "done"
        return "work" if self.worked else "untouched"

    @property
    def reached(self) -> int:
        """The characters that the pass has been through: all when done, the new ones in work."""
        if self.reviewed:
            return self.chars
        return max(0, min(self.fresh, self.chars)) if self.worked else 0


def progress(pieces: Iterable[Piece]) -> float:
    """The share of a book's characters that were reviewed or changed in a pass, 0 to 1.

    A done scene counts whole, a scene in work by its share of new characters. Without any
    characters it is 1 when every scene is done, else 0.
    """
    every = list(pieces)
    total = sum(piece.chars for piece in every)
    if total:
        return sum(piece.reached for piece in every) / total
    return float(bool(every) and all(piece.reviewed for piece in every))


def together(states: Iterable[State]) -> State:
    """The state of a chapter with scenes in these: untouched or done only when all of them are."""
    found = set(states)
    if len(found) == 1:
        return found.pop()
    return "work" if found else "untouched"


def amount(share: float) -> str:
    """A share as a person says it: one of "nothing", "begun", AMOUNTS' names and "done".

    Only 0 is nothing and only 1 is done.
    """
    if share <= 0:
        return "nothing"
    if share >= 1:
        return "done"
    return next((name for bound, name in AMOUNTS if share >= bound), "begun")


def drafted(length: int, target: int | None) -> float | None:
    """How far a first draft is: its length over the book's target in the same unit, 0 to 1.

    All of a first draft is new, so its passage through itself says nothing; None without a target.
    A draft that is as long as it was to be is not for that finished: 1 is never reached.
    """
    return min(length / target, 0.99) if target else None


@dataclass(frozen=True, slots=True)
class Change:
    """From one text to another: the characters that stand, went and came."""

    stands: int
    went: int
    came: int

    @classmethod
    def between(cls, before: str, now: str) -> "Change":
        """Count by the prose diff: sentences aligned first, then words within a rewritten one.

        What moved to another place went there and came here.
        """
        if before == now:
            return cls(count(now).chars, 0, 0)
        if not before or not now:
            return cls(0, count(before).chars, count(now).chars)
        found = compare(before, now)
        return cls(found.kept.chars, found.deleted.chars, found.inserted.chars)

    @property
    def of(self) -> int:
        """How many characters the first text has."""
        return self.stands + self.went


def percent(part: int, whole: int) -> int | None:
    """`part` of `whole` in percent; 100 only for all, 0 only for nothing, None of nothing."""
    if not whole:
        return None
    rounded = round(100 * part / whole)
    if 0 < part < whole:
        return min(99, max(1, rounded))
    return rounded
