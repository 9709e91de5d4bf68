"""A table file as rows of text: CSV and TSV in any dialect, one sheet of an XLSX or ODS.

Nothing is evaluated: a formula is text, or the value that its program last kept beside it.
"""

import csv
import io
import re
from collections.abc import Iterator

from studio.lib.encoding import Undecodable, decode

from .record import NotRead, Row, Table
from .workbook import read_workbook

DELIMITERS = ",;\t|，"
_no_table = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_end = "\x1e"


def read_table(data: bytes, sheet: str = "", as_it_stands: bool = False) -> Table:
    """The rows of a file; `sheet` names one of several. Raises NotRead.

    Cells lose the white space round them unless they are to be taken `as_it_stands`.
    """
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, sheet)
    if data.startswith(_no_table):
        raise NotRead("no_table")
    try:
        text = decode(data)
    except Undecodable as error:
        raise NotRead(error.reason) from None
    table = Table(even=True)
    rows = separated(text)
    if not as_it_stands:
        rows = ((line, [cell.strip() for cell in cells]) for line, cells in rows)
    table.add(rows)
    return table


def separated(text: str) -> Iterator[Row]:
    """Rows of CSV or TSV, by the delimiter that gives the most even columns."""
    first, _, rest = text.partition("\n")
    skipped = 0
    if found := re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE):
        delimiter, text, skipped = found[1], rest, 1
    else:
        delimiter = best_delimiter(text)
    # A line of our own at the end: when it is not the last row, a quotation mark was left open
    # and the rest of the file would have become one cell.
    reader = csv.reader(io.StringIO(f"{text}\n{_end}", newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if cells != [_end]:
                if any(_end in cell for cell in cells):
                    raise NotRead("quote", str(line + skipped))
                yield line + skipped, cells
            line = reader.line_num + 1
    except csv.Error:
        raise NotRead("quote", str(line + skipped)) from None


def best_delimiter(text: str) -> str:
    """The one by which most rows have the same number of cells, and then the most cells."""
    sample = "".join(text.splitlines(keepends=True)[:60])
    best, most = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            widths = [len(row) for row in rows if row]
        except csv.Error:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        if common > 1 and (widths.count(common), common) > most:
            best, most = delimiter, (widths.count(common), common)
    return best
