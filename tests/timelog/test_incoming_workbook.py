"""Spreadsheets of Excel and LibreOffice are read as they look, and never run."""

import io
import zipfile
from datetime import date

import pytest

from timelog.incoming import NotRead, Wishes, read
from timelog.incoming.package import LARGEST_PART

from .sheets import formula, number, ods, ods_cell, packed, xlsx

HEAD = ["日期", "小时", "类别", "备注"]
NOVEMBER = 46327  # 1 November 2026 as a serial date
D = date


def rows(data, **wishes):
    found = read(data, wishes=Wishes(**wishes))
    return [(each.day, each.seconds, each.kind, each.note) for each in found.spent]


def why_not(data, **wishes):
    with pytest.raises(NotRead) as refused:
        rows(data, **wishes)
    return refused.value.reason, refused.value.about


# --- XLSX -----------------------------------------------------------------------------------------
def test_days_and_lengths_are_read_by_their_format():
    data = xlsx(
        [
            HEAD,
            [number(NOVEMBER, 1), 2.5, "写作", "第十四章"],
            [number(NOVEMBER + 1.375, 3), number(0.0625, 2), "Video", "shot 07"],
            [number(NOVEMBER + 2), number(1.25, 4), "Video"],
            ["2026年11月4日", "2小时40分", "Video"],
        ]
    )
    assert rows(data) == [
        (D(2026, 11, 1), 9000, "写作", "第十四章"),
        (D(2026, 11, 2), 5400, "Video", "shot 07"),
        (D(2026, 11, 3), 4500, "Video", ""),
        (D(2026, 11, 4), 9600, "Video", ""),
    ]


def test_a_workbook_that_counts_from_1904_is_read_as_such():
    data = xlsx([HEAD, [number(NOVEMBER - 1462, 1), 1], [number(NOVEMBER - 1461), 1]], is_1904=True)
    assert [each[0] for each in rows(data)] == [D(2026, 11, 1), D(2026, 11, 2)]


def test_a_formula_gives_the_value_that_was_kept_and_is_refused_without_one():
    kept = [number(NOVEMBER, 1), formula("1+1", "2"), "写作"]
    bare = [number(NOVEMBER, 1), formula("SUM(B2:B9)"), "写作"]
    broken = [number(NOVEMBER, 1), '<c t="e"><v>#REF!</v></c>', "写作"]
    found = read(xlsx([HEAD, kept, bare, broken, ["合计", formula("SUM(B2:B9)")]]))
    assert [(each.line, each.seconds) for each in found.spent] == [(2, 7200)]
    assert [(each.line, each.reason, each.about) for each in found.refused] == [
        (3, "formula", "=SUM(B2:B9)"),
        (4, "length", "#REF!"),
    ]
    assert [(each.line, each.reason) for each in found.left_out] == [(5, "total")]


def test_lines_are_those_of_the_program_also_past_empty_rows():
    found = read(xlsx([["工时"], [], HEAD, [], [number(NOVEMBER, 1), "much"]]))
    assert [(each.line, each.reason) for each in found.refused] == [(5, "length")]


def test_a_day_merged_over_several_rows_is_the_day_of_each_but_merged_hours_count_once():
    data = xlsx(
        [HEAD, [number(NOVEMBER, 1), 3, "写作", "上"], [None, None, "写作", "下"], ["", 1, "写作"]],
        merged=("A2:A4", "B2:B3"),
    )
    found = read(data)
    assert [(each.line, each.day, each.seconds) for each in found.spent] == [
        (2, D(2026, 11, 1), 10800),
        (4, D(2026, 11, 1), 3600),
    ]
    assert [(each.line, each.reason) for each in found.left_out] == [(3, "no_hours")]


