"""Where sentences end, and what is spoken, in both languages."""

import pytest

from projects.voice.sentences import paragraphs, sentences, speech
from projects.voice.words import language_of, simplified, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He stopped. She did not.", ["He stopped.", "She did not."]),
        ("Mr. Yuan met Dr. Su at St. Mark’s.", ["Mr. Yuan met Dr. Su at St. Mark’s."]),
        ("It is 3.14, i.e. little. No. 5 is lit.", ["It is 3.14, i.e. little.", "No. 5 is lit."]),
        ("“Is it?” “No. It is not.”", ["“Is it?”", "“No.", "It is not.”"]),
        ("J. R. R. Tolkien wrote. So did I. He too.",
         ["J. R. R. Tolkien wrote.", "So did I.", "He too."]),
        ("I … I don’t know. It went on... slowly.",
         ["I … I don’t know.", "It went on... slowly."]),
        ("It ended... Then it began.", ["It ended...", "Then it began."]),
        ("“Stop!” she said. “Why?” asked Wen Zhao.",
         ["“Stop!” she said.", "“Why?” asked Wen Zhao."]),
        ("“Stop!” the Reckoner said. “You count,” it said.",
         ["“Stop!” the Reckoner said.", "“You count,” it said."]),
        ("What?! Really!! (Yes.) Then.", ["What?!", "Really!!", "(Yes.)", "Then."]),
        ("no end here", ["no end here"]),
        ("One.\nTwo\n\n* * *\n　　Three.", ["One.", "Two", "Three."]),
    ],
)  # fmt: skip
def test_english_sentences(text, expected):
    assert sentences(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他停了。她没有停！", ["他停了。", "她没有停！"]),
        ("“停！”她说。他停了。", ["“停！”她说。", "他停了。"]),
        ("“你在计数。”司算说。", ["“你在计数。”司算说。"]),
        (
            "“为什么？”他问道，“你知道吗？”没有人答。",
            ["“为什么？”他问道，“你知道吗？”", "没有人答。"],
        ),
        ("他说：“走吧。”于是走了。", ["他说：“走吧。”", "于是走了。"]),
        ("寶玉道：「好。」黛玉道：「不好！」", ["寶玉道：「好。」", "黛玉道：「不好！」"]),
        ("我……我不知道。潮水来了……", ["我……我不知道。", "潮水来了……"]),
        ("“我……”她没有说完。", ["“我……”", "她没有说完。"]),
        ("真的？！是的。", ["真的？！", "是的。"]),
        ("圆周率是3.14。他写道", ["圆周率是3.14。", "他写道"]),
        ("“好！”，他说。", ["“好！”，他说。"]),
        ("　　一行。\n\n※※※\n二行", ["一行。", "※※※\n二行"]),
    ],
)
def test_chinese_sentences(text, expected):
    expected = [part for each in expected for part in each.split("\n") if part != "※※※"]
    assert sentences(text, "zh") == expected


@pytest.mark.parametrize(
    ("line", "language", "said"),
    [
        ("“You are counting,” it said. “Yes.”", "en", ["You are counting,", "Yes."]),
        ('"Straight," he said, "too."', "en", ["Straight,", "too."]),
        ("‘I don’t know the dogs’ names,’ she said. ‘Nor I.’", "en",
         ["I don’t know the dogs’ names,", "Nor I."]),
        ("“A speech that goes on", "en", ["A speech that goes on"]),
        ("He called it “the count” and left.", "en", []),
        ("It’s the archive’s own.", "en", []),
        ("他说：“好”，走了。“你在计数。”", "zh", ["好", "你在计数。"]),
        ("「停！」他道。", "zh", ["停！"]),
        ("所谓“晶格”并不发光。", "zh", []),
        ("这里没有人说话。", "zh", []),
    ],
)  # fmt: skip
def test_what_is_spoken(line, language, said):
    assert [line[start:end] for start, end in speech(line, language)] == said


def test_headings_tags_and_rules_are_no_prose():
    text = "# 第一章\n<p>潮水</p>\n\n***\n---\n> 引文\n　\n<br/>"
    assert paragraphs(text) == ["第一章", "潮水", "引文"]


def test_words_of_both_languages():
    assert words("Don’t stop: hand’s-breadth, 3,400—ok") == [
        "don't",
        "stop",
        "hand's-breadth",
        "3,400",
        "ok",
    ]
    assert words("晶格AI 记得") == ["晶", "格", "ai", "记", "得"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("潮水每九小时来一次。", "zh"),
        ("The tide came every nine hours.", "en"),
        ("闻昭 stood where the survey of Kesh had ended", "en"),
        ("晶格记得她，AI 也记得她。", "zh"),
        ("The tide came. 潮水来了。", None),
        ("…… --- !", None),
    ],
)
def test_the_language_is_that_of_nearly_all_words(text, language):
    assert language_of(text) == language


def test_a_traditional_text_counts_as_its_simplified_one():
    assert simplified("他說著這個") == "他说着这个"
    assert simplified("他著的书，他说这个") == "他著的书，他说这个"
