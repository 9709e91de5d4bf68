"""A clock that was left running: where its work may have ended. Plain values only.

The evidence is what was saved meanwhile. Where nothing was saved for longer than the author's
patience, the work has perhaps ended with the last save; this is a proposal, never more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

USUAL = timedelta(hours=1)  # where nothing is known yet
PATIENCE = 4  # hours without a save, unless the author says otherwise
PATIENCES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 24)


@dataclass(frozen=True)
class Forgotten:
    """The longest silence: from the last save before it to the first one after it.

    `saved` is False where nothing was saved before it; then `last` is only the author's usual
    length. `back` is None where nothing was saved after it.
    """

    last: datetime
    back: datetime | None
    saved: bool


def forgotten(
    start: datetime,
    end: datetime,
    saved: Iterable[datetime],
    patience: timedelta,
    usual: timedelta = USUAL,
) -> Forgotten | None:
    """The silence of a clock that ran from `start` to `end` (now, while it runs), if one is as long
    as `patience`; of equal ones the first."""
    within = sorted(at for at in saved if start < at < end)
    marks = [start, *within, end]
    gaps = [(two - one, n) for n, (one, two) in enumerate(pairwise(marks))]
    longest, at = max(gaps, key=lambda gap: (gap[0], -gap[1]))
    if longest < patience:
        return None
    last, back = marks[at], marks[at + 1]
    was_saved = at > 0
    if not was_saved:
        last = start + min(usual, longest / 2)
    return Forgotten(last, back if back != end else None, was_saved)


def usual_length(seconds: Sequence[int]) -> timedelta:
    """The median of what entries of a kind took."""
    return timedelta(seconds=median(seconds)) if seconds else USUAL
