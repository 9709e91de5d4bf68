"""A table of hours is read row by row; nothing is guessed or dropped in silence."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timelog.incoming import FORMATS, NotRead, Wishes, read
from timelog.incoming.kinds import guess_family, plain_name


def rows(text, **wishes):
    found = read(text if isinstance(text, bytes) else text.encode(), wishes=Wishes(**wishes))
    return [(each.day, each.seconds, each.kind, each.note) for each in found.spent]


def why_not(text, **wishes):
    with pytest.raises(NotRead) as refused:
        rows(text, **wishes)
    return refused.value.reason, refused.value.about


def reasons(asides):
    return [(each.line, each.reason) for each in asides]


D = date


# --- headings -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headings",
    [
        "date,hours,kind,note",
        "Day,Time,Type,Description",
        "DATE, Duration (h) ,Category,Notes:",
        "日期,小时,类型,备注",
        "日期,时长,类别,说明",
        "日期,時長（小時）,類型,備註",
        "Date of work,Hours spent,Project,Comments",
    ],
)
def test_headings_are_known_in_english_and_chinese(headings):
    assert rows(f"{headings}\n2026-11-19,2.5,写作,Chapter 14 第十四章\n") == [
        (D(2026, 11, 19), 9000, "写作", "Chapter 14 第十四章")
    ]


def test_columns_may_stand_in_any_order_and_some_may_be_missing():
    assert rows("备注,小时,日期\n灯塔,2:40,2026-11-19\n") == [(D(2026, 11, 19), 9600, "", "灯塔")]
    assert rows("hours\tday\n90 min\t19 Nov 2026\n") == [(D(2026, 11, 19), 5400, "", "")]


def test_bare_numbers_count_what_the_heading_says():
    assert rows("date,minutes\n2026-11-19,90\n")[0][1] == 5400
    assert rows("日期,时长（分钟）\n2026-11-19,90\n")[0][1] == 5400
    assert rows("date,seconds\n2026-11-19,90\n")[0][1] == 90


def test_hours_and_minutes_side_by_side_are_one_length_unless_they_say_the_same_twice():
    assert rows("date,hours,minutes\n2026-11-19,2,40\n2026-11-20,,5\n") == [
        (D(2026, 11, 19), 9600, "", ""),
        (D(2026, 11, 20), 300, "", ""),
    ]
    assert rows("date,hours,minutes\n2026-11-19,2.5,150\n")[0][1] == 9000
    assert rows("date,hours,minutes\n2026-11-19,2,120\n")[0][1] == 7200


def test_a_column_about_something_else_is_not_taken_for_the_hours():
    text = "Date,Start time,End time,Total hours,Hours,Target\n2026-11-19,9:00,11:30,99.5,2.5,8\n"
    assert rows(text) == [(D(2026, 11, 19), 9000, "", "")]


def test_an_unknown_heading_over_words_is_a_note_and_every_column_says_what_it_was_read_as():
    found = read("日期,小时,今天做了什么,天气\n2026-11-19,2,灯塔,5\n".encode())
    assert found.spent[0].note == "灯塔"
    assert found.columns == [
        ("日期", "day"),
        ("小时", "length"),
        ("今天做了什么", "note"),
        ("天气", ""),
    ]


def test_several_columns_of_notes_are_joined():
    assert rows("date,hours,task,备注\n2026-11-19,2,shot 07,灯塔\n")[0][3] == "shot 07 · 灯塔"


def test_rows_above_the_table_and_headings_that_come_again_are_left_out_and_listed():
    found = read("工时 2026,,\n,,\n日期,小时,类型\n2026-11-19,2,写作\n日期,小时,类型\n".encode())
    assert [(each.line, each.seconds) for each in found.spent] == [(4, 7200)]
    assert reasons(found.left_out) == [(1, "above"), (5, "heading")]


# --- no headings ----------------------------------------------------------------------------------
def test_without_headings_columns_that_cannot_be_mistaken_are_read():
    text = "".join(f"2026-11-{day},{day / 10},写作,第{day}段\n" for day in range(10, 25))
    assert rows(text)[0] == (D(2026, 11, 10), 3600, "写作", "第10段")
    assert rows("2:30;2026年11月19日\n") == [(D(2026, 11, 19), 9000, "", "")]


def test_a_column_of_many_different_words_is_notes_and_not_kinds():
    text = "".join(f"2026-11-{day},1,第{day}段\n" for day in range(10, 26))
    assert rows(text)[0] == (D(2026, 11, 10), 3600, "", "第10段")


@pytest.mark.parametrize(
    "text",
    [
        "foo,bar\n1,2\n",
        "2026-11-19,2,17.5\n2026-11-20,3,20.5\n",  # hours, or the other column?
        "2026-11-19,2026-11-20,3\n",
        "只有一列\n没有小时\n",
        "Start date,End date,Duration\n2026-11-19,2026-11-19,2:00\n",
    ],
)
def test_columns_that_are_not_clear_are_refused(text):
    assert why_not(text) == ("columns", "")


# --- rows -----------------------------------------------------------------------------------------
def test_rows_that_cannot_be_read_are_listed_by_line_and_the_rest_is_read():
    found = read(
        "date,hours,kind,note\n"
        "2026-11-01,2,写作,好\n"
        "2026-02-30,2,写作,no such day\n"
        "soon,2,写作,\n"
        ",2,写作,no day\n"
        "2026-11-02,two,写作,\n"
        "2026-11-03,-2,写作,\n"
        "2026-11-03,(2),写作,\n"
        "2026-11-04,25,写作,\n"
        "2026-11-05,=1+1,写作,\n"
        f"2026-11-06,1,{'长' * 81},\n"
        f"2026-11-07,1,写作,{'长' * 501}\n"
        "2026-11-08,1,写作,a,b\n"
        "2026-11-09,24,video,a whole day\n".encode()
    )
    assert [(each.line, each.seconds) for each in found.spent] == [(2, 7200), (14, 86400)]
    assert reasons(found.refused) == [
        (3, "day"),
        (4, "day"),
        (5, "no_day"),
        (6, "length"),
        (7, "negative"),
        (8, "negative"),
        (9, "too_long"),
        (10, "formula"),
        (11, "long_kind"),
        (12, "long_note"),
        (13, "cells"),
    ]
    assert found.refused[0].about == "2026-02-30"


def test_totals_empty_days_and_remarks_are_left_out_and_listed():
    found = read(
        "日期,小时,备注\n"
        "2026-11-01,2,total rewrite of a scene\n"
        "2026-11-02,,休息\n"
        "2026-11-03,0,\n"
        "2026-11-04,-,\n"
        "本周合计,2,\n"
        ",2,小计\n"
        "Total hours,2,\n"
        "十一月,,\n"
        "\n"
        "2026-11-05,1,\n".encode()
    )
    assert [each.line for each in found.spent] == [2, 11]
    assert reasons(found.left_out) == [
        (3, "no_hours"),
        (4, "no_hours"),
        (5, "no_hours"),
        (6, "total"),
        (7, "total"),
        (8, "total"),
        (9, "words"),
    ]
    assert found.refused == []


def test_a_formula_in_a_note_stays_text(corpus):
    lines = (corpus / "bad" / "strings" / "csv-injection.txt").read_text().splitlines()
    told = [" ".join(line.split()) for line in lines if line.strip()]
    out = io.StringIO()
    csv.writer(out).writerows([["date", "hours", "note"], *(["2026-11-19", 1, s] for s in told)])
    assert [each[3] for each in rows(out.getvalue())] == told


def test_a_file_without_any_hours_says_so():
    assert why_not("date,hours\n2026-11-19,\nTotal,\n") == ("nothing", "")


# --- the file itself ------------------------------------------------------------------------------
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end_is_read(delimiter, end):
    text = end.join(["日期,小时,类型", "2026-11-19,2:30,写作", "2026-11-20,1:30,video", ""])
    assert rows(text.replace(",", delimiter)) == [
        (D(2026, 11, 19), 9000, "写作", ""),
        (D(2026, 11, 20), 5400, "video", ""),
    ]


def test_decimal_commas_go_with_semicolons_or_quotation_marks():
    assert [each[1] for each in rows("date;hours\n2026-11-19;2,5\n2026-11-20;3\n")] == [9000, 10800]
    assert rows('date,hours\n2026-11-19,"2,5"\n')[0][1] == 9000
    assert rows("sep=;\ndate;hours;note\n2026-11-19;2;a,b,c,d\n")[0][3] == "a,b,c,d"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_spreadsheets_save_in_are_read(encoding):
    text = "日期,小时,类别\n2026-11-19,2,写作\n2026-11-20,1,弯路\n"
    assert rows(text.encode(encoding)) == rows(text)


def test_a_note_of_several_lines_is_one_row_and_lines_are_still_counted_right():
    found = read(b'date,hours,note\n2026-11-19,2,"a\n  b"\n2026-11-20,x,\n')
    assert (found.spent[0].note, reasons(found.refused)) == ("a b", [(4, "length")])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (bytes(range(256)), "binary"),
        (b"%PDF-1.7\n%\xe2\xe3", "no_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no_table"),
        ("日期,小时".encode()[:-1], "unknown"),
        (b"date,hours\n" + b"2026-11-19,1\n" * 50_001, "rows"),
        (b"x" * (20 * 1024 * 1024 + 1), "large"),
    ],
)
def test_what_is_no_table_is_refused(data, reason):
    assert why_not(data)[0] == reason


def test_a_quotation_mark_left_open_is_refused_since_it_would_swallow_the_rest():
    assert why_not('date,hours,note\n2026-11-18,1,\n2026-11-19,2,"晚\n2026-11-20,3,b\n') == (
        "quote",
        "3",
    )


def test_an_unknown_format_names_the_ones_there_are():
    with pytest.raises(NotRead) as refused:
        read(b"date,hours\n2026-11-19,1\n", "tracker")
    assert (refused.value.reason, refused.value.about) == ("format", ", ".join(FORMATS))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2000, 1, 1), date(2099, 12, 31)),
            st.integers(1, 24 * 60),
            st.sampled_from(["写作", "Photoshop", "弯路", ""]),
            st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_a_spreadsheet_writes_is_what_is_read(entries):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["日期", "Hours", "类型", "Note"])
    for day, minutes, kind, note in entries:
        writer.writerow([day.isoformat(), f"{minutes // 60}:{minutes % 60:02d}", kind, note])
    assert rows(out.getvalue()) == [
        (day, minutes * 60, kind, note) for day, minutes, kind, note in entries
    ]


# --- kinds ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Writing", "writing"),
        ("Rewriting book two", "writing"),
        ("改写", "writing"),
        ("小说", "writing"),
        ("Film", "video"),
        ("Photoshop", "video"),
        ("影像", "video"),
        ("剪辑", "video"),
        ("Detours", "detour"),
        ("弯路", "detour"),
    ],
)
def test_the_family_of_a_new_kind_is_guessed_from_its_name(name, family):
    assert guess_family(name) == family


def test_names_of_kinds_are_compared_without_case_width_and_outer_space():
    assert plain_name("  Ｐhoto  SHOP ") == plain_name("photo shop")
