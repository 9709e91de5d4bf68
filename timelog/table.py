"""A table file as rows of text: CSV and TSV in any dialect, and the first sheet of an XLSX.

Nothing is evaluated: a formula is text, or the value that its program last kept beside it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from xml.etree import ElementTree

from studio.lib.encoding import Undecodable, decode

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t|"
_main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_doctype = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_reference = re.compile(r"([A-Z]{1,3})[0-9]+")
_literal = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]')
_day_formats = {14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)}
_time_formats = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47}

Row = tuple[int, list[str]]


class NoTable(ValueError):
    """The file is no table that can be read; the message says why, in one sentence."""


def rows(data: bytes) -> list[Row]:
    """The rows that hold anything, each with its line (or row) number from 1. Raises NoTable."""
    if len(data) > LARGEST:
        raise NoTable("The file is larger than 20 MB; split it by year.")
    if not data.strip():
        raise NoTable("The file is empty.")
    if data.startswith(b"PK"):
        found = _workbook(data)
    else:
        if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
            raise NoTable("The file is no table; save it as CSV or XLSX.")
        try:
            text = decode(data)
        except Undecodable as error:
            raise NoTable(str(error)) from None
        found = _separated(text)
    kept = []
    for number, cells in found:
        if any(cells):
            kept.append((number, cells[:MOST_COLUMNS]))
        if len(kept) > MOST_ROWS:
            raise NoTable("The file has more than 200,000 rows; split it by year.")
    return kept


# --- CSV and TSV ----------------------------------------------------------------------------------
def _separated(text: str) -> Iterator[Row]:
    """Rows of CSV or TSV, by the delimiter that gives the most even columns."""
    first, _, rest = text.partition("\n")
    skipped = 0
    if found := re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE):
        delimiter, text, skipped = found[1], rest, 1
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line + skipped, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise NoTable(f"Line {line + skipped} is no line of a table.") from None


def _delimiter(text: str) -> str:
    sample = "".join(text.splitlines(keepends=True)[:40])
    best, most = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter)]
        except csv.Error:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        if common > 1 and (widths.count(common), common) > most:
            best, most = delimiter, (widths.count(common), common)
    return best


# --- XLSX -----------------------------------------------------------------------------------------
def _workbook(data: bytes) -> Iterator[Row]:
    """Rows of the first sheet (ECMA-376), without any part of it being run."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _sheet(archive)
    except NoTable:
        raise
    except Exception as error:  # a hostile archive raises far more than BadZipFile
        raise NoTable("The file is damaged; save it again as XLSX or CSV.") from error


def _sheet(archive: zipfile.ZipFile) -> Iterator[Row]:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise NoTable("The file is an archive without a table; save the table as CSV or XLSX.")
    book = _xml(archive, "xl/workbook.xml")
    first = book.find(f"{_main}sheets/{_main}sheet")
    wanted = first.get(f"{_relation}id") if first is not None else None
    target = "worksheets/sheet1.xml"
    if "xl/_rels/workbook.xml.rels" in names:
        for relation in _xml(archive, "xl/_rels/workbook.xml.rels"):
            if relation.get("Id") == wanted:
                target = relation.get("Target", target)
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    texts = []
    if "xl/sharedStrings.xml" in names:
        texts = [_text(item) for item in _xml(archive, "xl/sharedStrings.xml")]
    formats = _formats(_xml(archive, "xl/styles.xml")) if "xl/styles.xml" in names else []
    properties = book.find(f"{_main}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    origin = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    for number, row in enumerate(_xml(archive, path).iter(f"{_main}row"), 1):
        cells: list[str] = []
        for place, cell in enumerate(row.iter(f"{_main}c")):
            column = _column(cell.get("r", "")) or place
            if column >= MOST_COLUMNS:
                continue
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(cell, texts, formats, origin)
        written = row.get("r", "")
        yield (int(written) if written.isdecimal() else number), cells


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as file:
        data = file.read(LARGEST_UNPACKED + 1)
    if len(data) > LARGEST_UNPACKED:
        raise NoTable("The file unpacks to more than 100 MB; split it by year.")
    if _doctype.search(data) or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoTable("The file declares entities, which no table does.")
    return ElementTree.fromstring(data)  # noqa: S314 (entities were refused above)


def _text(item: ElementTree.Element) -> str:
    """A string without its phonetic guide."""
    runs = [item.find(f"{_main}t"), *(run.find(f"{_main}t") for run in item.iter(f"{_main}r"))]
    return "".join(run.text or "" for run in runs if run is not None)


def _formats(styles: ElementTree.Element) -> list[str]:
    """For each cell style: "day", "time" or nothing."""
    custom = {
        int(each.get("numFmtId", "0")): _literal.sub("", each.get("formatCode", "")).lower()
        for each in styles.iter(f"{_main}numFmt")
    }
    found = []
    for style in styles.findall(f"{_main}cellXfs/{_main}xf"):
        number = int(style.get("numFmtId", "0"))
        code = custom.get(number, "").split(";")[0]
        if number in _day_formats or re.search(r"[yd]|m(?!m?:)(?<!:m)(?<!:mm)", code):
            found.append("day" if number in _day_formats or re.search(r"[yd]", code) else "")
        else:
            found.append("time" if number in _time_formats or re.search(r"[hs]", code) else "")
        if not found[-1] and re.search(r"h|\[m", code):
            found[-1] = "time"
    return found


def _column(reference: str) -> int:
    """ "C7" -> 2."""
    found = _reference.fullmatch(reference)
    number = 0
    for letter in found[1] if found else "":
        number = number * 26 + ord(letter) - 64
    return max(0, number - 1)


def _value(
    cell: ElementTree.Element, texts: list[str], formats: list[str], origin: datetime
) -> str:
    kind, style = cell.get("t", "n"), int(cell.get("s", "0"))
    if kind == "inlineStr":
        inline = cell.find(f"{_main}is")
        return "" if inline is None else _text(inline).strip()
    value = cell.findtext(f"{_main}v", "")
    if not value:
        formula = cell.findtext(f"{_main}f", "")
        return f"={formula}" if formula else ""
    if kind == "s":
        return texts[int(value)].strip()
    if kind != "n":
        return value.strip()
    number = float(value)
    shown = formats[style] if style < len(formats) else ""
    if shown == "day":
        return (origin + timedelta(days=number)).isoformat(" ")[:10]
    if shown == "time":
        seconds = round(number * 86400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{number:.10g}"
