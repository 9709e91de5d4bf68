"""Counting and quoting prose."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.lib.text import Counts, count, excerpt, is_chinese, last_words

# 53 Han characters and one number; other tools make 2, 3, 9 or 10 words of such a paragraph.
PARAGRAPH = (
    "　　她走了3.5公里，才看见一座灯塔。潮水退得很慢，盐在脚下发出细小的声音；"
    "远处没有风，也没有影子，只有那些数字还亮着，像多年以前。"
)


def test_a_chinese_paragraph_counts_each_character_and_each_number_once():
    assert count(PARAGRAPH) == Counts(zishu=62, words=54, chars=64)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", (0, 0, 0)),
        ("   \n\t\u3000", (0, 0, 0)),
        ("晶格记得。", (5, 4, 5)),
        ("“你在数。”司算说。", (10, 6, 10)),
        ("他说：——不……", (8, 3, 8)),
        ("《红楼梦》、「石头记」", (11, 6, 11)),
        ("Beacon Nine 的 3.5 秒延迟", (7, 7, 17)),
        ("第１２章ＡＢ", (4, 4, 6)),
        ("〇与々", (3, 3, 3)),
        ("これはテスト", (6, 6, 6)),
        ("ㄅㄆ 한국어 문장", (3, 3, 7)),
        ("𠀀𪜶𫝀𬺰𰀀龥㐀豈", (8, 8, 8)),
    ],
)
def test_chinese_and_its_neighbours(text, counts):
    assert count(text) == Counts(*counts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lattice did not shine.", 5),
        ("It’s well-known; don't.", 3),
        ("Only 3.5 of 1,486 at 10:30", 6),
        ("one—two – three", 3),
        ("“You are counting,” said the Reckoner.", 6),
        ("*emphasis* and **more**", 3),
        ("naïve café Zürich", 3),
        ("Ждать и надеяться", 3),
        ("O’Brien’s", 1),
        ("... --- !!!", 0),
        ("end.\nNext", 2),
    ],
)
def test_words_in_other_scripts(text, words):
    assert count(text).words == words
    assert count(text).zishu == words


def test_marks_shared_by_both_scripts_count_only_in_chinese_company():
    assert count("他说“好”").zishu == 5
    assert count("He said “good”").zishu == 3


paragraphs = st.lists(st.text(alphabet="汉字。“”—… ab3.,'-’\u3000𠀀é", max_size=30), max_size=6)


@given(paragraphs)
@example(["“", "汉”", "3.", "5"])
def test_paragraphs_add_up(lines):
    assert count("\n".join(lines)) == sum(map(count, lines), Counts())


@given(st.text(max_size=60))
def test_no_text_counts_more_words_than_characters(text):
    counts = count(text)
    assert counts.words <= counts.zishu <= counts.chars <= len(text)


def test_counts_add_up_and_answer_by_unit():
    both = Counts(1, 2, 3) + Counts(10, 20, 30)
    assert [both.of(unit) for unit in ("zishu", "words", "chars")] == [11, 22, 33]


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("计算宇宙", True),
        ("The Lattice", False),
        ("Beacon 灯塔九号", True),
        ("", False),
        ("3", False),
    ],
)
def test_the_language_of_a_title_is_seen(text, chinese):
    assert is_chinese(text) is chinese


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("晶格并不发光。", 10, "晶格并不发光。"),
        ("晶格并不发光，它允许光。", 6, "晶格并不发光…"),
        ("The lattice did not shine.", 15, "The lattice did…"),
        ("The lattice did not shine.", 14, "The lattice…"),
        ("一\n\n two   three", 20, "一 two three"),
    ],
)
def test_an_excerpt_breaks_words_only_where_a_script_allows_it(text, limit, said):
    assert excerpt(text, limit) == said


def test_the_last_words_are_whole_sentences_when_some_fit():
    english = "The first sentence is long enough. " * 3 + "She waited. It counted."
    assert last_words(english, 40) == "She waited. It counted."
    chinese = "第一句话说得很长很长很长。" * 3 + "她等着。它数过。"
    assert last_words(chinese, 20) == "她等着。它数过。"


def test_the_last_words_of_one_endless_sentence_say_that_they_go_on():
    assert last_words("潮" * 50, 10) == "…" + "潮" * 10
    assert last_words("短。", 10) == "短。"
    assert last_words("", 10) == ""


def test_a_long_run_of_quotes_is_counted_at_once():
    assert count("“" * 200_000).zishu == 0
    assert count("晶" + "”" * 200_000).zishu == 200_001
