"""A range of days as a page says it: between two months, most likely a third. Plain values only."""

from dataclasses import dataclass
from datetime import date

from timelog.fan import Range, day_of
from timelog.reach import A_YEAR


@dataclass(frozen=True)
class Span:
    """An 80 % band of days and its middle; `by_month` when it reaches so far that only months
    should be said. None where it lies beyond what is foretold."""

    first: date | None
    middle: date | None
    last: date | None
    by_month: bool

    @property
    def form(self) -> str:
        """The format its days are said in."""
        return "YEAR_MONTH_FORMAT" if self.by_month else "MONTH_DAY_FORMAT"

    @property
    def is_short(self) -> bool:
        """Whether both ends are said alike, so that one word is enough."""
        if self.first is None or self.last is None:
            return False
        if self.by_month:
            return (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return self.first == self.last


def span(found: Range, since: date, today: date) -> Span:
    """The days of `found`, in weeks from `since`; none of them before `today`."""
    days = [day_of(week, since) for week in (found.early, found.middle, found.latest)]
    first, middle, last = (max(day, today) if day else None for day in days)
    farthest = last or middle or first
    by_month = farthest is None or (farthest - today).days > A_YEAR or last is None
    return Span(first, middle, last, by_month)
