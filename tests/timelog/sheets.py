"""Small XLSX and ODS files, written by hand as the programs write them."""

import io
import zipfile
from xml.sax.saxutils import escape

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Cell styles: 0 general, 1 a day (built in), 2 [h]:mm, 3 yyyy年m月d日, 4 two decimals.
STYLES = f"""<styleSheet xmlns="{_SHEET}"><numFmts count="2">
<numFmt numFmtId="164" formatCode="[h]:mm"/>
<numFmt numFmtId="165" formatCode='yyyy"年"m"月"d"日"'/></numFmts>
<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>
<xf numFmtId="2"/></cellXfs></styleSheet>"""


def packed(**parts):
    """A zip; __ in a name stands for /."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def number(value, style=0):
    return f'<c s="{style}"><v>{value}</v></c>'


def formula(text, value=""):
    kept = f"<v>{value}</v>" if value else ""
    return f"<c><f>{text}</f>{kept}</c>"


def _cell(value, place):
    text = value if str(value).startswith("<c") else None
    if text is None and isinstance(value, int | float):
        text = number(value)
    if text is None:
        text = f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return text.replace("<c", f'<c r="{place}"', 1)


def _sheet(rows, merged):
    lines = "".join(
        f'<row r="{n}">'
        + "".join(_cell(v, f"{chr(65 + c)}{n}") for c, v in enumerate(row) if v not in ("", None))
        + "</row>"
        for n, row in enumerate(rows, 1)
        if row
    )
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    return (
        f'<worksheet xmlns="{_SHEET}"><sheetData>{lines}</sheetData>'
        f"<mergeCells>{merges}</mergeCells></worksheet>"
    )


def xlsx(rows, *, merged=(), more=None, hidden=(), is_1904=False, sheet_xml=None):
    """One sheet Log, and those of `more` (name -> rows); `hidden` names some of them."""
    sheets = {"Log": rows, **(more or {})}
    state = {name: "hidden" if name in hidden else "visible" for name in sheets}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{state[name]}"/>'
        for n, name in enumerate(sheets, 1)
    )
    book = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_LINK}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>{listed}</sheets></workbook>'
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINK}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {"xl__workbook": book, "xl__styles": STYLES}
    parts |= {
        f"xl__worksheets__sheet{n}": sheet_xml or _sheet(each, merged if n == 1 else ())
        for n, each in enumerate(sheets.values(), 1)
    }
    out = io.BytesIO(packed(**parts))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
    return out.getvalue()


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods_cell(value, **more):
    kinds = {"PT": "time", "20": "date"}
    kind = "float" if isinstance(value, int | float) else kinds.get(str(value)[:2], "string")
    attribute = {"float": "value", "time": "time-value", "date": "date-value"}.get(kind)
    told = f' office:{attribute}="{value}"' if attribute else ""
    spans = "".join(f' table:{name.replace("_", "-")}="{n}"' for name, n in more.items())
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{told}{spans}>{text}</table:table-cell>'


def ods(rows, name="工时", repeat=None):
    """Rows of values; `repeat` tells for a row (from 0) how often it stands there."""
    lines = "".join(
        f'<table:table-row table:number-rows-repeated="{(repeat or {}).get(n, 1)}">'
        + "".join(v if str(v).startswith("<") else ods_cell(v) for v in row)
        + "</table:table-row>"
        for n, row in enumerate(rows)
    )
    return packed(
        content=f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{lines}'
        '<table:table-row table:number-rows-repeated="1048000"/></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
