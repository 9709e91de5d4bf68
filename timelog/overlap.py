"""Entries that share time: what their sum counts twice, and three ways out. Plain values only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime


@dataclass(frozen=True)
class Stretch:
    """From one instant to another (aware); `pk` of its entry, 0 for one that is not kept yet."""

    start: datetime
    end: datetime
    pk: int = 0
    zone: str = ""

    @property
    def seconds(self) -> int:
        """Elapsed time: in UTC, as two wall times of one zone subtract as if no clock changed."""
        return round((self.end.astimezone(UTC) - self.start.astimezone(UTC)).total_seconds())


@dataclass(frozen=True)
class Fix:
    """One way out: how the new entry and the moved ones come to be."""

    new: Stretch
    moved: tuple[Stretch, ...] = ()


def trimmed(new: Stretch, others: Iterable[Stretch]) -> Fix | None:
    """Each earlier one ends where the later one begins; None where nothing of one would be left."""
    moved = []
    end = new.end
    for other in others:
        if other.start < new.start:
            moved.append(replace(other, end=new.start))
        else:
            end = min(end, other.start)
    return Fix(replace(new, end=end), tuple(moved)) if end > new.start else None


def put_after(new: Stretch, others: Iterable[Stretch]) -> Fix | None:
    """Each later one begins where the earlier one ends; None where nothing of one would be left."""
    others = list(others)
    earlier = [other for other in others if other.start <= new.start]
    start = max([new.start, *(other.end for other in earlier)])
    moved = tuple(replace(each, start=new.end) for each in others if each.start > new.start)
    if start >= new.end or any(each.start >= each.end for each in moved):
        return None
    return Fix(replace(new, start=start), moved)


def fixes(new: Stretch, others: Sequence[Stretch]) -> dict[str, Fix]:
    """The ways out by name, those that leave something of each: "trim", "after", "both"."""
    found = {"trim": trimmed(new, others), "after": put_after(new, others), "both": Fix(new)}
    return {name: fix for name, fix in found.items() if fix}


def union(stretches: Iterable[tuple[datetime, datetime]]) -> int:
    """Seconds covered by at least one of them (start, end; aware), however many cover them."""
    seconds = 0.0
    until: datetime | None = None
    for start, end in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in stretches):
        begin = start if until is None else max(start, until)
        if end > begin:
            seconds += (end - begin).total_seconds()
            until = end
    return round(seconds)
