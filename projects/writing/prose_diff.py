"""What changed between two states of a text, marked the way an editor marks a page.

Sentences are aligned first (those that are equal by Ratcliff and Obershelp's matching, 1988, the
others by Needleman and Wunsch's alignment, 1970, on the words they share), and words, in Chinese
characters, only inside a sentence that has a counterpart. So no "the" is ever matched across
sentences, and the work stays near linear.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from studio.lib.text import Counts, count
from studio.lib.word_diff import ONE_HAN, SAYS, TOKEN, Span, merged, opcodes, word_spans

from .tally import kept, less

ALIKE = 0.42  # two sentences that share less of their words are two sentences, not one rewritten
WITHIN = 0.7  # unless so much of the shorter one stands in the longer one
CELLS = 40_000  # pairs of sentences weighed against each other at once

_END = re.compile(
    r"(?:[。！？!?…]+|\.+(?=[」』”’）)\]\"']*(?:\s|$)))[」』”’）)\]\"'*_]*[^\S\n]*\n*|\n+"
)


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
    marked = spans(old, new)
    stayed = kept(old, new, _stretches(marked))
    inserted, deleted = less(count(new), stayed), less(count(old), stayed)
    changes = sum(changed for changed, _ in groupby(marked, lambda span: span.kind != "equal"))
    return Diff(list(_paragraphs(marked)), stayed, inserted, deleted, changes)


def spans(old: str, new: str) -> list[Span]:
    """What stayed, went and came, in order."""
    return list(merged(_sentence_spans(sentences(old), sentences(new))))


def unmarked(old: str, new: str) -> list[tuple[int, int, int]]:
    """(start in old, start in new, length) of each stretch that stayed."""
    return _stretches(spans(old, new))


def _stretches(marked: Iterable[Span]) -> list[tuple[int, int, int]]:
    found, i, j = [], 0, 0
    for kind, text in marked:
        if kind == "equal":
            found.append((i, j, len(text)))
        i += len(text) if kind != "insert" else 0
        j += len(text) if kind != "delete" else 0
    return found


def raw_spans(old: str, new: str) -> Iterator[Span]:
    """What leads from `old` to `new` as it was found: each deletion (or "") before its insertion.

    Unlike in `compare`, a sentence that went is not joined with the words that went after it.
    """
    return _sentence_spans(sentences(old), sentences(new))


def words_of(text: str) -> list[str]:
    """The words of `text`, in Chinese its characters, without spaces and marks."""
    return [token for token in TOKEN.findall(text) if SAYS.match(token)]


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


def sentences(text: str) -> list[str]:
    """Sentences with their closing quotes, the space after them and the line ends that follow."""
    found, start = [], 0
    for end in _END.finditer(text):
        found.append(text[start : end.end()])
        start = end.end()
    if start < len(text):
        found.append(text[start:])
    return found


def _sentence_spans(old: list[str], new: list[str]) -> Iterator[Span]:
    for same, i1, i2, j1, j2 in opcodes(old, new):
        if same:
            yield Span("equal", "".join(old[i1:i2]))
        else:
            yield from _rewritten(old[i1:i2], new[j1:j2])


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
            yield from word_spans(old[at], new[to])
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
    words = [token.lower() for token in TOKEN.findall(sentence) if SAYS.match(token)]
    pairs = (a + b for a, b in pairwise(words) if ONE_HAN.match(a))
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
