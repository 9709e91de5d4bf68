"""manage.py measure_voice says how texts sound, and one sentence about what it cannot measure."""

import json

import pytest
from django.core.management import call_command

from tests.voice.make import prose


def run(capsys, *args):
    with pytest.raises(SystemExit) as exit_:
        call_command("measure_voice", *map(str, args))
    out, err = capsys.readouterr()
    return exit_.value.code, out, err


def written(folder, number, *, language="en", hand=0, words=4000, first=1):
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{n:02}.txt" for n in range(1, number + 1)]
    for at, path in enumerate(paths):
        path.write_text(prose(language, first + at, words, hand), encoding="utf-8")
    return paths


@pytest.mark.parametrize("language", ["en", "zh"])
def test_units_stand_in_order_with_features_and_a_distance(capsys, tmp_path, language):
    home = written(tmp_path / "home", 6, language=language)
    units = written(tmp_path / "units", 2, language=language, first=50)
    code, out, err = run(capsys, *units, "--baseline", *home, "--json")
    told = json.loads(out)
    assert (code, err, told["language"]) == (0, "", language)
    assert [unit["name"] for unit in told["units"]] == ["01.txt", "02.txt"]
    first = told["units"][0]
    assert {"name", "chars", "words", "features", "distance", "within"} <= set(first)
    assert (first["words"], first["within"], first["small"]) == (4000, True, False)
    assert 5 < first["features"]["sentence_median"] < 25
    assert first["distance"] <= first["limit"]
    assert (told["baseline"]["units"], told["baseline"]["words"]) == (6, 24000)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_another_hand_is_not_within(capsys, tmp_path, language):
    home = written(tmp_path / "home", 8, language=language)
    other = written(tmp_path / "other", 1, language=language, hand=1)
    _, out, _ = run(capsys, *other, "--baseline", *home, "--json")
    unit = json.loads(out)["units"][0]
    assert (unit["within"], unit["distance"] > unit["limit"]) == (False, True)
    assert len(unit["moved"]) == 10


def test_without_a_baseline_the_texts_are_measured_against_each_other(capsys, tmp_path):
    written(tmp_path / "book", 6, language="zh")
    code, out, _ = run(capsys, tmp_path / "book", "--json")
    told = json.loads(out)
    assert (code, told["baseline"]["of"], len(told["units"])) == (0, "each other", 6)
    distances = [unit["distance"] for unit in told["units"]]
    assert distances == told["baseline"]["distances"]


def test_one_text_has_a_profile_and_no_distance(capsys, tmp_path):
    (path,) = written(tmp_path / "one", 1)
    code, out, _ = run(capsys, path, "--json")
    told = json.loads(out)
    assert (code, told["units"][0]["distance"], told["units"][0]["within"]) == (0, None, None)
    assert told["units"][0]["features"]["mattr"] > 0
    assert told["baseline"]["note"].startswith("A home range needs 5")


def test_a_file_is_split_at_its_chapters(capsys, tmp_path):
    path = tmp_path / "book.md"
    path.write_text("# 第一章\n\n潮水来了。\n\n# 第二章\n\n天晚了，她走了。", encoding="utf-8")
    _, out, _ = run(capsys, path, "--by", "chapter", "--json")
    units = json.loads(out)["units"]
    assert [(unit["name"], unit["words"]) for unit in units] == [("第一章", 4), ("第二章", 6)]
    _, out, _ = run(capsys, path, "--json")
    (unit,) = json.loads(out)["units"]
    assert (unit["name"], unit["words"], unit["chars"]) == ("book.md", 10, 13)


def test_a_baseline_of_one_file_is_cut_into_pieces(capsys, tmp_path):
    (book,) = written(tmp_path / "book", 1, words=24000)
    (unit,) = written(tmp_path / "unit", 1, first=9)
    code, out, _ = run(capsys, unit, "--baseline", book, "--json")
    told = json.loads(out)
    assert (code, told["baseline"]["units"]) == (0, 8)
    assert told["units"][0]["within"] is True


