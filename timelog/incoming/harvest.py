"""Harvest: the detailed time report, a day and hours a row.

Exports of the European kind have decimal commas and dots for thousands ("20,0", "2.000,0"); which
of them a file has is told by all its numbers together.
"""

import re
from collections.abc import Iterable
from functools import partial

from . import rows, timed
from .dates import order_of, read_day
from .record import NotRead, Reading, Refused, Spent, Wishes
from .source import Source

COLUMNS = {
    "start_day": ("date",),
    "length": ("hours",),
    "kind": ("project",),
    "note": ("notes", "task"),
    "first": ("first name",),
    "last": ("last name",),
}
_number = re.compile(r"-?\d[\d.,]*")


def fits(source: Source) -> bool:
    """The headings of a detailed report."""
    return source.has_headings("date", "client", "project", "hours", "task") and (
        source.has_headings("hours", "billable") or source.has_headings("hours", "project code")
    )


def read(source: Source, wishes: Wishes) -> Reading:
    """Read it. Raises NotRead."""
    table = source.table(wishes.sheet)
    layout = timed.layout_of(table, COLUMNS, ("start_day", "length"))
    if layout is None:
        raise NotRead("columns_of", "Date, Hours")
    for _, cells in table.rows[layout.first_row :]:
        who = " ".join((layout.cell(cells, "first"), layout.cell(cells, "last"))).strip()
        cells.append(who)
    layout.places["person"] = [len(layout.names)]
    even(table.rows[layout.first_row :], len(layout.names))
    body = timed.mine(table.rows[layout.first_row :], layout, wishes)
    order = wishes.date_order or order_of(timed.days_of(body, layout))
    comma = has_commas(layout.cell(cells, "length") for _, cells in body)
    reading = Reading(columns=layout.told(), sheet=table.sheet, sheets=table.sheets)
    for line, cells in body:
        reading.take(line, partial(row, line, cells, layout, order, comma))
    return reading


def even(body: list[tuple[int, list[str]]], width: int) -> None:
    """Put the name that was added to each row behind the last heading, however long the row."""
    for _, cells in body:
        who = cells.pop()
        cells += [""] * (width - len(cells))
        cells[width:] = [who]


def row(line: int, cells: list[str], layout: timed.Layout, order: str, comma: bool) -> Spent:
    """One row. Raises Refused."""
    written = layout.cell(cells, "start_day")
    try:
        day = read_day(written, order)
    except ValueError:
        raise Refused("day", written) if written else Refused("no_day") from None
    seconds = hours(layout.cell(cells, "length"), comma)
    note = rows.noted(*layout.cells(cells, "note"))
    return rows.dated(line, day, seconds, kind=layout.cell(cells, "kind"), note=note)


def has_commas(cells: Iterable[str]) -> bool:
    """Whether the numbers of a file have decimal commas: a comma stands last in one of them."""
    return any(re.fullmatch(r"-?[\d.]*,\d{1,2}", cell) for cell in cells)


def hours(written: str, comma: bool) -> int:
    """Seconds of "1.5", "1,5", "2.000,0", "1:30". Raises Refused."""
    if not _number.fullmatch(written):
        return timed.seconds_of(written, 3600) if written else 0
    plain = written.replace(".", "").replace(",", ".") if comma else written.replace(",", "")
    try:
        return round(float(plain) * 3600)
    except ValueError:
        raise Refused("length", written) from None
