"""How far a pass is, by its definitions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.writing.progress import (
    AMOUNTS,
    Change,
    Piece,
    amount,
    drafted,
    percent,
    progress,
    together,
)
from studio.lib.text import count

pieces = st.builds(Piece, st.integers(0, 5000), st.integers(0, 6000), st.booleans(), st.booleans())
books = st.lists(pieces, max_size=12)
texts = st.text("晶格不发光允许。！ \nabc .", max_size=80)


def marked(piece):
    return Piece(piece.chars, piece.fresh, piece.worked, True)


@given(books)
def test_it_lies_between_nothing_and_all(book):
    assert 0 <= progress(book) <= 1


@given(st.lists(st.integers(0, 5000), max_size=12))
def test_nothing_touched_is_no_progress(lengths):
    assert progress([Piece(length) for length in lengths]) == 0


@given(st.lists(pieces, min_size=1, max_size=12))
def test_all_done_is_all_the_progress_there_is(book):
    assert progress([marked(piece) for piece in book]) == 1


@given(st.lists(pieces, min_size=1, max_size=12), st.data())
def test_calling_a_scene_done_never_lowers_it(book, data):
    at = data.draw(st.integers(0, len(book) - 1))
    after = [*book[:at], marked(book[at]), *book[at + 1 :]]
    assert progress(after) >= progress(book)


@given(books)
def test_it_equals_the_sum_of_a_sheet_kept_by_hand(book):
    total = sum(piece.chars for piece in book)
    if not total:
        return
    sheet = Fraction(0)
    for piece in book:
        part = Fraction(0)
        if piece.reviewed:
            part = Fraction(1)
        elif piece.worked and piece.chars:
            part = min(Fraction(1), Fraction(piece.fresh, piece.chars))
        sheet += part * Fraction(piece.chars, total)
    assert progress(book) == pytest.approx(float(sheet))


def test_new_characters_that_nobody_wrote_by_hand_do_not_count():
    assert progress([Piece(100, 100)]) == 0
    assert Piece(100, 100).state == "untouched"


def test_a_scene_is_in_work_when_written_in_and_done_when_the_author_says_so():
    assert Piece(9).state == "untouched"
    assert Piece(9, 0, True, False).state == "work"
    assert Piece(9, 0, False, True).state == "done"


def test_a_chapter_is_done_or_untouched_only_as_a_whole():
    assert together(["done", "done"]) == "done"
    assert together(["untouched"]) == "untouched"
    assert together(["untouched", "done"]) == together(["work", "done"]) == "work"
    assert together([]) == "untouched"


# --- words for a share ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "nothing"),
        (0.001, "begun"),
        (0.18, "begun"),
        (0.2, "quarter"),
        (0.26, "quarter"),
        (0.3, "third"),
        (1 / 3, "third"),
        (0.42, "almost half"),
        (0.4999, "almost half"),
        (0.5, "half"),
        (0.58, "half"),
        (0.6, "two thirds"),
        (0.72, "three quarters"),
        (0.8, "three quarters"),
        (0.86, "nearly"),
        (0.9999, "nearly"),
        (1, "done"),
    ],
)
def test_a_share_is_said_as_a_person_says_it(share, said):
    assert amount(share) == said


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_said_as_less(one, other):
    order = ["nothing", "begun", *[name for _, name in reversed(AMOUNTS)], "done"]
    low, high = sorted((one, other))
    assert order.index(amount(low)) <= order.index(amount(high))


def test_a_first_draft_is_as_far_as_it_is_long_but_never_finished_by_that():
    assert drafted(500, None) is None
    assert drafted(500, 1000) == 0.5
    assert drafted(5000, 1000) == 0.99


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 9, 0), (1, 1000, 1), (999, 1000, 99), (5, 8, 62), (9, 9, 100), (0, 0, None)],
)
def test_percent_keeps_all_and_nothing_for_all_and_nothing(part, whole, said):
    assert percent(part, whole) == said


# --- what stands ----------------------------------------------------------------------------------
@given(texts, texts)
def test_what_stands_and_what_went_are_the_old_text_and_with_what_came_the_new(before, now):
    change = Change.between(before, now)
    assert change.of == count(before).chars
    assert change.stands + change.came == count(now).chars


@given(texts)
def test_a_text_stands_whole_in_itself_and_nothing_of_it_in_nothing(text):
    length = count(text).chars
    assert Change.between(text, text) == Change(length, 0, 0)
    assert Change.between(text, "") == Change(0, length, 0)
    assert Change.between("", text) == Change(0, 0, length)


def test_a_rewritten_sentence_stands_by_its_words():
    change = Change.between("晶格并不发光。它只是容许光。", "晶格并不发光。它只是允许光。")
    assert change == Change(13, 1, 1)
    change = Change.between("The lattice allowed light. She left.", "The lattice permitted light.")
    assert change == Change(16, 15, 9)


def test_a_long_chapter_with_one_new_character_has_one_new_character():
    before = "。".join(f"第{n}句说了一些话" for n in range(400))
    assert Change.between(before, before.replace("第7句", "第七句")).came == 1
