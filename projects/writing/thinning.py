"""Which states of a text may go as they grow old.

After Manuskript's table: one a minute for ten minutes, one in ten minutes for an hour, one an hour
for a day, one a day for a month, one a week for ever; of each such span its last state stays. Days
and weeks are the author's own. What is fixed stays however old it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

MINUTE, HOUR = 60, 3600
DAY, MONTH = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class State:
    """A state in the chain of a text. `run`: what its work is counted to; states of one run touch.

    Work is folded forward into the next state that stays, so the last of each run has to stay, or
    the sums of a pass, or of what counts as work at all, would change.
    """

    number: int
    created: datetime
    fixed: bool = False
    run: Any = None


def thin(states: Sequence[State], now: datetime, day_of: Callable[[datetime], date]) -> set[int]:
    """The numbers of those that go; `states` in order, `day_of` says the author's day.

    The first and the last always stay, as do the first and the last of each run.
    """
    stay = ends(states)
    spans = [span(state.created, now, day_of) for state in states]
    going = set()
    for state, mine, its in zip(states, spans, spans[1:], strict=False):
        if mine == its and not state.fixed and state.number not in stay:
            going.add(state.number)
    return going


def span(created: datetime, now: datetime, day_of: Callable[[datetime], date]) -> tuple[str, Any]:
    """The span of time that a state made at `created` stands for, seen from `now` (both aware)."""
    age, second = now - created, int(created.timestamp())
    if age < timedelta(minutes=10):
        return "minute", second // MINUTE
    if age < timedelta(hours=1):
        return "ten minutes", second // (10 * MINUTE)
    if age < DAY:
        return "hour", second // HOUR
    day = day_of(created)
    if age < MONTH:
        return "day", day
    return "week", day - timedelta(days=day.weekday())


def ends(states: Sequence[State]) -> set[int]:
    """The first and the last of each run."""
    found = {state.number for state in (*states[:1], *states[-1:])}
    for before, after in pairwise(states):
        if before.run != after.run:
            found |= {before.number, after.number}
    return found


def receivers(numbers: Iterable[int], going: set[int]) -> dict[int, list[int]]:
    """For each state that stays the ones before it whose work it takes over, oldest first."""
    found: dict[int, list[int]] = {}
    waiting: list[int] = []
    for number in numbers:
        if number in going:
            waiting.append(number)
        elif waiting:
            found[number], waiting = waiting, []
    return found