def test_a_short_text_is_marked_and_not_judged(capsys, tmp_path):
    home = written(tmp_path / "home", 6, language="zh")
    short = written(tmp_path / "short", 1, language="zh", words=900)
    _, out, _ = run(capsys, *short, "--baseline", *home)
    assert "too short" in out
    _, out, _ = run(capsys, *short, "--baseline", *home, "--json")
    unit = json.loads(out)["units"][0]
    assert (unit["small"], unit["within"], unit["distance"] > 0) == (True, None, True)


def test_a_text_of_the_baseline_is_measured_against_the_others(capsys, tmp_path):
    home = written(tmp_path / "home", 6)
    _, out, _ = run(capsys, home[2], "--baseline", *home, "--json")
    told = json.loads(out)
    assert told["units"][0]["distance"] == told["baseline"]["distances"][2]


def refusing(folder):
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "marks.txt").write_text("* * *\n……", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "mixed.txt").write_text("The tide came. 潮水来了。", encoding="utf-8")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7 \n")
    (folder / "nothing").mkdir()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty.txt", "The file holds no words to measure."),
        ("marks.txt", "The file holds no words to measure."),
        ("binary.txt", "The file is not text."),
        ("mixed.txt", "The text is in two languages; measure each by itself."),
        ("nowhere.txt", "does not exist; give a file or a folder."),
        ("letter.pdf", "cannot be read yet"),
        ("nothing", "The folder holds no Markdown file and no plain text."),
    ],
)
def test_what_cannot_be_measured_is_one_sentence(capsys, tmp_path, name, sentence):
    refusing(tmp_path)
    code, out, err = run(capsys, tmp_path / name)
    assert (code, out, len(err.strip().splitlines())) == (2, "", 1)
    assert sentence in err
    assert name in err
    code, out, _ = run(capsys, tmp_path / name, "--json")
    assert (code, sentence in json.loads(out)["error"]) == (2, True)


def test_the_rest_is_measured_beside_what_cannot_be(capsys, tmp_path):
    refusing(tmp_path)
    (good,) = written(tmp_path / "good", 1, language="zh")
    code, out, _ = run(capsys, good, tmp_path / "binary.txt", tmp_path / "mixed.txt", "--json")
    told = json.loads(out)
    assert (code, len(told["units"]), len(told["refused"])) == (3, 1, 2)


def test_languages_are_not_mixed(capsys, tmp_path):
    english = written(tmp_path / "en", 2)
    chinese = written(tmp_path / "zh", 1, language="zh")
    code, out, err = run(capsys, *english, *chinese)
    assert (code, "The text is in Chinese and the others are in English" in err) == (3, True)
    assert out.count(".txt") == 2
    code, _, err = run(capsys, *english, "--baseline", *chinese)
    assert (code, len(err.strip().splitlines())) == (2, 1)


def test_a_baseline_that_is_too_short_is_refused(capsys, tmp_path):
    (unit,) = written(tmp_path / "unit", 1)
    (short,) = written(tmp_path / "short", 1, words=1200)
    code, _, err = run(capsys, unit, "--baseline", short)
    assert (code, len(err.strip().splitlines())) == (2, 1)
    assert "A home range needs 5" in err


def test_files_of_one_name_are_named_by_their_path(capsys, tmp_path):
    one = written(tmp_path / "a", 1)
    two = written(tmp_path / "b", 1, first=2)
    _, out, _ = run(capsys, *one, *two, "--json")
    assert [unit["name"] for unit in json.loads(out)["units"]] == [str(one[0]), str(two[0])]


def test_the_manuscript_line_of_hongloumeng_is_at_home_in_its_edition(capsys, corpus):
    folder = corpus / "manuscripts" / "hongloumeng"
    code, out, _ = run(
        capsys, folder / "manuscript-line", "--baseline", folder / "edited", "--json"
    )
    within = [unit["within"] for unit in json.loads(out)["units"]]
    assert (code, within) == (0, [True] * 20)