def test_one_sheet_is_read_the_others_are_named_and_can_be_chosen():
    older = [HEAD, [number(NOVEMBER - 365, 1), 1, "写作"]]
    data = xlsx(
        [["secret"]],
        more={"2026": [HEAD, [number(NOVEMBER, 1), 2, "写作"]], "去年": older},
        hidden=("Log",),
    )
    found = read(data)
    assert (found.sheet, found.sheets) == ("2026", ["2026", "去年"])
    assert rows(data) == [(D(2026, 11, 1), 7200, "写作", "")]
    assert rows(data, sheet="去年") == [(D(2025, 11, 1), 3600, "写作", "")]
    assert why_not(data, sheet="Log") == ("sheet", "2026, 去年")


def test_a_cover_sheet_is_passed_over_unless_it_was_asked_for():
    data = xlsx([["我的工时"], ["2026"]], more={"二": [HEAD, [number(NOVEMBER, 1), 2]]})
    assert read(data).sheet == "二"
    assert why_not(data, sheet="log") == ("columns", "")
    assert why_not(xlsx([["cover"]], more={"二": [["also"]]})) == ("columns", "")


def test_shared_texts_are_read_without_their_phonetic_guide():
    text = "<si><t>日期</t></si><si><r><t>小</t></r><r><t>时</t></r><rPh><t>xiao</t></rPh></si>"
    row = f'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row>{number(NOVEMBER, 1)}'
    sheet = f"<worksheet><sheetData>{row}{number(2)}</row></sheetData></worksheet>"
    data = io.BytesIO(xlsx([], sheet_xml=sheet))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst>{text}</sst>")
    assert rows(data.getvalue()) == [(D(2026, 11, 1), 7200, "", "")]


# --- ODS ------------------------------------------------------------------------------------------
def test_an_ods_is_read_and_equal_rows_kept_as_one_count_each():
    data = ods(
        [HEAD, ["2026-11-01", 2.5, "写作", "第十四章"], ["2026-11-02", "PT01H30M00S", "Video"]],
        repeat={1: 2},
    )
    assert rows(data) == [
        (D(2026, 11, 1), 9000, "写作", "第十四章"),
        (D(2026, 11, 1), 9000, "写作", "第十四章"),
        (D(2026, 11, 2), 5400, "Video", ""),
    ]


def test_merged_days_of_an_ods_and_a_sheet_by_name():
    first = ods_cell("2026-11-01", number_rows_spanned=2)
    covered = "<table:covered-table-cell/>"
    data = ods([HEAD, [first, 1], [covered, 2]])
    assert rows(data, sheet="工时") == [
        (D(2026, 11, 1), 3600, "", ""),
        (D(2026, 11, 1), 7200, "", ""),
    ]
    assert why_not(data, sheet="2025") == ("sheet", "工时")


# --- what is hostile or broken --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 not a zip", "damaged"),
        (packed(word__document="<w/>"), "no_table"),
        (packed(xl__workbook="<workbook"), "damaged"),
        (packed(xl__workbook="<workbook><sheets/></workbook>"), "no_table"),
        (packed(content="<document-content><body><text/></body></document-content>"), "no_table"),
        (xlsx([], sheet_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "damaged"),
        (xlsx([], sheet_xml=f"<a>{' ' * LARGEST_PART}</a>"), "unpacked"),
        (xlsx([HEAD, [number(NOVEMBER, 99), 1], ['<c t="s"><v>7</v></c>', 1]]), "damaged"),
        (ods([["2026-11-01", 1]], repeat={0: 10_000_000}), "rows"),
    ],
)
def test_a_damaged_or_hostile_file_is_refused(data, reason):
    assert why_not(data)[0] == reason


def test_hostile_archives_are_refused(corpus):
    told = {"damaged", "no_table", "columns", "empty", "binary", "unknown"}
    for path in sorted((corpus / "bad" / "archives").iterdir()):
        assert why_not(path.read_bytes())[0] in told, path.name


def test_numbers_that_are_no_days_do_not_stop_the_reading():
    data = xlsx([HEAD, [number(1e300, 1), 1], [number(NOVEMBER, 1), number(1e300, 2)]])
    assert [each.reason for each in read(data).refused] == ["day", "length"]
