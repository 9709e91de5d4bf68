"""Rows that come in at once and share time: each is put in as if written by hand. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from timelog.overlap import Stretch, fixes

BOTH = "both"
WAYS = (BOTH, "trim", "after")
# So many that lie over one another are left as they are: no day of a person looks like that, and
# each would have to be laid beside all others.
MOST_TOGETHER = 200


@dataclass
class Settled:
    """How rows, by their place, and entries, by their pk, come to be, where that is another way
    than they were. `as_they_were` are places of rows for which the way would leave nothing of one,
    so that both are kept."""

    rows: dict[int, Stretch] = field(default_factory=dict)
    entries: dict[int, Stretch] = field(default_factory=dict)
    as_they_were: set[int] = field(default_factory=set)


def settle(
    rows: Sequence[Stretch], entries: Iterable[Stretch], ways: Mapping[int, str], usual: str = BOTH
) -> Settled:
    """Put `rows` among `entries`, the earliest first, each by its way: of its place, or the usual.

    The ways are those of `fixes`, which only ever make shorter, so that what does not touch stays
    apart. Takes n log n steps.
    """
    settled = Settled()
    # A row has no pk yet: its place, counted down from -1, tells it from the entries.
    numbered = [Stretch(row.start, row.end, -1 - place, row.zone) for place, row in enumerate(rows)]
    for group in together([*numbered, *entries]):
        chosen = {each.pk: ways.get(-1 - each.pk, usual) for each in group if each.pk < 0}
        if len(group) > 1 and set(chosen.values()) - {BOTH}:
            settle_group(group, chosen, settled)
    return settled


def settle_group(group: list[Stretch], ways: Mapping[int, str], settled: Settled) -> None:
    """Put the rows of one group, those with a negative pk, among its entries."""
    now = {each.pk: each for each in group if each.pk > 0}
    for row in (each for each in group if each.pk < 0):
        others = [each for each in now.values() if each.start < row.end and row.start < each.end]
        now[row.pk] = row
        way = ways[row.pk]
        if not others or way == BOTH:
            continue
        fix = fixes(row, others).get(way) if len(group) <= MOST_TOGETHER else None
        if fix is None:
            settled.as_they_were.add(-1 - row.pk)
            continue
        now[row.pk] = fix.new
        now.update((each.pk, each) for each in fix.moved)
    for each in group:
        if now[each.pk] != each:
            into, key = (settled.entries, each.pk) if each.pk > 0 else (settled.rows, -1 - each.pk)
            into[key] = now[each.pk]


def together(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Groups of which each shares time with another one, the earliest first; empty ones, which
    share none, are left out."""
    group: list[Stretch] = []
    until = None
    for each in sorted(stretches, key=lambda each: (each.start, each.end, -each.pk)):
        if each.end <= each.start:
            continue
        if until is not None and each.start >= until:
            yield group
            group, until = [], None
        until = each.end if until is None else max(until, each.end)
        group.append(each)
    if group:
        yield group
