"""What changed between two short texts, word by word, in Chinese character by character.

Ratcliff and Obershelp's matching (1988), cut first at what stands once in both texts where they
are long (patience diff, Cohen, 2003). Tiny islands of unchanged text between two changes are given
up, so that a change reads as one.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

from studio.lib.text import HAN

Kind = Literal["equal", "delete", "insert"]

COMPARISONS = 4_000_000  # beyond this, difflib may leave out what is everywhere
TOKEN = re.compile(rf"[{HAN}]|[^\W{HAN}]+(?:['’\-][^\W{HAN}]+)*|\n|[^\S\n]+|.", re.DOTALL)
SAYS = re.compile(r"\w")
ONE_HAN = re.compile(f"[{HAN}]")


class Span(NamedTuple):
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


def compare(old: str, new: str) -> list[Span]:
    """Mark what leads from `old` to `new`, a prompt or another text of a few hundred words.

    The texts of the spans that are equal or deleted join to `old`, those that are equal or
    inserted to `new`, character for character.
    """
    return list(merged(word_spans(old, new)))


def word_spans(old: str, new: str) -> Iterator[Span]:
    """The marks inside one sentence, tiny islands of unchanged text given up."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    runs = [(same, "".join(a[i1:i2]), "".join(b[j1:j2])) for same, i1, i2, j1, j2 in opcodes(a, b)]
    at = 1
    while at < len(runs) - 1:
        (_, gone, came), (same, kept, _), (_, gone_next, came_next) = runs[at - 1 : at + 2]
        least = min(max(len(gone), len(came)), max(len(gone_next), len(came_next)))
        if same and _is_island(kept, least):
            runs[at - 1 : at + 2] = [(False, gone + kept + gone_next, came + kept + came_next)]
            at = max(1, at - 2)
        else:
            at += 1
    for same, gone, came in runs:
        if same:
            yield Span("equal", gone)
        else:
            yield Span("delete", gone)
            yield Span("insert", came)


def _is_island(kept: str, least: int) -> bool:
    """Whether `kept`, between two changes, reads better as part of them.

    It does when it is no longer than either of them, or holds no word, or one Chinese character.
    """
    if "\n" in kept:
        return False
    said = len(SAYS.findall(kept))
    return said == 0 or len(kept.strip()) <= least or (said == 1 and bool(ONE_HAN.search(kept)))


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of one kind joined; in one place of change, what went stands before what came.

    Line ends that went and came at the end of the same place stayed.
    """
    kept = ""
    for equal, group in groupby(spans, lambda span: span.kind == "equal"):
        texts: dict[Kind, str] = {"equal": "", "delete": "", "insert": ""}
        for kind, text in group:
            texts[kind] += text
        if equal:
            yield Span("equal", kept + texts["equal"])
            kept = ""
            continue
        gone, came = texts["delete"], texts["insert"]
        ends = min(len(text) - len(text.rstrip("\n")) for text in (gone, came))
        kept = "\n" * ends
        if gone := gone[: len(gone) - ends]:
            yield Span("delete", gone)
        if came := came[: len(came) - ends]:
            yield Span("insert", came)
    if kept:
        yield Span("equal", kept)


def opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """(same, i1, i2, j1, j2) of runs; the equal head and tail are taken off first."""
    head, shorter = 0, min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield True, 0, head, 0, head
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if a and b:
        for same, i1, i2, j1, j2 in _matches(a, b):
            yield same, i1 + head, i2 + head, j1 + head, j2 + head
    elif a or b:
        yield False, head, head + len(a), head, head + len(b)
    if tail:
        yield True, len(old) - tail, len(old), len(new) - tail, len(new)


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """The runs of two lists with different ends, cut at what is there once where they are long."""
    times, others = Counter(old), Counter(new)
    dense = sum(n * others[token] for token, n in times.items()) > COMPARISONS
    if dense and (anchors := _anchors(old, new, times, others)):
        i = j = 0
        for at, to in [*anchors, (len(old), len(new))]:
            for same, i1, i2, j1, j2 in opcodes(old[i:at], new[j:to]):
                yield same, i1 + i, i2 + i, j1 + j, j2 + j
            if at < len(old):
                yield True, at, at + 1, to, to + 1
            i, j = at + 1, to + 1
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=dense).get_opcodes():
            yield tag == "equal", i1, i2, j1, j2


def _anchors(
    old: Sequence[str], new: Sequence[str], times: Counter[str], others: Counter[str]
) -> list[tuple[int, int]]:
    """Pairs of what stands once in both, in an order both have: patience (Cohen, 2003)."""
    where = {token: j for j, token in enumerate(new) if others[token] == 1}
    pairs = [
        (i, where[token]) for i, token in enumerate(old) if times[token] == 1 and token in where
    ]
    tops: list[int] = []  # of each pile the last j,
    ends: list[int] = []  # and the pair it came with;
    before: list[int] = []  # of each pair the one before it
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        tops[pile : pile + 1] = [j]
        ends[pile : pile + 1] = [at]
        before.append(ends[pile - 1] if pile else -1)
    chain, at = [], ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
