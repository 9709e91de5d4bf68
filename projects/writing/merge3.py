"""Two texts that were made from one, brought together by sentence.

Three-way merging after diff3 (Khanna, Kunal and Pierce, "A formal investigation of diff3", 2007):
each side is aligned with the common base, and what only one side changed is taken from that side.
Two things differ for prose. The space and the line ends between sentences are pieces of their own,
so a sentence added to the end of a paragraph leaves the sentence before it alone; and changes of
two sentences that stand next to each other do not collide, since Chinese puts nothing between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from projects.writing.prose_diff import sentences
from studio.lib.word_diff import opcodes


@dataclass(frozen=True, slots=True)
class Hunk:
    """A place that both sides changed, each in its own way."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """`text` holds the changes of both sides; it is None where `hunks` collide."""

    text: str | None
    hunks: tuple[Hunk, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    """Pieces `start` to `end` of the base become `new`; the two are one where it only adds."""

    start: int
    end: int
    new: tuple[str, ...]
    mine: bool

    @property
    def adds(self) -> bool:
        return self.start == self.end


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Bring `mine` and `theirs`, both made from `base`, together.

    Where it is clean, mine and theirs may change places, each sentence that either side wrote is
    in the result, and no piece of the result comes from anywhere else.
    """
    if mine == theirs or theirs == base:
        return Merge(mine)
    if mine == base:
        return Merge(theirs)
    old = _pieces(sentences(base))
    edits = [*_edits(base, mine, mine=True), *_edits(base, theirs, mine=False)]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    merged: list[str] = []
    hunks: list[Hunk] = []
    at = 0
    for group in _groups(edits):
        start, end = group[0].start, max(edit.end for edit in group)
        merged += old[at:start]
        ours = _applied(old, [edit for edit in group if edit.mine], start, end)
        others = _applied(old, [edit for edit in group if not edit.mine], start, end)
        if all(edit.mine for edit in group) or ours == others:
            merged.append(ours)
        elif not any(edit.mine for edit in group):
            merged.append(others)
        else:
            hunks.append(Hunk("".join(old[start:end]), ours, others))
        at = end
    merged += old[at:]
    return Merge(None, tuple(hunks)) if hunks else Merge("".join(merged))


def _pieces(found: Sequence[str]) -> list[str]:
    """Each sentence, and what follows it: the space or the line ends."""
    pieces = []
    for sentence in found:
        words = sentence.rstrip()
        pieces += [piece for piece in (words, sentence[len(words) :]) if piece]
    return pieces


def _edits(base: str, new: str, *, mine: bool) -> Iterator[_Edit]:
    """What leads from the base to `new`, in pieces of the base, without their equal ends."""
    a, b = sentences(base), sentences(new)
    at = 0
    for same, i1, i2, j1, j2 in opcodes(a, b):
        gone, came = _pieces(a[i1:i2]), _pieces(b[j1:j2])
        if not same:
            head, shorter = 0, min(len(gone), len(came))
            while head < shorter and gone[head] == came[head]:
                head += 1
            tail = 0
            while tail < shorter - head and gone[-1 - tail] == came[-1 - tail]:
                tail += 1
            added = tuple(came[head : len(came) - tail])
            if added or head + tail < len(gone):
                yield _Edit(at + head, at + len(gone) - tail, added, mine)
        at += len(gone)


def _groups(edits: list[_Edit]) -> Iterator[list[_Edit]]:
    """Edits that collide, directly or through another, together."""
    group: list[_Edit] = []
    for edit in edits:
        if group and not any(_collide(other, edit) for other in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _collide(one: _Edit, two: _Edit) -> bool:
    """Whether the order or the words of two edits, the second no earlier, would be a guess."""
    if one.mine == two.mine or two.start > one.end:
        return False
    if two.start < one.end or (one.adds and two.adds):
        return True
    if one.adds:
        return _touch(one, two, before=True)
    return two.adds and _touch(two, one, before=False)


def _touch(added: _Edit, rewritten: _Edit, *, before: bool) -> bool:
    """Whether what was added beside a rewritten sentence is in one paragraph with it."""
    if any("\n" in piece for piece in rewritten.new):
        return True
    return "\n" not in (added.new[-1] if before else added.new[0])


def _applied(old: list[str], edits: list[_Edit], start: int, end: int) -> str:
    """One side's words for the pieces `start` to `end`."""
    said: list[str] = []
    at = start
    for edit in edits:
        said += [*old[at : edit.start], *edit.new]
        at = edit.end
    return "".join([*said, *old[at:end]])
