"""`map_passages`: where quotes of one text stand in another, from the command line."""

import json

import pytest
from django.core.management import CommandError, call_command

OLD = "潮水每九小时来一次。\n晶格并不发光。\n它只是允许光。\nThe tide came. It did not shine."
NEW = "潮水每十小时来一次。\n\n它只是允许光。\nIt did not shine.\nThe tide came.\n"


@pytest.fixture
def ask(tmp_path, capsys):
    """Runs the command on these texts; answers with what it printed and its exit code."""

    def run(passages, *options, old=OLD, new=NEW):
        for name, text in (("old.md", old), ("new.md", new), ("passages.json", passages)):
            raw = text if isinstance(text, bytes | str) else json.dumps(text)
            (tmp_path / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        code = 0
        try:
            call_command(
                "map_passages",
                str(tmp_path / "old.md"),
                str(tmp_path / "new.md"),
                "--passages",
                str(tmp_path / "passages.json"),
                *options,
            )
        except SystemExit as ending:
            code = ending.code
        return capsys.readouterr(), code

    return run


def test_json_says_place_and_state_of_each_quote_in_their_order(ask):
    quotes = ["它只是允许光。", "潮水每九小时来一次。", "晶格并不发光。", "The tide came."]
    said, code = ask(quotes, "--json")
    rows = json.loads(said.out)
    assert [(row["quote"], row["state"]) for row in rows] == [
        ("它只是允许光。", "intact"),
        ("潮水每九小时来一次。", "revised"),
        ("晶格并不发光。", "lost"),
        ("The tide came.", "intact"),
    ]
    assert [NEW[row["start"] : row["end"]] for row in rows] == [
        "它只是允许光。",
        "潮水每十小时来一次。",
        "",
        "The tide came.",
    ]
    assert (code, said.err) == (0, "")


def test_of_equal_words_the_one_nearest_to_its_start_is_meant(ask):
    old, new = "Yes. No. Yes. No.\n", "Yes. No. Well. Yes. No.\n"
    said, _code = ask([{"quote": "Yes.", "start": 9}, "Yes."], "--json", old=old, new=new)
    assert [row["start"] for row in json.loads(said.out)] == [15, 0]


def test_line_ends_of_two_characters_count_as_one(ask):
    said, _code = ask(["允许\r\n光"], "--json", old="允许\r\n光", new="一。\r\n允许\r\n光")
    assert [(row["start"], row["state"]) for row in json.loads(said.out)] == [(3, "intact")]


def test_the_table_shows_what_stands_there_now(ask):
    said, code = ask(["潮水每九小时来一次。", "晶格并不发光。"])
    assert "now: 潮水每十小时来一次。" in said.out
    assert said.out.endswith("2 passages: 0 intact, 1 revised, 0 at risk, 1 lost.\n")
    assert code == 0


def test_words_that_the_old_text_never_had_are_named(ask):
    said, code = ask(["Nobody wrote this sentence."], "--json")
    assert [row["state"] for row in json.loads(said.out)] == ["lost"]
    assert said.err.endswith("does not have the words: Nobody wrote this sentence.\n")
    assert code == 3


@pytest.mark.parametrize(
    ("passages", "sentence"),
    [
        ("{", "is not JSON"),
        ('{"quote": "a"}', "must hold a list of quotes."),
        ([""], "Passage 1 of"),
        (["潮水", 7], "Passage 2 of"),
        ([{"quote": "潮水", "start": -1}], "must be a whole number."),
    ],
)
def test_a_passages_file_that_is_none_is_refused_in_one_sentence(ask, passages, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(passages)


def test_a_file_in_another_encoding_is_refused(ask):
    with pytest.raises(CommandError, match="is not UTF-8 at byte 0; save it as UTF-8"):
        ask(["潮水"], old="潮水".encode("gb18030"))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("map_passages", "/nowhere", "/nowhere", "--passages", str(tmp_path / "x"))
