"""Everything as one table, which opens rightly in a spreadsheet.

The mark at the start tells Excel that it is UTF-8. A text that a spreadsheet would take for a
formula gets an apostrophe before it (CWE-1236), and so does one that begins with an apostrophe, so
that reading takes away just what was added.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

COLUMNS = (
    *("record", "day", "hours", "kind", "note", "start", "end", "zone", "seconds"),
    *("kind_key", "family", "detour", "id", "source", "source_key", "more"),
)
MARK = "\ufeff"
_whose = {"kind": "kind_key", "said": "kind"}
_same = (
    *("day", "note", "start", "end", "zone", "seconds"),
    *("family", "detour", "id", "source", "source_key"),
)
# Where the words of a record stand; `timelog.incoming.own` goes the same way back.
PLACES = {
    "entry": {**_whose, **{key: key for key in _same}},
    "kind": {"key": "kind_key", "said": "kind", "family": "family"},
    "balance": {**_whose, "seconds": "seconds", "as_of": "day", "note": "note"},
    "milestone": {"name": "note"},
    "intention": {"text": "note", "since": "start", "until": "end"},
    "detour": {"name": "detour", "why": "note", "began": "day"},
}
_formula = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


class Line:
    """A file of one line, for the csv module to write to."""

    text = ""

    def write(self, text: str) -> None:
        """Keep it."""
        self.text = text


def write(records: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """The text of the file, a row at a time."""
    line = Line()
    writer = csv.DictWriter(line, COLUMNS, restval="")
    writer.writeheader()
    yield MARK + line.text
    for name, record in records:
        writer.writerow({key: safe(value) for key, value in cells(name, record).items()})
        yield line.text


def cells(name: str, record: dict[str, Any]) -> dict[str, Any]:
    """The cells of a record; what has no column of its own stands in `more`."""
    columns = PLACES[name]
    row = {columns[key]: value for key, value in record.items() if key in columns}
    more = {key: value for key, value in record.items() if key not in columns}
    if "seconds" in row:
        row["hours"] = f"{row['seconds'] / 3600:.2f}"
    row |= {"record": name, "more": json.dumps(more, ensure_ascii=False) if more else ""}
    return {key: "" if value is None else value for key, value in row.items()}


def safe(value: Any) -> Any:
    """A cell that is text and no formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_formula) else value


def plain(cell: str) -> str:
    """What was written before `safe`."""
    return cell[1:] if cell.startswith("'") else cell
