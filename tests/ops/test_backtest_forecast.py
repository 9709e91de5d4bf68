"""manage.py backtest_forecast prints how the forecast would have done, and one sentence else."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from studio.store.days import Days
from timelog.models import DayTotal, Kind

pytestmark = pytest.mark.django_db


def series(weeks=60):
    return {"one": {"start": "2020-01-06", "daily": [2, 0, 1.5, 3, 0, 4, 1] * weeks}}


def run(capsys, *args):
    code = 0
    try:
        call_command("backtest_forecast", *map(str, args))
    except SystemExit as exit_:
        code = exit_.code
    out, err = capsys.readouterr()
    return code, out, err


def test_the_json_has_each_horizon_with_its_figures(capsys, tmp_path):
    path = tmp_path / "series.json"
    path.write_text(json.dumps(series()))
    code, out, err = run(capsys, path, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert [each["weeks"] for each in told["horizons"]] == [4, 13, 26, 52]
    assert [each["n"] for each in told["horizons"]] == [8, 6, 3, 0]
    first = told["horizons"][0]
    contract = {"weeks", "n", "coverage50", "coverage80", "is80", "is80_agile"}
    assert contract <= set(first)
    assert 0 <= first["coverage50"] <= first["coverage80"] <= 1
    assert first["is80"] > 0


def test_the_same_file_gives_the_same_figures(capsys, tmp_path):
    path = tmp_path / "series.json"
    path.write_text(json.dumps(series()))
    assert run(capsys, path) == run(capsys, path)


def test_the_table_has_a_line_for_each_horizon(capsys, tmp_path):
    path = tmp_path / "series.json"
    path.write_text(json.dumps(series()))
    code, out, _err = run(capsys, path)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "On one (60 weeks)."
    assert [line.split()[0] for line in lines[2:6]] == ["4", "13", "26", "52"]


def test_without_a_file_the_studio_s_own_days_are_tested(capsys):
    today = Days.of_the_studio().today()
    kind = Kind.objects.get(key="video")
    days = [today - timedelta(days=n) for n in range(1, 300)]
    DayTotal.add_all({(day, kind.pk): 7200 for day in days})
    code, out, _err = run(capsys)
    assert code == 0
    assert out.startswith("On Film craft (42 weeks), all kinds (42 weeks).")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("no json", "The file is no JSON; give one like daily_series.json."),
        ("[]", "The file holds no series; it must hold names"),
        ("{}", "The file holds no series; give it at least one."),
        ('{"一": 3}', "“一” has no list of hours; give it “daily”, numbers from 0 to 24."),
        ('{"a": {"daily": [1, -1]}}', "“a” has no list of hours"),
        ('{"a": {"daily": [true]}}', "“a” has no list of hours"),
        ('{"a": {"daily": [NaN]}}', "“a” has no list of hours"),
        ('{"a": {"daily": [1e999]}}', "“a” has no list of hours"),
        (
            '{"a": {"daily": [1], "start": "soon"}}',
            "The first day of “a” is no day; write it as 2026-11-19.",
        ),
        ('{"a": {"daily": [1, 2]}}', "There is too little to test on; a series needs 31 weeks"),
    ],
)
def test_what_cannot_be_tested_is_said_in_one_sentence(capsys, tmp_path, written, sentence):
    path = tmp_path / "bad.json"
    path.write_text(written, encoding="utf-8")
    code, out, err = run(capsys, path)
    assert (code, out) == (2, "")
    assert sentence in err
    code, out, err = run(capsys, path, "--json")
    assert (code, err) == (2, "")
    assert sentence in json.loads(out)["error"]


def test_a_file_that_is_not_there_and_no_days_at_all(capsys, tmp_path):
    code, _out, err = run(capsys, tmp_path / "none.json")
    assert (code, "cannot be opened; give the path of a file." in err) == (2, True)
    code, _out, err = run(capsys)
    assert (code, "There is too little to test on" in err) == (2, True)
    code, _out, err = run(capsys, "--every", "0")
    assert (code, err) == (2, "Write a whole number of weeks, 1 or more.\n")


def test_real_logs_are_tested(capsys, corpus):
    path = corpus / "time" / "daily_series.json"
    code, out, _err = run(capsys, path, "--every", "13", "--json")
    assert code == 0
    assert date.fromisoformat(json.loads(path.read_text())["xtm-all"]["start"])
    assert [each["n"] for each in json.loads(out)["horizons"]] == [59, 56, 53, 48]
