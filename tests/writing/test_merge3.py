"""What two devices wrote becomes one text, or nobody guesses."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.writing.merge3 import Hunk, merge
from projects.writing.prose_diff import sentences

EN = (
    "The lattice did not shine. It permitted shining.\nShe counted to nine. Nobody answered.\nDawn."
)
ZH = "晶格并不发光。它只是允许光。\n她数到九。没有人回答。\n“天亮了。”司算说。"

SENTENCES = st.sampled_from(
    [
        "晶格记得。",
        "她数到九。",
        "“走。”他说。",
        "It shone. ",
        "Nobody came. ",
        "3.5 km?",
        "\n",
        "　　夜。\n",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=12).map("".join) | st.text(alphabet="a。. \n“”!", max_size=24)


def both(base, mine, theirs):
    """The merge, which does not know whose side is whose."""
    one, two = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.text == two.text
    return one


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        # Two sentences, one of each.
        (EN, EN.replace("nine", "ten"), EN.replace("Dawn", "Dusk"), "ten|Dusk"),
        (ZH, ZH.replace("数到九", "数到十"), ZH.replace("天亮", "天黑"), "数到十|天黑"),
        # Neighbours, with and without a space between them.
        (EN, EN.replace("shine", "glow"), EN.replace("It", "She"), "glow|She permitted"),
        (ZH, ZH.replace("并不", "从不"), ZH.replace("只是", "只"), "从不发光。它只允许光。"),
        # One goes on at the end, the other mends the last sentence.
        (ZH, f"{ZH}\n雪停了。", ZH.replace("天亮", "天黑"), "“天黑了。”司算说。\n雪停了。"),
        (EN, f"{EN}\nSnow.", EN.replace("Dawn", "Dusk"), "Dusk.\nSnow."),
        # A sentence added to a paragraph, while the next paragraph is rewritten.
        (
            EN,
            EN.replace("shining.\n", "shining. So far.\n"),
            EN.replace("She", "He"),
            "So far.\nHe",
        ),
        (ZH, ZH.replace("允许光。\n", "允许光。至今。\n"), ZH.replace("她", "他"), "至今。\n他"),
        # Something gone, something come.
        (
            EN,
            EN.replace(" Nobody answered.", ""),
            "Snow fell.\n" + EN,
            "Snow fell.\nThe|nine.\nDawn",
        ),
    ],
)
def test_what_each_side_wrote_elsewhere_comes_together(base, mine, theirs, merged):
    text = both(base, mine, theirs).text
    assert text is not None
    assert [part for part in merged.split("|") if part not in text] == []


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        (EN, EN.replace("nine", "ten"), EN.replace("nine", "eight")),
        (ZH, ZH.replace("数到九", "数到十"), ZH.replace("数到九", "数到八")),
        (EN, f"{EN} Mine.", f"{EN} Theirs."),
        (ZH, f"{ZH}\n我的。", f"{ZH}\n别人的。"),
        (EN, EN.replace(" Nobody answered.", ""), EN.replace("Nobody answered", "No one did")),
        ("晶格并不发光。", "晶格并不发光。雪。", "晶格从不发光。"),
        ("", "mine", "theirs"),
    ],
)
def test_one_sentence_written_in_two_ways_is_left_to_the_author(base, mine, theirs):
    found = both(base, mine, theirs)
    assert found.text is None
    assert len(found.hunks) == 1


def test_a_hunk_says_what_was_there_and_what_either_side_made_of_it():
    found = merge("一。二。三。", "一。贰。三。", "一。两。三。")
    assert found.hunks == (Hunk("二。", "贰。", "两。"),)


def test_the_same_words_on_both_sides_come_once():
    mine = EN.replace("nine", "ten").replace("Dawn", "Dusk")
    assert both(EN, mine, EN.replace("nine", "ten")).text == mine


def test_what_one_side_added_stands_once_beside_what_both_added():
    assert both("甲。\n乙。", "新。\n甲。\n乙。", "新。\n甲。\n丙。").text == "新。\n甲。\n丙。"


@given(TEXTS, TEXTS)
def test_a_side_that_changed_nothing_takes_the_other_to_the_letter(base, other):
    assert merge(base, base, other).text == other
    assert merge(base, other, base).text == other
    assert merge(base, other, other).text == other


@settings(max_examples=400)
@given(TEXTS, TEXTS, TEXTS)
def test_a_clean_merge_loses_nothing_and_invents_nothing(base, mine, theirs):
    found = both(base, mine, theirs)
    if found.text is None:
        assert found.hunks
        return
    come = [{piece.strip() for piece in sentences(text)} for text in (base, mine, theirs)]
    for sentence in (come[1] | come[2]) - come[0]:
        assert sentence in found.text
    letters = set(base + mine + theirs)
    assert set(found.text) <= letters


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), st.sampled_from([EN, ZH]))
def test_changes_in_different_paragraphs_are_always_clean(chance, text):
    lines = [f"{number} {line}" for number in range(4) for line in text.split("\n")]
    mine, theirs = list(lines), list(lines)
    ours = chance.sample(range(0, len(lines), 2), 3)
    others = chance.sample(range(1, len(lines), 2), 3)
    for at in ours:
        mine[at] = f"甲{at}。" + mine[at]
    for at in others:
        theirs[at] = theirs[at] + f"乙{at}。"
    expected = [
        (f"甲{at}。" if at in ours else "") + line + (f"乙{at}。" if at in others else "")
        for at, line in enumerate(lines)
    ]
    assert both("\n".join(lines), "\n".join(mine), "\n".join(theirs)).text == "\n".join(expected)


def test_a_million_characters_merge():
    chance = random.Random(7)
    lines = [
        "".join(chance.choices("晶格记得她数到九雪停了夜", k=24)) + "。" for _ in range(40_000)
    ]
    mine, theirs = list(lines), list(lines)
    mine[100] = "我改了这里。"
    theirs[39_000] = "别处改了这里。"
    expected = list(mine)
    expected[39_000] = "别处改了这里。"
    base, mine, theirs = ("\n".join(text) for text in (lines, mine, theirs))
    assert len(base) > 1_000_000
    assert merge(base, mine, theirs).text == "\n".join(expected)
