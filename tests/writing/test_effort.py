"""Kept, deleted and inserted always add up, whatever was written in whatever language."""

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.writing.effort import Change, measure
from projects.writing.prose_diff import compare
from projects.writing.tally import tokens
from studio.lib.text import Counts, count

PIECES = [
    *(
        "The lattice did not shine. ",
        "晶格并不发光。",
        "“你在计数。”",
        "3.5",
        "3.6",
        "1,947",
        "don’t",
    ),
    *(
        "……",
        "——",
        "·",
        "’",
        "“",
        "\n",
        "\n\n",
        " ",
        "\u3000",
        "_",
        "a-b",
        "カ",
        "〡",
        "０",
        "，",
        "e\u0301",
    ),
]
prose = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def sums(old, new, change):
    return (
        change.kept + change.deleted == count(old)
        and change.kept + change.inserted == count(new)
        and min(*change.kept, *change.deleted, *change.inserted) >= 0
    )


@given(st.one_of(prose, st.text()))
@settings(max_examples=500, deadline=None)
def test_the_weights_of_all_tokens_are_the_counts_of_the_text(text):
    found = list(tokens(text))
    weighed = Counts(
        sum(token.zishu for _, token in found),
        sum(token.words for _, token in found),
        sum(token.end - start for start, token in found),
    )
    assert weighed == count(text)


@given(prose, prose)
@settings(max_examples=500, deadline=None)
def test_kept_and_deleted_are_the_old_text_and_kept_and_inserted_the_new(old, new):
    change = measure(old, new)
    assert sums(old, new, change)
    assert change == measure(old, new, count(old))
    assert change.after == count(new)


@given(st.text(), st.text())
@settings(max_examples=300, deadline=None)
def test_so_they_are_for_any_characters_at_all(old, new):
    assert sums(old, new, measure(old, new))


@given(prose, prose)
@settings(max_examples=200, deadline=None)
def test_the_marks_on_the_page_add_up_too(old, new):
    assert sums(old, new, compare(old, new))


@given(prose)
@settings(deadline=None)
def test_the_same_text_again_is_no_work(text):
    assert measure(text, text) == Change(count(text), Counts(), Counts())


def test_a_word_in_one_paragraph_of_many_is_one_word_of_work():
    text = "".join(f"第{n}段。The lattice allowed shining.\n" for n in range(200))
    change = measure(
        text, text.replace("第7段。The lattice allowed", "第7段。The lattice permitted")
    )
    assert (change.deleted, change.inserted) == (Counts(1, 1, 7), Counts(1, 1, 9))


def test_a_number_with_another_end_is_another_number():
    change = measure("It took 3.5 hours.", "It took 3.6 hours.")
    assert (change.deleted.words, change.inserted.words, change.kept.words) == (1, 1, 3)


def test_a_chapter_that_got_shorter_was_work_all_the_same():
    old = "晶格并不发光。它只是允许光。九百个冬天里没有人问过它任何事情。"
    new = "晶格并不发光。它允许光。九百个冬天，无人问。"
    change = measure(old, new)
    assert count(new).zishu < count(old).zishu
    assert (change.deleted.zishu, change.inserted.zishu) == (13, 4)


def test_what_the_counts_before_were_is_taken_on_trust():
    """Rules of counting may change with a release; a chain of saves adds up all the same."""
    change = measure("one two\nthree", "one two\nthree four", Counts(10, 10, 30))
    assert change.kept + change.deleted == Counts(10, 10, 30)
    assert change.inserted == Counts(1, 1, 4)
