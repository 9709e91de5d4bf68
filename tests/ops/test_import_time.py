"""manage.py import_time tells what became of each row, and its exit code tells a script."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from tests.timelog import make
from tests.timelog.exports import toggl
from tests.timelog.make import reconcile
from tests.timelog.sheets import number, xlsx
from timelog.incoming import FORMATS
from timelog.models import Kind, TimeEntry

pytestmark = pytest.mark.django_db
TOGGL = toggl(
    ("Film", "shot 07", "2026-11-19 09:00:00", "2026-11-19 11:30:00", "02:30:00", ""),
    ("Novel", "灯塔", "2026-11-19 11:00:00", "2026-11-19 12:00:00", "01:00:00", ""),
    ("Film", "", "2026-11-20 09:00:00", "soon", "01:00:00", ""),
).decode()
TEXT = "日期,小时,类型,备注\n2026-10-31,2,写作,第十四章\n2026-11-01,1.5,Sound,shot 07\n合计,3.5,,\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "工时.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(capsys, *args):
    with pytest.raises(SystemExit) as exit_:
        call_command("import_time", *map(str, args))
    out, err = capsys.readouterr()
    return exit_.value.code, out, err


def test_all_that_became_of_the_rows_is_told_as_json(capsys, file):
    code, out, _ = run(capsys, file, "--json")
    told = json.loads(out)
    batch = str(TimeEntry.objects.first().batch)
    assert code == 0
    assert told == {
        "format": "spreadsheet",
        "dry_run": False,
        "rows": 2,
        "seconds": 12600,
        "added": 2,
        "known": 0,
        "refused": [],
        "left_out": [{"line": 4, "reason": "a total: 合计 3.5"}],
        "columns": [
            {"heading": "日期", "read_as": "day"},
            {"heading": "小时", "read_as": "length"},
            {"heading": "类型", "read_as": "kind"},
            {"heading": "备注", "read_as": "note"},
        ],
        "sheet": "",
        "sheets": [],
        "kinds": [
            {"name": "Writing", "family": "writing", "new": False, "rows": 1, "seconds": 7200},
            {"name": "Sound", "family": "video", "new": True, "rows": 1, "seconds": 5400},
        ],
        "kinds_made": ["Sound"],
        "totals": {"2026-10": 7200, "2026-11": 5400},
        "zone": "",
        "overlaps": [],
        "repeated": 0,
        "doubts": [],
        "remarks": [],
        "preview": [
            {
                "line": 2,
                "day": "2026-10-31",
                "seconds": 7200,
                "start": "",
                "end": "",
                "kind": "写作",
                "note": "第十四章",
            },
            {
                "line": 3,
                "day": "2026-11-01",
                "seconds": 5400,
                "start": "",
                "end": "",
                "kind": "Sound",
                "note": "shot 07",
            },
        ],
        "batch": batch,
    }


def test_a_second_time_adds_nothing_and_an_undo_takes_all_of_it_back(capsys, file):
    batch = json.loads(run(capsys, file, "--json")[1])["batch"]
    code, out, _ = run(capsys, file, "--json")
    told = json.loads(out)
    assert (code, told["added"], told["known"], told["batch"]) == (0, 0, 2, None)
    call_command("import_time", "--undo", batch, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {"undone": batch, "removed": 2, "kinds_removed": ["Sound"]}
    assert (TimeEntry.objects.count(), Kind.objects.count()) == (0, 3)
    reconcile()


def test_a_dry_run_keeps_nothing(capsys, file):
    code, out, _ = run(capsys, file, "--dry-run")
    assert (code, TimeEntry.objects.count(), Kind.objects.count()) == (0, 0, 3)
    assert "2 rows, 3 h 30; 2 new, 0 known.\nNothing was kept: this was a dry run." in out
    told = json.loads(run(capsys, file, "--dry-run", "--json")[1])
    assert (told["added"], told["batch"], told["kinds_made"]) == (2, None, [])


def test_the_table_says_the_same_in_words(capsys, file):
    with file.open("a", encoding="utf-8") as more:
        more.write("2026-11-02,much,写作,\n")
    make.entry(1, day=date(2026, 10, 31))
    code, out, err = run(capsys, file)
    batch = TimeEntry.objects.exclude(batch=None).first().batch
    assert code == 3
    assert [line.split() for line in out.splitlines()] == [
        ["2026-10", "2", "h"],
        ["2026-11", "1", "h", "30"],
        ["Writing", "2", "h", "counts", "as", "writing"],
        ["Sound", "1", "h", "30", "new,", "counts", "as", "video"],
        ["left", "out", "line", "4:", "a", "total:", "合计", "3.5"],
        ["2026-10-31", "2", "h", "写作", "第十四章"],
        ["2026-11-01", "1", "h", "30", "Sound", "shot", "07"],
        [
            "On",
            "1",
            "of",
            "these",
            "days",
            "there",
            "are",
            "other",
            "hours",
            "already;",
            "both",
            "are",
            "kept.",
        ],
        ["2", "rows,", "3", "h", "30;", "2", "added,", "0", "known."],
        f"To take them back: import_time --undo {batch}".split(),
    ]
    assert err == "refused   line 5: “much” is no length; write it as 2:40 or 2.5\n"


def test_rows_that_are_all_refused_end_with_two(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("date,hours\n2026-11-19,much\n2026-11-20,-1\n", encoding="utf-8")
    code, out, _ = run(capsys, path, "--json")
    told = json.loads(out)
    assert (code, told["rows"], [each["line"] for each in told["refused"]]) == (2, 0, [2, 3])
    assert TimeEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (
            "date,hours\n1/2/2026,1\n",
            [],
            "1/2/2026 can be two days; say the order with --date-order dmy, mdy or ymd.",
        ),
        (
            TEXT,
            ["--format", "tracker"],
            f"That format cannot be read yet; there is: {', '.join(FORMATS)}.",
        ),
        (
            TOGGL,
            [],
            "The times name no time zone; say it with --zone, as --zone Europe/Berlin.",
        ),
        (
            TOGGL,
            ["--zone", "Berlin"],
            "There is no time zone “Berlin”; write it as Europe/Berlin.",
        ),
        (
            TOGGL,
            ["--zone", "UTC", "--map", "Film"],
            "“Film” does not say what is what; write it as --map PROJECT=KIND.",
        ),
        (
            '[{"start": ',
            [],
            "The file is broken JSON from line 1 on; export it again.",
        ),
        (
            '{"some": "thing"}',
            [],
            "No format that can be read looks like this file; export hours as CSV or JSON.",
        ),
        (TEXT, ["--kind", "跳舞"], "There is no kind “跳舞”; make it first, or leave it out."),
        (
            "a,b\n1,2\n",
            [],
            "The columns are not clear; name two of them date and hours in the first row.",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    capsys, file, text, options, sentence
):
    file.write_text(text, encoding="utf-8")
    assert run(capsys, file, *options) == (2, "", f"{sentence}\n")
    code, out, _ = run(capsys, file, *options, "--json")
    assert (code, json.loads(out)) == (2, {"error": sentence})
    assert (TimeEntry.objects.count(), Kind.objects.count()) == (0, 3)


def test_a_file_that_is_not_there_and_an_import_that_never_was_are_named(capsys, tmp_path):
    code, _, err = run(capsys, tmp_path / "没有.csv")
    assert (code, err) == (2, f"{tmp_path}/没有.csv cannot be opened; give the path of a file.\n")
    for batch in ("nonsense", "00000000-0000-0000-0000-000000000000"):
        code, _, err = run(capsys, "--undo", batch)
        assert code == 2
        assert err.startswith(f"There is no import “{batch}”")


def test_the_order_of_dates_the_sheet_and_the_kind_can_be_said(capsys, tmp_path):
    path = tmp_path / "工时.xlsx"
    head = ["Date", "Hours"]
    path.write_bytes(
        xlsx([head, [number(46327, 1), 1]], more={"旧": [head, ["3/11/2025", 2]], "空": []})
    )
    code, out, _ = run(capsys, path)
    assert (code, "Other sheets were not read (旧, 空)" in out) == (0, True)
    code, _, _ = run(capsys, path, "--sheet", "旧", "--date-order", "mdy", "--kind", "弯路")
    days = TimeEntry.objects.order_by("day").values_list("day", "kind__key")
    assert [(f"{day:%Y-%m-%d}", kind) for day, kind in days] == [
        ("2025-03-11", "detour"),
        ("2026-11-01", "writing"),
    ]


def test_a_file_of_another_program_is_known_by_its_shape_and_projects_become_kinds(
    capsys, tmp_path
):
    path = tmp_path / "report.csv"
    path.write_text(TOGGL, encoding="utf-8")
    options = ("--zone", "Asia/Shanghai", "--json")
    code, out, _ = run(capsys, path, *options, "--map", "Film=video")
    told = json.loads(out)
    assert (code, told["format"], told["zone"]) == (3, "toggl", "Asia/Shanghai")
    assert [(each["name"], each["seconds"]) for each in told["kinds"]] == [
        ("Film craft", 9000),
        ("Novel", 3600),
    ]
    assert told["overlaps"] == [3]
    assert told["preview"][0]["start"] == "2026-11-19T09:00:00+08:00"
    assert [each["line"] for each in told["refused"]] == [4]
    assert TimeEntry.objects.filter(kind__key="video").get().zone == "Asia/Shanghai"
    again = json.loads(run(capsys, path, *options)[1])
    assert (again["added"], again["known"], again["kinds"][0]["name"]) == (0, 2, "Film craft")
    reconcile()


def test_the_help_lists_every_format(capsys):
    with pytest.raises(SystemExit):
        call_command("import_time", "--help")
    words = capsys.readouterr().out.replace(",", " ").replace(".", " ").split()
    assert set(FORMATS) <= set(words)
