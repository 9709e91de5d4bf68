"""A table of hours: a day, how long, and if it says so the kind and a note."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

from timelog import duration

from .columns import LONGEST_KIND, Columns, by_heading, by_look
from .dates import order_of, read_day
from .record import Aside, LeftOut, NotRead, Reading, Refused, Row, Spent, Table, Wishes
from .source import Source

MOST_SECONDS = 24 * 3600
LONGEST_NOTE = 500
LONGEST_LENGTH = 40
MOST_SHEETS = 20
_nothing = {"", "-", "–", "—", "/", "n/a", "无"}
_total = re.compile(
    r"(?:grand |sub-?|weekly |monthly |yearly )?(?:totals?|sums?|averages?|mean)\b.{0,20}"
    r"|(?:本?[周週月年日])?(?:合计|合計|总计|總計|小计|小計|总和|總和|累计|累計|平均|共计|共計).{0,12}",
    re.IGNORECASE,
)


def fits(source: Source) -> bool:
    """Whatever is nothing else."""
    return True


def read(source: Source, wishes: Wishes) -> Reading:
    """Read a table file. Raises NotRead.

    Where no sheet was asked for, one without hours (a cover, a chart) is passed over.
    """
    table = source.table(wishes.sheet)
    try:
        return read_rows(table, wishes)
    except NotRead as error:
        if wishes.sheet or error.reason not in {"columns", "nothing"}:
            raise
        for sheet in table.sheets[1:MOST_SHEETS]:
            try:
                return read_rows(source.table(sheet), wishes)
            except NotRead:
                continue
        raise


def read_rows(table: Table, wishes: Wishes) -> Reading:
    """Read the rows of a table."""
    columns = by_heading(table.rows) or by_look(
        table.rows, lambda cell: is_day(cell, table.origin), is_length
    )
    fill_down(table, columns)
    body = table.rows[columns.first_row :]
    order = wishes.date_order or order_of(cell(cells, columns.day) for _, cells in body)
    reading = Reading(columns=columns.told(), sheet=table.sheet, sheets=table.sheets)
    above = table.rows[: max(0, columns.first_row - bool(columns.names))]
    reading.left_out += [Aside(line, "above", words(cells)) for line, cells in above]
    for line, cells in body:
        reading.take(line, partial(spent, line, cells, columns, order, table))
    if not reading.spent and not reading.refused:
        raise NotRead("nothing")
    return reading


def spent(line: int, cells: list[str], columns: Columns, order: str, table: Table) -> Spent:
    """One row. Raises Refused."""
    written, lengths = cell(cells, columns.day), [cell(cells, n) for n, _ in columns.lengths]
    empty = all(each.lower() in _nothing for each in lengths)
    if columns.names and cells[: columns.width] == list(columns.names):
        raise LeftOut("heading")
    day = day_or_none(written, order, table.origin)
    if day is None:
        if any(_total.fullmatch(each) for each in cells):
            raise LeftOut("total", words(cells))
        if empty:
            raise LeftOut("words", words(cells))
        raise Refused("day", written) if written else Refused("no_day")
    if empty:
        raise LeftOut("no_hours", written)
    if table.even and any(cells[columns.width :]):
        raise Refused("cells")
    seconds = sum(
        length(each, unit) for each, (_, unit) in zip(lengths, columns.lengths, strict=True)
    )
    if seconds == 0:
        raise LeftOut("no_hours", written)
    if seconds > MOST_SECONDS:
        raise Refused("too_long", " ".join(lengths))
    kind = "" if columns.kind is None else one_line(cell(cells, columns.kind))
    note = " · ".join(said for n in columns.notes if (said := one_line(cell(cells, n))))
    if len(kind) > LONGEST_KIND:
        raise Refused("long_kind", kind)
    if len(note) > LONGEST_NOTE:
        raise Refused("long_note")
    return Spent(line, day, seconds, kind, note)


def length(written: str, unit: int) -> int:
    """Seconds of a cell whose bare numbers count `unit` seconds. Raises Refused."""
    if written.lower() in _nothing:
        return 0
    if written.startswith("="):
        raise Refused("formula", written)
    if re.match(r"[-−–]\s*\d|\(\s*\d[^)]*\)$", written):
        raise Refused("negative", written)
    try:
        return duration.seconds(written[:LONGEST_LENGTH], bare=unit)
    except ValueError:
        raise Refused("length", written) from None


def day_or_none(written: str, order: str, origin: date) -> date | None:
    """The day, if it is one."""
    try:
        return read_day(written[:60], order, origin)
    except ValueError:
        return None


def is_day(written: str, origin: date) -> bool:
    """Whether a cell is a day in some order of its numbers."""
    return any(day_or_none(written, order, origin) for order in ("dmy", "mdy", "ymd"))


def is_length(written: str) -> bool:
    """Whether a cell is a length of at most a day."""
    try:
        return 0 <= duration.seconds(written[:LONGEST_LENGTH]) <= MOST_SECONDS
    except ValueError:
        return False


def fill_down(table: Table, columns: Columns) -> None:
    """Give each row of a merged day or kind its own; never the hours, which would count twice."""
    rows: dict[int, list[str]] = dict(table.rows)
    for first, last, place in table.merged:
        if place in {columns.day, columns.kind} and first in rows:
            for line, cells in table.rows:
                if first < line <= last:
                    cells += [""] * (place + 1 - len(cells))
                    cells[place] = cells[place] or cell(rows[first], place)


def cell(cells: Sequence[str], place: int) -> str:
    """A cell, or nothing where the row is short."""
    return cells[place] if place < len(cells) else ""


def one_line(written: str) -> str:
    """White space as single spaces."""
    return " ".join(written.split())


def words(cells: Row | Sequence[str]) -> str:
    """The first words of a row, to know it by."""
    return one_line(" ".join(each for each in cells if isinstance(each, str) and each))[:60]
