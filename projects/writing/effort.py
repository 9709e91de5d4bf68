"""What a save changed: kept, deleted and inserted, in all three units.

A book gets shorter while it is rewritten, so a net length says nothing of the work. For every save:
kept + deleted = the counts before, kept + inserted = the counts after. Whole lines that both texts
begin or end with are set aside first, which makes an ordinary save as cheap as its paragraph.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from studio.lib.text import Counts, count

from .packing import common_head, common_tail
from .prose_diff import unmarked
from .tally import kept, less


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a text."""

    kept: Counts
    deleted: Counts
    inserted: Counts

    @property
    def after(self) -> Counts:
        """The counts of the new text."""
        return self.kept + self.inserted


def measure(old: str, new: str, counted: Counts | None = None) -> Change:
    """What leads from `old` to `new`; `counted` are the counts of `old` where they are known."""
    before = count(old) if counted is None else counted
    head, tail = _same_lines(old, new)
    gone, came = old[head : len(old) - tail], new[head : len(new) - tail]
    out, put = count(gone), count(came)
    if min(less(before, out)) < 0:  # they cannot be the counts of this text
        before = count(old)
    stayed = kept(gone, came, unmarked(gone, came)) if gone and came else Counts()
    return Change(less(before, less(out, stayed)), less(out, stayed), less(put, stayed))


def _same_lines(old: str, new: str) -> tuple[int, int]:
    """How many characters both begin and end with, in whole lines: the counts of lines add up."""
    if old == new:
        return len(old), 0
    head = old.rfind("\n", 0, common_head(old, new)) + 1
    tail = common_tail(old[head:], new[head:])
    return head, len(old) - (old.find("\n", len(old) - tail) + 1 or len(old))


def along(revisions: Iterable[Any], text_of: Callable[[int], str]) -> Iterator[tuple[Any, Change]]:
    """Each revision of a scene, oldest first, with what it changed.

    One that was kept aside is measured against what it was made from: `text_of` gives the text of
    that number, or of the last one before it.
    """
    before = ""
    for revision in revisions:
        if revision.kind == "conflict":
            yield revision, measure(text_of(revision.base or 0), revision.text)
        else:
            yield revision, measure(before, revision.text)
            before = revision.text
