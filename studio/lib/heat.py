"""A year of days as a map of cells, a week a column: hours, words, anything that is counted by day.

The four greys are quarters of the author's own days: a quarter of the days with any has the
lightest, a quarter the darkest. So the map shows what is much for this author, and no ideal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 53
SIZE, PITCH = 18, 21  # a cell, and from one to the next
WIDTH = WEEKS * PITCH - (PITCH - SIZE)
HEIGHT = 7 * PITCH - (PITCH - SIZE)


@dataclass(frozen=True)
class Cell:
    """One day: its level is 0 without any, else 1 to 4."""

    day: date
    amount: int
    level: int
    y: int


@dataclass(frozen=True)
class Column:
    """One week, Monday on top; days that have not come yet and hold nothing are left out."""

    monday: date
    x: int
    cells: tuple[Cell, ...]

    @property
    def amount(self) -> int:
        """Of the whole week."""
        return sum(cell.amount for cell in self.cells)

    @property
    def days(self) -> list[int | None]:
        """Amounts of each of the seven days; None for one that has not come yet."""
        known = {cell.day: cell.amount for cell in self.cells}
        return [known.get(self.monday + timedelta(days=n)) for n in range(7)]


@dataclass(frozen=True)
class Heat:
    """The map of the last 53 weeks. `months`: (percent from the left, a day of the month)."""

    columns: tuple[Column, ...]
    months: tuple[tuple[float, date], ...]
    marks: tuple[int, int, int]
    worked: int
    most: Cell | None

    width, height, levels = WIDTH, HEIGHT, (0, 1, 2, 3, 4)

    @property
    def amount(self) -> int:
        """Of all that is shown."""
        return sum(column.amount for column in self.columns)

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return self.columns[0].monday

    @property
    def weekdays(self) -> list[date]:
        """Seven days to name the rows by."""
        return [self.first + timedelta(days=n) for n in range(7)]


def first_day(today: date) -> date:
    """The Monday on which the map of `today` begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def heat(rows: Iterable[tuple[date, int]], today: date) -> Heat:
    """Fold (day, amount) into the map that ends with the week of `today`."""
    first = first_day(today)
    end = first + timedelta(weeks=WEEKS)
    spent: dict[date, int] = {}
    for day, amount in rows:
        if first <= day < end and amount > 0:
            spent[day] = spent.get(day, 0) + amount
    marks = quarters(list(spent.values()))
    columns = []
    for week in range(WEEKS):
        monday = first + timedelta(weeks=week)
        days = [monday + timedelta(days=n) for n in range(7)]
        cells = tuple(
            Cell(day, spent.get(day, 0), level(spent.get(day, 0), marks), n * PITCH)
            for n, day in enumerate(days)
            if day <= today or day in spent
        )
        columns.append(Column(monday, week * PITCH, cells))
    shown = [cell for column in columns for cell in column.cells if cell.amount]
    most = max(shown, key=lambda cell: cell.amount, default=None)
    return Heat(tuple(columns), _months(first), marks, len(spent), most)


def quarters(lengths: Sequence[int]) -> tuple[int, int, int]:
    """Where the second, third and last quarter of `lengths` begin; 0s when there are none."""
    ordered = sorted(lengths)
    n = len(ordered)
    return (ordered[n // 4], ordered[n // 2], ordered[3 * n // 4]) if ordered else (0, 0, 0)


def level(amount: int, marks: tuple[int, int, int]) -> int:
    """0 for nothing, else 1 and one more for each quarter that `amount` has come to."""
    return 1 + sum(amount >= mark for mark in marks) if amount > 0 else 0


def _months(first: date) -> tuple[tuple[float, date], ...]:
    """A label over the week in which a month begins; none so near the edge that it would not fit.

    A week holds the 1st when its Sunday is the 1st to the 7th.
    """
    found = []
    for week in range(WEEKS - 2):
        sunday = first + timedelta(weeks=week, days=6)
        if sunday.day <= 7:
            found.append((round(100 * week * PITCH / WIDTH, 3), sunday))
    return tuple(found)
