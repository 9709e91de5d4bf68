"""How the time of one entry is shared among the things that were saved in it. Plain values only.

Work comes before its save: the time between two saves belongs to what the later one saved, and the
time after the last save to what was saved last. Where nothing was saved, all of it belongs to what
the page showed on which the clock was started, if it showed one thing. No rest is invented: what
cannot be told stays without a thing.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

Thing = tuple[str, int]  # ("scene", 5)
LATE = timedelta(minutes=2)  # a save may arrive so much after its work


def shares(
    start: datetime,
    end: datetime,
    saved: Iterable[tuple[datetime, Thing | None]],
    page: Thing | None = None,
) -> dict[Thing, int]:
    """Seconds by thing of the stretch from `start` to `end` (aware); their sum is its length,
    less what went to saves of no thing (None), as an entry of the bible."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    marks = sorted(
        ((min(at, end), thing) for at, thing in saved if start < at <= end + LATE),
        key=lambda mark: mark[0],
    )
    if not marks:
        marks = [(end, page)]
    marks.append((end, marks[-1][1]))
    found: dict[Thing, float] = {}
    before = start
    for at, thing in marks:
        if thing is not None:
            found[thing] = found.get(thing, 0) + (at - before).total_seconds()
        before = at
    told = scaled(list(found.values()), round(sum(found.values())))
    return {thing: seconds for thing, seconds in zip(found, told, strict=True) if seconds}


def scaled(parts: Sequence[float], total: int) -> list[int]:
    """`parts` in the same proportion as whole numbers with the sum `total` (largest remainders,
    Hamilton 1792); equal ones where all are 0."""
    if not parts:
        return []
    whole = sum(parts)
    exact = [part / whole * total for part in parts] if whole else [total / len(parts)] * len(parts)
    floors = [int(each) for each in exact]
    order = sorted(range(len(parts)), key=lambda n: floors[n] - exact[n])
    for n in order[: total - sum(floors)]:
        floors[n] += 1
    return floors
