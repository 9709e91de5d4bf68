"""Finding quoted words again."""

import pytest

from projects.videos.quotes import around, find

TEXT = "It counted. The lattice did not shine. It counted. 它在计数。晶格并不发光。它在计数。"


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
