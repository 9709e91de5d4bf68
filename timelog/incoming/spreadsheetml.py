"""One sheet of an XLSX (ECMA-376, part 1, chapter 18)."""

import re
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

from .package import Package
from .record import EXCEL, MOST_COLUMNS, Table

MAIN = "xl/workbook.xml"
_reference = re.compile(r"([A-Z]{1,3})([0-9]+)")
_literal = re.compile(r'"[^"]*"|\\.|_.|\[(?![hms]+\])[^\]]*\]')
# Built-in number formats (18.8.30), with those of Chinese, Japanese and Korean.
_days = {14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)}
_times = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47}


def read(package: Package, wanted: str) -> Table:
    """The sheet named `wanted`, else the first that is not hidden."""
    book = package.part(MAIN)
    assert book is not None
    links = {each.get("Id", ""): each for each in package.part("xl/_rels/workbook.xml.rels") or ()}
    sheets = [
        (sheet.get("name", ""), links[sheet.get("id", "")].get("Target", ""))
        for sheet in book.iter("sheet")
        if sheet.get("state", "visible") == "visible"
        and links[sheet.get("id", "")].get("Type", "").endswith("/worksheet")
    ]
    properties = book.find("workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    table = Table(origin=date(1904, 1, 1) if is_1904 else EXCEL)
    _, target = sheets[table.choose([name for name, _ in sheets], wanted)]
    texts = [text_of(item) for item in package.part("xl/sharedStrings.xml") or ()]
    cells = Cells(texts, formats(package.part("xl/styles.xml")), table.origin)
    place = target if target.startswith("/") else f"xl/{target}"
    root = package.part(place, ("row",), lambda row: table.add([cells.row(row, table)]))
    for each in root.iter("mergeCell") if root is not None else ():
        first, _, last = each.get("ref", "").partition(":")
        if (start := _reference.fullmatch(first)) and (end := _reference.fullmatch(last)):
            table.merged.append((int(start[2]), int(end[2]), column(start[1])))
    return table


class Cells:
    """Reads cells by the texts and formats of their workbook."""

    def __init__(self, texts: list[str], shown_as: list[str], origin: date) -> None:
        self.texts, self.shown_as = texts, shown_as
        self.origin = datetime.combine(origin, time())

    def row(self, row: Element, table: Table) -> tuple[int, list[str]]:
        """Its number, and its cells with the gaps filled."""
        cells: list[str] = []
        for cell in row.iter("c"):
            found = _reference.fullmatch(cell.get("r", ""))
            place = column(found[1]) if found else len(cells)
            if place < MOST_COLUMNS:
                cells += [""] * (place + 1 - len(cells))
                cells[place] = self.value(cell)
        written = row.get("r", "")
        after = table.rows[-1][0] + 1 if table.rows else 1
        return (int(written) if written.isdecimal() else after), cells

    def value(self, cell: Element) -> str:
        """Its text; a day as 2026-11-19, a time as 2:30:00."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find("is")
            return "" if inline is None else text_of(inline)
        value = (cell.findtext("v") or "").strip()
        if not value:
            formula = cell.findtext("f")
            return f"={formula}" if formula else ""
        if kind == "s":
            return self.texts[int(value)]
        return self.number(value, int(cell.get("s", "0"))) if kind == "n" else value

    def number(self, value: str, style: int) -> str:
        """A number as its format shows it."""
        number = float(value)
        shown = self.shown_as[style] if style < len(self.shown_as) else ""
        if shown == "day" and 1 <= number < 2_900_000:
            return f"{self.origin + timedelta(days=number):%Y-%m-%d}"
        if shown == "time" and abs(number) < 100_000:
            whole = abs(round(number * 86400))
            minus = "-" if number < 0 else ""
            return f"{minus}{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
        return f"{number:.10g}"


def text_of(item: Element) -> str:
    """A string without its phonetic guide."""
    runs = [item.find("t"), *(run.find("t") for run in item.iter("r"))]
    return "".join(run.text or "" for run in runs if run is not None).strip()


def formats(styles: Element | None) -> list[str]:
    """For each cell style: "day", "time" or nothing."""
    if styles is None:
        return []
    custom = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in styles.iter("numFmt")
    }
    places = styles.find("cellXfs")
    numbers = [int(style.get("numFmtId", "0")) for style in (places if places is not None else ())]
    return [shown_as(number, custom.get(number, "")) for number in numbers]


def shown_as(number: int, code: str) -> str:
    """What a number format shows: "day", "time" or nothing (18.8.31)."""
    if not code:
        return "day" if number in _days else "time" if number in _times else ""
    plain = _literal.sub("", code).lower().split(";")[0]
    if plain == "general":
        return ""
    if re.search(r"[yd]", plain) or ("m" in plain and not re.search(r"[hs]|\[m", plain)):
        return "day"
    return "time" if re.search(r"[hms]", plain) else ""


def column(letters: str) -> int:
    """ "C" -> 2."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
