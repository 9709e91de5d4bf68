"""Spans of time that lie over one another. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

Thing = TypeVar("Thing")


class Span(NamedTuple, Generic[Thing]):
    """From when to when, and of what."""

    start: datetime
    end: datetime
    of: Thing


def overlaps(spans: Iterable[Span[Thing]]) -> list[tuple[Span[Thing], Span[Thing]]]:
    """(an earlier one, one that begins before it ends), the earliest first.

    Each span is told at most once as the later of two, with that of the earlier ones which ends
    last; spans that only touch, and empty ones, do not overlap. Takes n log n steps.
    """
    found: list[tuple[Span[Thing], Span[Thing]]] = []
    last: Span[Thing] | None = None
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if span.end <= span.start:
            continue
        if last is not None and span.start < last.end:
            found.append((last, span))
        if last is None or span.end > last.end:
            last = span
    return found
