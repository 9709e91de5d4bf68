"""Quoted words are found again, whatever becomes of their text."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from projects.writing.anchor import (
    Anchor,
    around,
    common,
    find,
    follow,
    rehome,
    shift,
)
from projects.writing.what_is_left import nearest, state_of, survival
from tests.writing import hongloumeng

TEXT = "It counted. The lattice did not shine. It counted. 它在计数。晶格并不发光。它在计数。"
PLAIN = (
    "The tide came every nine hours. Wen Zhao counted to me.\nThe lattice did not shine.\n"
    "It permitted shining, and nobody on the salt plain had asked it to.\nBeacon Nine answered."
)
盐原 = (
    "潮水每九小时来一次。闻昭数到我。\n晶格并不发光。\n"
    "它只是允许光，而盐原上没有人请求过它。\n九号灯塔回答了。"
)
ORDER = ["intact", "revised", "at risk", "lost"]


def on(text, quote):
    """An anchor on words that stand once."""
    return placed(text, quote, text.index(quote))


def placed(text, quote, start):
    prefix, suffix = around(text, start, len(quote))
    return Anchor(quote, start, start + len(quote), "intact", prefix, suffix)


def carried(anchor, *texts):
    """The anchor after all these texts, one after the other."""
    for old, new in pairwise(texts):
        place = follow(old, new, [anchor])[0]
        anchor = Anchor(anchor.quote, *place, anchor.prefix, anchor.suffix)
    return anchor


def words(anchor, text):
    return text[anchor.start : anchor.end]


# --- exact words ----------------------------------------------------------------------------------
@pytest.mark.parametrize("quote", ["The lattice did not shine.", "晶格并不发光。"])
def test_words_that_stand_once_are_found(quote):
    assert find(TEXT, quote) == TEXT.index(quote)


@pytest.mark.parametrize("quote", ["It counted.", "它在计数。"])
def test_of_several_places_the_one_in_the_same_context_counts(quote):
    second = TEXT.index(quote, TEXT.index(quote) + 1)
    prefix, suffix = around(TEXT, second, len(quote))
    moved = "A new beginning. " + TEXT
    assert find(moved, quote, prefix, suffix, second) == second + 17


def test_without_context_the_nearest_place_counts():
    assert find(TEXT, "It counted.", start=30) == 39
    assert find(TEXT, "It counted.", start=2) == 0


@pytest.mark.parametrize("quote", ["The lattice shone.", "晶格发光。", ""])
def test_rewritten_words_are_not_found(quote):
    assert find(TEXT, quote) is None


# --- through one revision -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "quote", "changed"),
    [
        (PLAIN, "The lattice did not shine.", "A lattice did not shine."),
        (盐原, "晶格并不发光。", "点阵并不发光。"),
    ],
)
class TestOneSentence:
    def test_what_is_written_before_it_moves_it_on(self, text, quote, changed):
        new = "🌑 Before.\n" + text
        start = text.index(quote) + 10
        assert follow(text, new, [on(text, quote)]) == [(start, start + len(quote), "intact")]

    def test_what_is_written_right_beside_it_does_not_belong_to_it(self, text, quote, changed):
        new = text.replace(quote, "Yes. 是。" + quote + "No. 不。")
        moved = carried(on(text, quote), text, new)
        assert (words(moved, new), moved.state) == (quote, "intact")

    def test_another_first_word_still_belongs_to_it(self, text, quote, changed):
        new = text.replace(quote, changed)
        moved = carried(on(text, quote), text, new)
        assert (words(moved, new), moved.state) == (changed, "revised")

    def test_deleted_it_is_lost_and_an_undo_brings_it_back(self, text, quote, changed):
        without = text.replace(quote + "\n", "")
        anchor = on(text, quote)
        lost = carried(anchor, text, without)
        assert (lost.state, lost.start) == ("lost", text.index(quote))
        assert carried(lost, without, without + "\nAnd on. 还有。", text) == anchor

    def test_a_cut_to_its_half_is_undone_too(self, text, quote, changed):
        half = text.replace(quote, quote[: len(quote) // 2])
        anchor = on(text, quote)
        assert carried(anchor, text, half).state == "revised"
        assert carried(anchor, text, half, text) == anchor

    def test_moved_to_the_end_it_is_found_there(self, text, quote, changed):
        new = text.replace(quote + "\n", "") + "\n" + quote
        moved = carried(on(text, quote), text, new)
        assert (moved.start, moved.state) == (new.index(quote), "intact")

    def test_it_is_never_taken_for_equal_words_that_stood_elsewhere(self, text, quote, changed):
        twice = text + "\n" + quote
        first = placed(twice, quote, twice.index(quote))
        assert carried(first, twice, twice.replace(quote + "\n", "", 1)).state == "lost"

    def test_the_state_is_judged_by_the_first_words_not_the_last_ones(self, text, quote, changed):
        anchor, steps = on(text, quote), [text]
        steps += [text.replace(quote, quote[cut:]) for cut in range(1, len(quote), 2)]
        states = [carried(anchor, *steps[: n + 1]).state for n in range(len(steps))]
        assert states == sorted(states, key=ORDER.index)
        assert (states[0], states[-1]) == ("intact", "lost")


def test_of_two_sentences_that_begin_alike_the_deleted_one_is_lost():
    old, new = "他说好。他说坏。\n完。", "他说坏。\n完。"
    assert carried(on(old, "他说好。"), old, new).state == "lost"
    assert carried(on(old, "他说坏。"), old, new).start == 0


def test_a_moved_and_rewritten_sentence_is_found_by_what_is_left_of_it():
    quote = "它只是允许光，而盐原上没有人请求过它。"
    new = 盐原.replace(quote, "风停了。") + "\n很久以后，它只是允许了光，盐原上没有人请求过它。"
    moved = carried(on(盐原, quote), 盐原, new)
    assert moved.state == "revised"
    assert words(moved, new) == "它只是允许了光，盐原上没有人请求过它。"


def test_a_quote_over_two_paragraphs_survives_a_third_between_them():
    quote = "The lattice did not shine.\nIt permitted shining"
    new = PLAIN.replace("shine.\n", "shine.\nNot yet.\n")
    moved = carried(on(PLAIN, quote), PLAIN, new)
    assert words(moved, new) == "The lattice did not shine.\nNot yet.\nIt permitted shining"
    assert moved.state == "revised"


def test_a_remark_on_a_point_keeps_its_point_and_is_never_lost():
    point = Anchor("", PLAIN.index("Beacon"), PLAIN.index("Beacon"))
    new = "Before.\n" + PLAIN
    assert carried(point, PLAIN, new).start == new.index("Beacon")
    assert carried(point, PLAIN, "").state == "intact"


# --- joined, split, judged ------------------------------------------------------------------------
def test_a_text_joined_behind_another_shifts_its_anchors():
    assert shift([Anchor("ab", 3, 5, "revised")], 10) == [(13, 15, "revised")]


def test_the_part_that_was_split_off_has_its_words_and_not_the_others():
    anchors = [on(盐原, "闻昭数到我。"), on(盐原, "九号灯塔回答了。")]
    part = 盐原[盐原.index("它只是") :]
    lost, found = rehome(anchors, part)
    assert (found.state, part[found.start : found.end]) == ("intact", "九号灯塔回答了。")
    assert lost.state == "lost"


def test_one_character_or_one_short_word_alone_says_nothing():
    assert survival("晶格并不发光。", "他不知道光阴。") == 0
    assert survival("It did not shine.", "And not a man.") == 0
    assert survival("晶格并不发光。", "晶格发光。") == pytest.approx(4 / 6)
    assert state_of("……", "……") == "intact"
    assert state_of("……", "。") == "lost"


def test_the_nearest_of_the_best_stretches_is_taken():
    assert nearest("晶格不发光", "旧。晶格并不发光。新。") == (2, 8)
    assert nearest("abc", "xabcxxabcx", 6) == (6, 9)
    assert nearest("abc", "") == (0, 0)


# --- any text at all ------------------------------------------------------------------------------
PIECES = st.sampled_from(["晶格", "光。", "它", "\n", "It ", "shone. ", "🌑", "a", "。", "盐原"])
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@st.composite
def quoted(draw):
    """A text with an anchor on some of its characters."""
    text = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, placed(text, text[start:end], start)


@given(quoted(), TEXTS, TEXTS)
def test_no_place_is_outside_its_text_and_intact_means_the_very_words(pair, second, third):
    text, anchor = pair
    steps = [text, second, third, text]
    for number in range(1, len(steps)):
        moved, new = carried(anchor, *steps[: number + 1]), steps[number]
        assert 0 <= moved.start <= moved.end <= len(new)
        if moved.state == "intact":
            assert words(moved, new) == anchor.quote


@given(quoted(), TEXTS, TEXTS)
def test_lines_written_before_and_behind_leave_the_words_intact(pair, before, behind):
    text, anchor = pair
    new = f"{before}\n{text}\n{behind}"
    moved = carried(anchor, text, new)
    assert (moved.state, words(moved, new)) == ("intact", anchor.quote)


@given(quoted(), TEXTS)
def test_an_undo_brings_the_words_back(pair, other):
    text, anchor = pair
    back = carried(anchor, text, other, text)
    assert (back.state, words(back, text)) == ("intact", anchor.quote)


@given(quoted(), st.data())
def test_two_edits_elsewhere_move_the_place_by_their_length(pair, data):
    text, anchor = pair
    assume(text.count(anchor.quote) == 1)
    cut = data.draw(st.integers(0, anchor.start))
    new = text[:cut] + "§§" + text[cut:]
    moved = carried(anchor, text, new, new + "¶")
    assert (moved.start, moved.end) == (anchor.start + 2, anchor.end + 2)


@given(TEXTS, TEXTS)
def test_what_two_texts_begin_with_is_counted(one, other):
    size = common(one, other)
    assert one[:size] == other[:size]
    assert size == min(len(one), len(other)) or one[size] != other[size]


# --- a real rewriting -----------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 5, 8, 17])
def test_a_rewritten_chapter_agrees_with_an_independent_search(corpus, number):
    old, new = hongloumeng.chapter(corpus, number)
    chosen = hongloumeng.sentences(old, new, number)
    places = follow(old, new, [placed(old, one.quote, one.start) for one in chosen])
    agreed = sum(hongloumeng.agrees(one, *place) for one, place in zip(chosen, places, strict=True))
    assert agreed >= (0.96 if number in hongloumeng.HEAVY else 0.99) * len(chosen)
