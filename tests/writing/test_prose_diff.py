"""What changed is marked as an editor would mark it, and both texts are in the marks, whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.writing.prose_diff import Paragraph, compare, fold
from studio.lib.word_diff import Span

WORDS = ["the", "lattice", "Wen", "asked", "her", "晶", "格", "记得", "闻昭", "不是", "1,947"]
MARKS = [
    " ",
    " ",
    ". ",
    ", ",
    "\n",
    "\n\n",
    "。",
    "，",
    "！？",
    "……",
    "」",
    "“",
    "”",
    "’s",
    "\t",
    "\r",
]
prose = st.lists(st.sampled_from(WORDS + MARKS), max_size=60).map("".join)


def old_of(diff):
    return "".join(s.text for p in diff.paragraphs for s in p.spans if s.kind != "insert")


def new_of(diff):
    return "".join(s.text for p in diff.paragraphs for s in p.spans if s.kind != "delete")


def marked(old, new):
    """The mark-up on one line: [-gone-]{+come+}, line ends as ¶."""
    signs = {"equal": "%s", "delete": "[-%s-]", "insert": "{+%s+}"}
    spans = [span for paragraph in compare(old, new).paragraphs for span in paragraph.spans]
    return "".join(signs[span.kind] % span.text.replace("\n", "¶") for span in spans)


@given(prose, prose)
@settings(max_examples=400, deadline=None)
def test_the_marks_hold_both_texts_to_the_last_character(old, new):
    diff = compare(old, new)
    assert (old_of(diff), new_of(diff)) == (old, new)
    assert (diff.changes == 0) == (old == new)


@given(st.text(), st.text())
@settings(max_examples=200, deadline=None)
def test_any_characters_at_all_come_through(old, new):
    diff = compare(old, new)
    assert (old_of(diff), new_of(diff)) == (old, new)


@given(prose, prose)
@settings(max_examples=200, deadline=None)
def test_each_paragraph_is_one_line_and_no_span_is_empty(old, new):
    for paragraph in compare(old, new).paragraphs:
        texts = [span.text for span in paragraph.spans]
        assert all(texts)
        assert not any("\n" in text[:-1] for text in texts)
        assert not any(text.endswith("\n") for text in texts[:-1])


def test_equal_texts_have_no_marks():
    diff = compare("晶格记得。\nIt remembered.", "晶格记得。\nIt remembered.")
    assert [p.changed for p in diff.paragraphs] == [False, False]
    assert (diff.changes, diff.kept.words, diff.inserted.words, diff.deleted.words) == (0, 6, 0, 0)


def test_a_word_is_marked_inside_its_sentence():
    old = "The lattice did not shine. It allowed shining, as a mathematics allows its theorems."
    new = "The lattice did not shine. It permitted shining, as a mathematics permits its theorems."
    assert marked(old, new) == (
        "The lattice did not shine. It [-allowed-]{+permitted+} shining, "
        "as a mathematics [-allows-]{+permits+} its theorems."
    )


def test_characters_are_marked_inside_a_chinese_sentence():
    old = "晶格并不发光。它仅仅是容许光，正如数学容许它的定理。"
    new = "晶格并不发光。它只是允许光，正如数学允许它的定理。"
    assert marked(old, new) == (
        "晶格并不发光。它[-仅仅是容-]{+只是允+}许光，正如数学[-容-]{+允+}许它的定理。"
    )


def test_a_sentence_that_came_is_marked_whole():
    old = "She wrote the time. Then she wrote what she did not see."
    new = "She wrote the time. It was a habit from Kesh. Then she wrote what she did not see."
    assert marked(old, new) == (
        "She wrote the time. {+It was a habit from Kesh. +}Then she wrote what she did not see."
    )


def test_a_closing_quote_stays_with_its_sentence():
    old = "“你在计数。”司算说。「我在等。」她说。"
    new = "“你在计数。”「我在等。」她说。"
    assert marked(old, new) == "“你在计数。”[-司算说。-]「我在等。」她说。"


def test_another_sentence_in_its_place_is_not_cut_into_confetti():
    old = "No one at all had thought to ask it anything."
    new = "For nine hundred winters the dark kept its own account."
    assert marked(old, new) == f"[-{old}-]{{+{new}+}}"


def test_a_tiny_island_between_two_changes_is_given_up():
    old = "She walked very slowly to the old harbour and counted the ships."
    new = "She hurried down to a burning quay and counted the ships."
    diff = compare(old, new)
    islands = [s.text for s in diff.paragraphs[0].spans if s.kind == "equal"]
    assert islands[-1] == " and counted the ships."
    assert all(len(island.strip()) > 2 for island in islands[1:])


def test_joined_paragraphs_keep_their_words():
    assert marked("他来了。\n她走了。\n", "他来了。她走了。\n") == "他来了。[-¶-]她走了。¶"
    assert marked("One went. Two came.", "One went.\n\nTwo came.") == (
        "One went.[- -]{+¶+}{+¶+}Two came."
    )


def test_a_sentence_cut_to_half_is_marked_inside():
    old = (
        "Behind her lay eleven thousand kilometres of cruel and endless salt that none had crossed."
    )
    new = "Behind her lay eleven thousand kilometres of salt."
    assert marked(old, new) == (
        "Behind her lay eleven thousand kilometres of "
        "[-cruel and endless salt that none had crossed-]{+salt+}."
    )


def test_what_came_and_went_is_counted_in_words_and_in_characters():
    diff = compare("It allowed shining.\n闻昭站着。", "It permitted shining.\n闻昭坐着等。")
    assert (diff.kept.words, diff.inserted.words, diff.deleted.words) == (4, 4, 3)
    assert diff.changes == 2


def test_far_unchanged_paragraphs_fold_to_their_number():
    lines = [f"Paragraph {n} stays.\n" for n in range(9)]
    diff = compare("".join(lines), "".join([*lines[:4], "A new one.\n", *lines[4:]]))
    folded = fold(diff.paragraphs)
    assert [part if isinstance(part, int) else part.changed for part in folded] == [
        3, False, True, False, 4,
    ]  # fmt: skip


def test_two_unchanged_paragraphs_are_shown_rather_than_counted():
    texts = ["一。\n", "二。\n", "三。\n", "四。\n"]
    diff = compare("".join(texts), "".join([*texts, "五。\n"]))
    assert [part if isinstance(part, int) else part.changed for part in fold(diff.paragraphs)] == [
        3, False, True,
    ]  # fmt: skip
    assert fold([Paragraph((Span("equal", "一。\n"),))]) == [Paragraph((Span("equal", "一。\n"),))]


@pytest.mark.parametrize("chapter", ["001", "005", "007", "017", "020"])
def test_two_states_of_a_classic_come_through_whole(corpus, chapter):
    folder = corpus / "manuscripts" / "hongloumeng"
    old = (folder / "manuscript-line" / f"{chapter}.md").read_text()
    new = (folder / "edited" / f"{chapter}.md").read_text()
    diff = compare(old, new)
    assert (old_of(diff), new_of(diff)) == (old, new)
    kept = diff.kept.zishu / (diff.kept.zishu + diff.inserted.zishu)
    assert 0.6 < kept < 1  # an edition of the same chapter, not another book
    singles = [s for p in diff.paragraphs for s in p.spans[1:-1] if s.kind == "equal"]
    assert sum(len(s.text) == 1 and s.text.isalpha() for s in singles) <= len(singles) // 50


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the same line.\n" * 20_000, "the same line.\n" * 19_000 + "another.\n" * 500),
        ("\n" * 50_000, "词\n" * 500 + "\n" * 40_000),
        ("的" * 20_000, "的" * 15_000 + "了" * 3_000),
        ("no end " * 8_000, "no start " * 8_000),
    ],
)
def test_monotonous_texts_are_no_trap(old, new):
    diff = compare(old, new)
    assert (old_of(diff), new_of(diff)) == (old, new)
