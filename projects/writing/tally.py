"""How much of a text stayed, in all three units, so that every sum comes out even.

Each word, Chinese character and mark of a text has a weight: what it adds to the text's counts
where it stands. What stayed are those that stand whole in a stretch both texts have, at the lesser
of their two weights; so old - deleted = kept = new - inserted for any two texts, in every unit.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from studio.lib.text import HAN, SHARED, WIDE, Counts, count

_token = re.compile(
    rf"(?P<word>[^\W_{HAN}]+(?:['’.,:\-\u2010\u2011][^\W_{HAN}]+)*)"
    rf"|(?P<han>[{HAN}])|(?P<shared>[{SHARED}]+)|(?P<other>\S)"
)
_wide = re.compile(f"[{WIDE}]")
_apart = re.compile(rf"[{HAN}\s]")  # never part of a longer token
# Marks that weigh the same wherever they stand, and never join words.
_alone = re.compile(rf"[^\w{SHARED}'’.,:\-\u2010\u2011]*")
_beside = re.compile(f"[{HAN}{WIDE}]")


class Token(NamedTuple):
    """A word, character or mark: where it ends and what it adds to 字数 and to words."""

    end: int
    zishu: int
    words: int


def tokens(text: str) -> Iterator[tuple[int, Token]]:
    """(start, token) of all that `studio.lib.text.count` counts; their weights are its counts.

    The counts of characters are the tokens' lengths.
    """
    for found in _token.finditer(text):
        start, end = found.span()
        kind = found.lastgroup
        if kind == "han":
            yield start, Token(end, 1, 1)
        elif kind == "word":
            yield start, Token(end, 1 + _marks(text, start, end), 1)
        elif kind == "shared":
            full = _touches(text, start, end)
            for at in range(start, end):
                yield at, Token(at + 1, full, 0)
        else:
            yield start, Token(end, bool(_wide.match(text, start)), 0)


def _touches(text: str, start: int, end: int) -> bool:
    """Whether marks of both scripts are full-width here."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(_beside.match(before) or _beside.match(after))


def _marks(text: str, start: int, end: int) -> int:
    """Full-width marks inside a word: old numerals, which are both."""
    inside = text[start:end]
    if inside.isascii():
        return 0
    found = len(_wide.findall(inside))
    for at, sign in enumerate(inside, start):
        if sign in SHARED:
            found += _touches(text, at, at + 1)
    return found


def kept(old: str, new: str, stretches: Iterable[tuple[int, int, int]]) -> Counts:
    """What stayed: `stretches` are (start in old, start in new, length) of what both have.

    From the first to the last space or Han character a stretch weighs the same in both texts, so
    that only its ends are looked at token by token.
    """
    total = Counts()
    for i, j, length in stretches:
        end = i + length
        first = _apart.search(old, i, end)
        inner = first.start() if first else end
        outer = end if not first else _back(old, end, inner)
        if _alone.fullmatch(old, i, inner) and _alone.fullmatch(old, outer, end):
            total += count(old[i:end])
            continue
        total += count(old[inner:outer])
        total += _ends(old, new, i, j, inner - i)
        total += _ends(old, new, outer, outer - i + j, end - outer)
    return total


def _ends(old: str, new: str, i: int, j: int, length: int) -> Counts:
    """The same for a short stretch, each token with what stands beside it in either text."""
    zishu = words = chars = 0
    if length:
        theirs = {at - j: token for at, token in _near(new, j, j + length)}
        for at, token in _near(old, i, i + length):
            twin = theirs.get(at - i)
            if twin and twin.end - j == token.end - i:
                zishu += min(token.zishu, twin.zishu)
                words += min(token.words, twin.words)
                chars += token.end - at
    return Counts(zishu, words, chars)


def _near(text: str, start: int, end: int) -> Iterator[tuple[int, Token]]:
    """The tokens that lie whole between `start` and `end`, as they are in the whole text."""
    begin = max(_back(text, start, 0) - 1, 0)
    after = _apart.search(text, end)
    for at, token in tokens(text[begin : after.end() if after else len(text)]):
        if start <= at + begin and token.end + begin <= end:
            yield at + begin, token._replace(end=token.end + begin)


def _back(text: str, end: int, start: int) -> int:
    """Where the last space or Han character between `start` and `end` ends."""
    while end > start and not _apart.match(text, end - 1):
        end -= 1
    return end


def less(these: Counts, those: Counts) -> Counts:
    """These counts without those."""
    return Counts(*(a - b for a, b in zip(these, those, strict=True)))
