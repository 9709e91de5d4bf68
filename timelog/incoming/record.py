"""What readers of hours pass on: the rows of a file, and what was read from them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

MOST_ROWS = 50_000
MOST_COLUMNS = 200
EXCEL = date(1899, 12, 30)  # day 0 of a serial date, past its invented 29 February 1900

Row = tuple[int, list[str]]


class NotRead(ValueError):
    """Nothing of the file can be read; `reason` is a key of timelog.reasons."""

    def __init__(self, reason: str, about: str = "") -> None:
        self.reason, self.about = reason, about
        super().__init__(f"{reason} {about}".strip())


@dataclass
class Table:
    """Rows that hold anything, each with its line from 1; the sheet they are of, and all sheets.

    `merged` are (first line, last line, column from 0). `even` tells that a row cannot honestly be
    longer than the row of headings. `origin` is day 0 of the file's serial dates.
    """

    rows: list[Row] = field(default_factory=list)
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    origin: date = EXCEL
    even: bool = False

    def add(self, rows: Iterable[Row]) -> None:
        """Take those of `rows` that hold anything. Raises NotRead when there are too many."""
        for number, cells in rows:
            if any(cells):
                self.rows.append((number, cells[:MOST_COLUMNS]))
            if len(self.rows) > MOST_ROWS:
                raise NotRead("rows", f"{MOST_ROWS:,}")

    def choose(self, sheets: list[str], wanted: str) -> int:
        """Which of `sheets`: the one named `wanted`, else the first. Raises NotRead."""
        self.sheets = sheets
        names = [name.strip().casefold() for name in sheets]
        if not sheets or (wanted and wanted.strip().casefold() not in names):
            raise NotRead("sheet", ", ".join(sheets)) if sheets else NotRead("no_table")
        number = names.index(wanted.strip().casefold()) if wanted else 0
        self.sheet = sheets[number]
        return number


@dataclass(frozen=True)
class Spent:
    """A row that was read: its line from 1, day, seconds, the kind's name as written, note."""

    line: int
    day: date
    seconds: int
    kind: str = ""
    note: str = ""


@dataclass(frozen=True)
class Aside:
    """A row that was not read: its line, a reason (a key of timelog.reasons), what it is about."""

    line: int
    reason: str
    about: str = ""


@dataclass
class Reading:
    """All rows of a file. `columns` are (heading, what it was read as, or "" when it was not)."""

    spent: list[Spent] = field(default_factory=list)
    refused: list[Aside] = field(default_factory=list)
    left_out: list[Aside] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wishes:
    """What the author said about the file: the order of numbers in dates, the sheet."""

    date_order: str = ""
    sheet: str = ""
