"""Hours written for elsewhere, and for this studio again. Pure: no Django, no database.

A format is a function from records to pieces of text, one at a time, so that a log of any length
takes no more memory than a short one. What is written here, `timelog.incoming` reads back exactly.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from . import calendars, json_file, tables

Record = tuple[str, dict[str, Any]]
Write = Callable[[Iterable[Record]], Iterator[str]]


@dataclass(frozen=True)
class Format:
    """How a file of the format is named to a browser, and how it is written."""

    content_type: str
    write: Write


FORMATS = {
    "csv": Format("text/csv", tables.write),
    "json": Format("application/json", json_file.write),
    "ics": Format("text/calendar", calendars.write),
}
