"""An entry is written, unless it shares time with others: then the three ways out are offered."""

from typing import Any

from timelog.models import TimeChange, TimeEntry
from timelog.overlap import Fix, Stretch, fixes
from timelog.state import Hours

WAYS = ("trim", "after", "both")


class Asked(Exception):
    """It shares time with others; `ways` is what can be done."""

    def __init__(self, ways: list[dict[str, Any]]) -> None:
        super().__init__()
        self.ways = ways


def written(
    fields: dict[str, Any],
    stretch: Stretch | None,
    way: str,
    hours: Hours,
    old: TimeEntry | None = None,
) -> TimeChange | None:
    """Write an entry, or correct `old`; `way` is the answer where it shares time with others.

    Raises Asked where it does and there is no answer that still fits.
    """
    if stretch is None:
        return TimeEntry.objects.place(fields, old=old)
    rows = TimeEntry.objects.overlapping(stretch.start, stretch.end).exclude(pk=stretch.pk)
    others = [as_stretch(row) for row in rows]
    found = fixes(stretch, others)
    if others and way not in found:
        raise Asked([shown(name, fix, list(rows)) for name, fix in found.items()])
    fix = found[way] if others else Fix(stretch)
    day = hours.days.of(fix.new.start)
    fields |= {"stretch": fix.new, "seconds": fix.new.seconds, "day": day}
    return TimeEntry.objects.place(fields, {each.pk: each for each in fix.moved}, old)


def as_stretch(row: TimeEntry) -> Stretch:
    """When an entry was."""
    assert row.started_at and row.ended_at
    return Stretch(row.started_at, row.ended_at, row.pk, row.zone)


def shown(name: str, fix: Fix, rows: list[TimeEntry]) -> dict[str, Any]:
    """A way out for a page: its name, the new entry, and each moved one before and after."""
    by_pk = {row.pk: row for row in rows}
    moved = [(by_pk[each.pk], each) for each in fix.moved]
    return {"name": name, "new": fix.new, "moved": moved, "others": rows}
