"""What readers of hours pass on: the rows of a file, and what was read from them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

MOST_ROWS = 50_000
MOST_COLUMNS = 200
EXCEL = date(1899, 12, 30)  # day 0 of a serial date, past its invented 29 February 1900

Row = tuple[int, list[str]]


class NotRead(ValueError):
    """Nothing of the file can be read; `reason` is a key of timelog.reasons.

    `choices` are the answers there are where something must be asked, `format` is the file's, and
    `file` its name where it is one of several.
    """

    def __init__(self, reason: str, about: str = "", choices: Sequence[str] = ()) -> None:
        self.reason, self.about, self.choices, self.format = reason, about, tuple(choices), ""
        self.file = ""
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


class Refused(ValueError):
    """A row that cannot be taken, and why (a key of timelog.reasons)."""

    def __init__(self, reason: str, about: object = "") -> None:
        self.reason, self.about = reason, str(about)[:60]
        super().__init__(reason)


class LeftOut(Refused):
    """A row that holds no hours, which is no fault."""


@dataclass(frozen=True)
class Spent:
    """A row that was read: its line from 1, day, seconds, the kind's name as written, note.

    `start` and `end` are in UTC where the file tells them, `zone` is where that was. `doubt` is a
    key of timelog.reasons. `text` is what the row says where that is more than kind and note.
    `so_far` tells that the seconds are all of that day and kind up to when the file was made, so
    that a later file says more of the same day. `own` is how the studio that wrote the file knew
    the row: its id, source and source_key, and what few entries have (own.BESIDE). `file` is which
    of several files it stands in.
    """

    line: int
    day: date
    seconds: int
    kind: str = ""
    note: str = ""
    start: datetime | None = None
    end: datetime | None = None
    zone: str = ""
    doubt: str = ""
    text: str = ""
    so_far: bool = False
    own: Mapping[str, Any] | None = None
    file: str = ""


@dataclass(frozen=True)
class Aside:
    """A row that was not read: its line, a reason (a key of timelog.reasons), what it is about, and
    which of several files it stands in."""

    line: int
    reason: str
    about: str = ""
    file: str = ""


@dataclass
class Reading:
    """All rows of a file. `columns` are (heading, what it was read as, or "" when it was not).

    `zone` is the zone its wall clocks were read in, where they named none; `asides` are remarks on
    the whole file (keys of timelog.reasons). `own` is what only a file of the studio itself holds.
    """

    spent: list[Spent] = field(default_factory=list)
    refused: list[Aside] = field(default_factory=list)
    left_out: list[Aside] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    format: str = ""
    zone: str = ""
    asides: list[tuple[str, str]] = field(default_factory=list)
    own: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def take(self, line: int, row: Callable[[], Spent]) -> None:
        """Keep what `row` gives, or note why it gives nothing."""
        try:
            self.spent.append(row())
        except Refused as why:
            self.put_aside(line, why)
        except NotRead:
            raise
        except (TypeError, AttributeError, ValueError, OverflowError) as error:
            # A value of a type that the format never has there.
            self.put_aside(line, Refused("line", error))

    def put_aside(self, line: int, why: Refused) -> None:
        """Note why a row gives nothing."""
        where = self.left_out if isinstance(why, LeftOut) else self.refused
        where.append(Aside(line, why.reason, why.about))


@dataclass(frozen=True)
class Wishes:
    """What the author said about the file: the order of numbers in dates, the sheet, the zone of
    its wall clocks, whose rows are meant. And what the studio knows: its zone (`home`), the hour at
    which a day begins, and the instant it is."""

    date_order: str = ""
    sheet: str = ""
    zone: str = ""
    person: str = ""
    home: str = "UTC"
    day_starts_at: int = 0
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
