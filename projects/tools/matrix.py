"""The table of what each tool can do, put together from flat rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

UNTRIED = "untried"
# How a state is drawn: full, half, empty, a dash.
MARKS = {"can": "yes", "partly": "part", "not": "no", UNTRIED: UNTRIED}


class Standing(NamedTuple):
    """How a tool stands to a capability: the newest test of the two, and when to test again."""

    tool: int
    capability: int
    state: str
    again_on: date | None


@dataclass(frozen=True)
class Cell:
    """Where a tool's column crosses a capability's row."""

    tool: Any
    state: str
    due: bool

    @property
    def mark(self) -> str:
        """How it is drawn."""
        return MARKS[self.state]


@dataclass(frozen=True)
class Row:
    """A capability, and each tool's cell in the order of the columns."""

    capability: Any
    cells: list[Cell]


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    key: str
    rows: list[Row]


def matrix(
    tools: list[Any], capabilities: Iterable[Any], standing: Iterable[Standing], today: date
) -> list[Group]:
    """Rows by group, in the order in which `capabilities` come; each row as wide as `tools`.

    A tool has a pk, a capability a pk and a group.
    """
    known = {(each.tool, each.capability): each for each in standing}

    def cell(tool: Any, capability: Any) -> Cell:
        found = known.get((tool.pk, capability.pk))
        if found is None:
            return Cell(tool, UNTRIED, due=False)
        due = found.again_on is not None and found.again_on <= today
        return Cell(tool, found.state, due)

    return [
        Group(key, [Row(each, [cell(tool, each) for tool in tools]) for each in some])
        for key, some in groupby(capabilities, lambda each: each.group)
    ]
