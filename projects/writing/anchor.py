"""Where quoted words stand in a text that goes on changing, and what is left of them.

A quote is kept with what stood before and after it (W3C Web Annotation Data Model, 2017,
TextQuoteSelector). Its place is carried through the diff of every revision. Words that the diff
loses are looked for among those that came in: exactly, in their context; then by seeds of two
characters and approximate matching (Sellers, 1980, in the bits of Myers, 1999). Readers take a note
for lost rather than see it put on other words (Brush, Bargeron, Gupta and Cadiz, 2001), so words
that stood elsewhere before are never taken for the quoted ones.

All places are offsets in characters (code points), `end` not included. What is left is always
judged against the words as they were quoted first, never against an earlier rewriting of them.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from .prose_diff import raw_spans
from .what_is_left import STILL, TRACE, State, nearest, state_of, survival

AROUND = 64  # characters of context kept on either side
SEED = 2  # characters that must be found together before a place is looked at
PLACES = 3  # places looked at, those with the most seeds


class Held(Protocol):
    """Anything that holds a quote and the place it had last."""

    @property
    def quote(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def state(self) -> str: ...


class Place(NamedTuple):
    """Where the words stand now. Lost words keep the place they were lost from."""

    start: int
    end: int
    state: State


@dataclass(frozen=True)
class Anchor:
    """A quote with its context and its place."""

    quote: str
    start: int = 0
    end: int = 0
    state: str = "intact"
    prefix: str = ""
    suffix: str = ""


class Stretch(NamedTuple):
    """A stretch of the old text and what stands for it in the new one."""

    old: int
    old_end: int
    new: int
    new_end: int
    same: bool


# --- exact words ----------------------------------------------------------------------------------
def around(text: str, start: int, length: int) -> tuple[str, str]:
    """What stands before and after the `length` characters at `start`."""
    end = start + length
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def find(text: str, quote: str, prefix: str = "", suffix: str = "", start: int = 0) -> int | None:
    """The place of `quote` in `text`: of several the one in the same context, then the nearest."""
    if not quote:
        return None
    best: tuple[int, int, int] | None = None
    at = text.find(quote)
    while at >= 0:
        before, after = around(text, at, len(quote))
        alike = common(before[::-1], prefix[::-1]) + common(after, suffix)
        rank = (-alike, abs(at - start), at)
        best = rank if best is None else min(best, rank)
        at = text.find(quote, at + 1)
    return best[2] if best else None


def common(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


# --- through a revision ---------------------------------------------------------------------------
def follow(old: str, new: str, anchors: Sequence[Held]) -> list[Place]:
    """The places in `new` of anchors that have their places in `old`, in the same order."""
    change = Change(old, new)
    return [change.carry(anchor) for anchor in anchors]


def shift(anchors: Iterable[Held], by: int) -> list[Place]:
    """The places when their text stands `by` characters further on: a scene joined to another."""
    return [Place(max(0, a.start + by), max(0, a.end + by), as_state(a.state)) for a in anchors]


def rehome(anchors: Iterable[Held], text: str) -> list[Place]:
    """The places in a text that was not made from the one they have their places in.

    A part of a scene that was split off, an import: looked for everywhere, near `start` first.
    """
    everywhere = Change("", text)
    return [everywhere.seek(anchor, anchor.start) for anchor in anchors]


def as_state(said: str) -> State:
    """A kept state as one of the four."""
    known: dict[str, State] = {"revised": "revised", "at risk": "at risk", "lost": "lost"}
    return known.get(said, "intact")


class Change:
    """What leads from one text to the next, made once for all anchors of the text."""

    def __init__(self, old: str, new: str) -> None:
        self.new = new
        self.length = len(old)
        self.head = common(old, new)
        rest = min(len(old), len(new)) - self.head
        tail = common(old[::-1][:rest], new[::-1][:rest])
        self.tail = len(old) - tail  # in the old text, where all is the same again
        self.moved = len(new) - len(old)
        self.old = old

    def carry(self, anchor: Held) -> Place:
        """One anchor."""
        start, end = sorted((min(anchor.start, self.length), min(anchor.end, self.length)))
        kept = as_state(anchor.state)
        if kept != "intact" and anchor.quote in self.new and anchor.quote not in self.old:
            return self.seek(anchor, start)  # the very words are back, wherever that is
        reach = 0 if kept == "intact" else len(anchor.quote)
        if kept != "lost" or not anchor.quote:
            if end + reach <= self.head:
                return Place(start, end, kept)
            if start - reach >= self.tail:
                return Place(start + self.moved, end + self.moved, kept)
        at, to = self.map(start, end)
        if not anchor.quote:
            return Place(at, to, "intact")
        if kept == "lost":
            return self.seek(anchor, at)
        exact = find(self.new[at:to], anchor.quote, anchor.prefix, anchor.suffix)
        if exact is not None:
            return Place(at + exact, at + exact + len(anchor.quote), "intact")
        left = survival(anchor.quote, self.new[at:to])
        if reach or to - at > 1.5 * len(anchor.quote) + 8:
            at, to, left = self.refine(anchor, at, to, left)
        if left < STILL:
            found = self.seek(anchor, at)
            if found.state != "lost":
                return found
        return Place(at, to, state_of(anchor.quote, self.new[at:to], left))

    def map(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the new text that stands for `start` to `end` of the old one.

        What replaced the first or the last of the words belongs to them; what came in before the
        first or after the last does not.
        """
        first, last = self.at(start), self.at(max(start, end - 1))
        if first.same:
            at = first.new + start - first.old
        else:
            at = first.new if start == first.old and end > start else first.new_end
        if last.same:
            to = last.new + end - last.old
        else:
            to = last.new_end if end == last.old_end else last.new
        return at, max(at, to)

    def at(self, place: int) -> Stretch:
        """The stretch that holds a place of the old text."""
        found = bisect_right(self.begins, place) - 1
        return self.stretches[found]

    def refine(self, anchor: Held, at: int, to: int, left: float) -> tuple[int, int, float]:
        """The best place in and around one that holds too much, or only a part."""
        slack = len(anchor.quote)
        low = max(0, at - slack)
        window = self.new[low : to + slack]
        exact = find(window, anchor.quote, anchor.prefix, anchor.suffix, at - low)
        if exact is not None:
            return low + exact, low + exact + slack, 1.0
        begin, finish = nearest(anchor.quote, window, at - low)
        better = survival(anchor.quote, window[begin:finish])
        shorter = better >= left and finish - begin < 0.75 * (to - at)
        return (low + begin, low + finish, better) if better > left or shorter else (at, to, left)

    def seek(self, anchor: Held, near: int) -> Place:
        """Look for the words among what came in; lost at `near` when they are not there."""
        quote, size = anchor.quote, len(anchor.quote)
        if not quote:
            return Place(min(near, len(self.new)), min(near, len(self.new)), "intact")
        if self.new.find(quote) >= 0:
            ranks = []
            for low, high in self.came(size - 1):
                window = self.new[low:high]
                found = find(window, quote, anchor.prefix, anchor.suffix, near - low)
                if found is not None:
                    before, after = around(self.new, low + found, size)
                    alike = common(before[::-1], anchor.prefix[::-1]) + common(after, anchor.suffix)
                    ranks.append((-alike, abs(low + found - near), low + found))
            if ranks:
                at = min(ranks)[2]
                return Place(at, at + size, "intact")
        best, place = TRACE, Place(min(near, len(self.new)), min(near, len(self.new)), "lost")
        for low in self.likely(quote, near):
            window = self.new[low : low + 3 * size]
            begin, finish = nearest(quote, window, near - low)
            left = survival(quote, window[begin:finish])
            if left >= STILL and left > best:
                state = state_of(quote, window[begin:finish], left)
                best, place = left, Place(low + begin, low + finish, state)
        return place

    def came(self, reach: int) -> list[tuple[int, int]]:
        """The parts of the new text that came in, `reach` characters more on either side."""
        parts: list[tuple[int, int]] = []
        for stretch in self.stretches:
            if stretch.same:
                continue
            low, high = max(0, stretch.new - reach), min(len(self.new), stretch.new_end + reach)
            if parts and low <= parts[-1][1]:
                parts[-1] = (parts[-1][0], max(high, parts[-1][1]))
            else:
                parts.append((low, high))
        return parts

    def likely(self, quote: str, near: int) -> list[int]:
        """Where windows of three quotes' length begin that share the most seeds with the quote."""
        size = max(len(quote), 8)
        votes: Counter[int] = Counter()
        for offset in range(len(quote) - SEED + 1):
            for place in self.seeds.get(quote[offset : offset + SEED], ()):
                votes[(place - offset + size) // size] += 1
        pairs = {block: votes[block] + votes[block + 1] for block in votes}
        best = sorted(pairs, key=lambda block: (-pairs[block], abs(block * size - near)))
        return [max(0, (block - 1) * size - size // 4) for block in best[:PLACES]]

    @cached_property
    def seeds(self) -> dict[str, list[int]]:
        """Where each two characters that came in stand."""
        found: dict[str, list[int]] = defaultdict(list)
        for low, high in self.came(0):
            for place in range(low, high - SEED + 1):
                found[self.new[place : place + SEED]].append(place)
        return found

    @cached_property
    def begins(self) -> list[int]:
        """Where each stretch begins in the old text."""
        return [stretch.old for stretch in self.stretches]

    @cached_property
    def stretches(self) -> list[Stretch]:
        """All of both texts; only the paragraphs that differ are compared."""
        head = self.old.rfind("\n", 0, self.head) + 1
        line = self.old.find("\n", self.tail)
        tail = self.length if line < 0 else line
        found = [Stretch(0, head, 0, head, True)] if head else []
        old = new = head
        gone, came = self.old[head:tail], self.new[head : tail + self.moved]
        pending = 0
        for kind, text in raw_spans(gone, came):
            if kind == "equal" and text:
                found.append(Stretch(old, old + len(text), new, new + len(text), True))
                old, new = old + len(text), new + len(text)
            elif kind == "delete":
                pending = len(text)
            elif kind == "insert":
                if pending or text:
                    found.append(Stretch(old, old + pending, new, new + len(text), False))
                old, new, pending = old + pending, new + len(text), 0
        if tail < self.length:
            found.append(Stretch(tail, self.length, new, len(self.new), True))
        return found or [Stretch(0, 0, 0, len(self.new), False)]
