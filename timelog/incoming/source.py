"""A file that was handed in: its bytes, and the same as text, as JSON, as a table."""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePath
from typing import Any

from studio.lib.encoding import Undecodable, decode

from .columns import HEADINGS_WITHIN
from .record import NotRead, Table
from .table import read_table


class Source:
    """The bytes of a file and its name; each view of it is made once."""

    def __init__(self, data: bytes, name: str = "") -> None:
        self.data, self.name = data, name
        self._tables: dict[str, Table] = {}

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePath(self.name).stem

    @property
    def start(self) -> bytes:
        """The first bytes that say anything."""
        return self.data[:400].removeprefix(b"\xef\xbb\xbf").lstrip()

    @cached_property
    def text(self) -> str:
        """Raises NotRead."""
        try:
            return decode(self.data)
        except Undecodable as error:
            raise NotRead(error.reason) from None

    @property
    def is_json(self) -> bool:
        """Whether it can be JSON and nothing else of what is read."""
        return self.start[:1] in {b"{", b"["} and not self.start.startswith(b"{\\rtf")

    @cached_property
    def json(self) -> Any:
        """The value the file holds, None where it is no JSON. Raises NotRead when it is broken."""
        if not self.is_json:
            return None
        try:
            return json.loads(self.text, parse_constant=refuse)
        except json.JSONDecodeError as error:
            raise NotRead("json", str(error.lineno)) from None
        except (ValueError, RecursionError):
            raise NotRead("json", "1") from None

    def table(self, sheet: str = "") -> Table:
        """The rows of a table file. Raises NotRead."""
        if sheet not in self._tables:
            self._tables[sheet] = read_table(self.data, sheet)
        return self._tables[sheet]

    @cached_property
    def headings(self) -> list[frozenset[str]]:
        """The words of each of the first rows, if it is a table; nothing is raised."""
        try:
            rows = self.table().rows[:HEADINGS_WITHIN]
        except NotRead:
            return []
        return [frozenset(heading(cell) for cell in cells if cell) for _, cells in rows]

    def has_headings(self, *wanted: str) -> bool:
        """Whether one row names all of them."""
        return any(set(wanted) <= row for row in self.headings)


def heading(cell: str) -> str:
    """A heading as it is compared."""
    return " ".join(cell.casefold().replace("_", " ").split()).strip(" *:?")


def dicts(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list; none of anything else."""
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def listed(value: Any) -> list[Any]:
    """A list as it is; nothing of anything else."""
    return value if isinstance(value, list) else []


def refuse(constant: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(constant)
