"""One sheet of an ODS (OpenDocument 1.3, part 3, chapter 9)."""

import re
from xml.etree.ElementTree import Element

from .package import Package
from .record import MOST_COLUMNS, MOST_ROWS, NotRead, Row, Table

MAIN = "content.xml"
_time = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


def read(package: Package, wanted: str) -> Table:
    """The sheet named `wanted`, else the first one."""
    sheets: list[tuple[str, list[Row], list[tuple[int, int, int]]]] = []
    rows: list[Row] = []
    merged: list[tuple[int, int, int]] = []
    line = 1

    def take(element: Element) -> None:
        nonlocal line, rows, merged
        if element.tag == "table":
            sheets.append((element.get("name", ""), rows, merged))
            rows, merged, line = [], [], 1
            return
        cells, spans = row_of(element)
        times = int(element.get("number-rows-repeated", "1"))
        if any(cells):
            if len(rows) + times > MOST_ROWS:
                raise NotRead("rows", f"{MOST_ROWS:,}")
            rows += [(line + n, cells) for n in range(times)]
            merged += [(line, line + span - 1, place) for place, span in spans]
        line += times

    root = package.part(MAIN, ("table-row", "table"), take)
    if root is None or root.find(".//spreadsheet") is None:
        raise NotRead("no_table")
    table = Table()
    _, found, table.merged = sheets[table.choose([name for name, *_ in sheets], wanted)]
    table.add(found)
    return table


def row_of(element: Element) -> tuple[list[str], list[tuple[int, int]]]:
    """The cells of a row, and (column, rows) of those that span several."""
    cells: list[str] = []
    spans = []
    for cell in element:
        if cell.tag not in {"table-cell", "covered-table-cell"} or len(cells) >= MOST_COLUMNS:
            continue
        span = int(cell.get("number-rows-spanned", "1"))
        if span > 1:
            spans.append((len(cells), span))
        text = "" if cell.tag == "covered-table-cell" else value(cell)
        times = min(int(cell.get("number-columns-repeated", "1")), MOST_COLUMNS)
        cells += [text] * times
    return cells, spans


def value(cell: Element) -> str:
    """Its text; a day as 2026-11-19, a time as 2:30:00."""
    kind = cell.get("value-type", "")
    if kind == "date":
        return cell.get("date-value", "")[:10]
    if kind == "time" and (found := _time.fullmatch(cell.get("time-value", ""))):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        return f"{found[1]}{days * 24 + hours}:{minutes:02d}:{seconds:02d}"
    if kind == "float":
        return f"{float(cell.get('value', '0')):.10g}"
    lines = ["".join(line.itertext()) for line in cell if line.tag == "p"]
    return " ".join(lines).strip()
