"""What changed between two states of a text, marked the way an editor marks a page.

Sentences are aligned first (those that are equal by Ratcliff and Obershelp's matching, 1988, the
others by Needleman and Wunsch's alignment, 1970, on the words they share), and words, in Chinese
characters, only inside a sentence that has a counterpart. So no "the" is ever matched across
sentences, and the work stays near linear.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from studio.lib.text import HAN, Counts, count

Kind = Literal["equal", "delete", "insert"]

ALIKE = 0.42  # two sentences that share less of their words are two sentences, not one rewritten
WITHIN = 0.7  # unless so much of the shorter one stands in the longer one
CELLS = 40_000  # pairs of sentences weighed against each other at once
COMPARISONS = 4_000_000  # beyond this, difflib may leave out what is everywhere

_END = re.compile(
    r"(?:[。！？!?…]+|\.+(?=[」』”’）)\]\"']*(?:\s|$)))[」』”’）)\]\"'*_]*[^\S\n]*\n*|\n+"
)
_TOKEN = re.compile(rf"[{HAN}]|[^\W{HAN}]+(?:['’\-][^\W{HAN}]+)*|\n|[^\S\n]+|.", re.DOTALL)
_SAYS = re.compile(r"\w")
_HAN = re.compile(f"[{HAN}]")


class Span(NamedTuple):
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line with its marks. Its line end is in the last span."""

    spans: tuple[Span, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it came or went."""
        return any(span.kind != "equal" for span in self.spans)

    @property
    def blank(self) -> bool:
        """Whether it shows nothing: an empty line that stayed."""
        return not self.changed and not any(span.text.strip() for span in self.spans)


@dataclass(frozen=True, slots=True)
class Diff:
    """The marked text; `changes` counts the places where something came or went."""

    paragraphs: list[Paragraph]
    kept: Counts
    inserted: Counts
    deleted: Counts
    changes: int


def compare(old: str, new: str) -> Diff:
    """Mark what leads from `old` to `new`.

    The texts of the spans that are equal or deleted join to `old`, those that are equal or
    inserted to `new`, character for character.
    """
    spans = list(_merged(_sentence_spans(_sentences(old), _sentences(new))))
    said: dict[Kind, list[str]] = defaultdict(list)
    for span in spans:
        said[span.kind].append(span.text)
    kept, inserted, deleted = (
        count("\n".join(said[kind])) for kind in ("equal", "insert", "delete")
    )
    changes = sum(changed for changed, _ in groupby(spans, lambda span: span.kind != "equal"))
    return Diff(list(_paragraphs(spans)), kept, inserted, deleted, changes)


def spans(old: str, new: str) -> Iterator[Span]:
    """What leads from `old` to `new` as it was found: each deletion (or "") before its insertion.

    Unlike in `compare`, a sentence that went is not joined with the words that went after it.
    """
    return _sentence_spans(_sentences(old), _sentences(new))


def words_of(text: str) -> list[str]:
    """The words of `text`, in Chinese its characters, without spaces and marks."""
    return [token for token in _TOKEN.findall(text) if _SAYS.match(token)]


def fold(paragraphs: Sequence[Paragraph], around: int = 1) -> list[Paragraph | int]:
    """The changed paragraphs with `around` unchanged ones beside them; numbers stand for the rest.

    Blank lines are left out. Fewer than three paragraphs are never folded away.
    """
    lines = [paragraph for paragraph in paragraphs if not paragraph.blank]
    near = [False] * len(lines)
    for at, line in enumerate(lines):
        if line.changed:
            for beside in range(max(0, at - around), min(len(lines), at + around + 1)):
                near[beside] = True
    folded: list[Paragraph | int] = []
    at = 0
    for shown, group in groupby(near):
        run = lines[at : at + len(list(group))]
        folded.extend(run if shown or len(run) < 3 else [len(run)])
        at += len(run)
    return folded


def _sentences(text: str) -> list[str]:
    """Sentences with their closing quotes, the space after them and the line ends that follow."""
    found, start = [], 0
    for end in _END.finditer(text):
        found.append(text[start : end.end()])
        start = end.end()
    if start < len(text):
        found.append(text[start:])
    return found


def _sentence_spans(old: list[str], new: list[str]) -> Iterator[Span]:
    for same, i1, i2, j1, j2 in _opcodes(old, new):
        if same:
            yield Span("equal", "".join(old[i1:i2]))
        else:
            yield from _rewritten(old[i1:i2], new[j1:j2])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
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
            for same, i1, i2, j1, j2 in _opcodes(old[i:at], new[j:to]):
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


def _rewritten(old: list[str], new: list[str]) -> Iterator[Span]:
    """Sentences none of which stayed as it was: those with a counterpart are marked inside."""
    if not old or not new:
        yield Span("delete", "".join(old))
        yield Span("insert", "".join(new))
        return
    if len(old) * len(new) > CELLS:  # a long rewrite: halves stay opposite each other
        i, j = (len(old) + 1) // 2, (len(new) + 1) // 2
        yield from _rewritten(old[:i], new[:j])
        yield from _rewritten(old[i:], new[j:])
        return
    i = j = 0
    for at, to in [*_counterparts(old, new), (len(old), len(new))]:
        yield Span("delete", "".join(old[i:at]))
        yield Span("insert", "".join(new[j:to]))
        if at < len(old):
            yield from _word_spans(old[at], new[to])
        i, j = at + 1, to + 1


def _counterparts(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs (i, j), both rising, of sentences that are one sentence rewritten."""
    alike = _likenesses([_shingles(text) for text in old], [_shingles(text) for text in new])
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below, found = best[i], best[i + 1], alike[i]
        for j in range(len(new) - 1, -1, -1):
            score = row[j + 1] if row[j + 1] > below[j] else below[j]
            if j in found and found[j] + below[j + 1] > score:
                score = found[j] + below[j + 1]
            row[j] = score
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if j in alike[i] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _shingles(sentence: str) -> Counter[str]:
    """What a sentence is known by: its words, and pairs of neighbours where it is in Chinese."""
    words = [token.lower() for token in _TOKEN.findall(sentence) if _SAYS.match(token)]
    pairs = (a + b for a, b in pairwise(words) if _HAN.match(a))
    return Counter([*words, *pairs])


def _likenesses(old: list[Counter[str]], new: list[Counter[str]]) -> list[dict[int, float]]:
    """For each old sentence, the new ones that are alike, with Dice's coefficient (1945).

    A sentence cut to its half is still the same: there the overlap coefficient speaks, if the
    shorter one is long enough to be known by its words.
    """
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for j, shingles in enumerate(new):
        for shingle, times in shingles.items():
            where[shingle].append((j, times))
    sizes = [shingles.total() for shingles in new]
    found = []
    for shingles in old:
        shared: dict[int, int] = defaultdict(int)
        for shingle, times in shingles.items():
            for j, others in where.get(shingle, ()):
                shared[j] += times if times < others else others
        size = shingles.total()
        alike = {}
        for j, n in shared.items():
            dice, shorter = 2 * n / (size + sizes[j]), min(size, sizes[j])
            if dice >= ALIKE or (shorter > 7 and n >= WITHIN * shorter):
                alike[j] = max(dice, ALIKE)
        found.append(alike)
    return found


def _word_spans(old: str, new: str) -> Iterator[Span]:
    """The marks inside one sentence, tiny islands of unchanged text given up."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    runs = [(same, "".join(a[i1:i2]), "".join(b[j1:j2])) for same, i1, i2, j1, j2 in _opcodes(a, b)]
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
    said = len(_SAYS.findall(kept))
    return said == 0 or len(kept.strip()) <= least or (said == 1 and bool(_HAN.search(kept)))


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
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


def _paragraphs(spans: Iterable[Span]) -> Iterator[Paragraph]:
    """Cut at every line end, also at those that came or went."""
    line: list[Span] = []
    for kind, text in spans:
        for piece in _lines(text):
            line.append(Span(kind, piece))
            if piece.endswith("\n"):
                yield Paragraph(tuple(line))
                line = []
    if line:
        yield Paragraph(tuple(line))


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends; only LF ends one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
