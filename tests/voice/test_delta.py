"""Burrows's Delta by hand, and on the papers it is known by."""

import csv
import re

import pytest

from projects.voice.delta import (
    Space,
    Text,
    attribute,
    burrows,
    commonest,
    cosine,
    joined,
    leave_one_out,
)
from projects.voice.words import words

ONE = Text.of(["a", "a", "a", "b"])
OTHER = Text.of(["a", "b", "b", "b"])


def test_a_space_has_the_mean_and_the_sample_deviation_of_its_texts():
    space = Space.of([ONE, OTHER], ["a", "b"])
    assert space.means == [0.5, 0.5]
    assert space.deviations == pytest.approx([0.125**0.5] * 2)
    assert space.place(ONE) == pytest.approx([0.5**0.5, -(0.5**0.5)])


def test_delta_is_the_mean_difference_of_z_scores():
    space = Space.of([ONE, OTHER], ["a", "b"])
    assert burrows(space.place(ONE), space.place(OTHER)) == pytest.approx(2**0.5)
    assert burrows([1, 2], [1, 4]) == 1


def test_cosine_delta_sees_the_angle_only():
    assert cosine([1, 0], [5, 0]) == 0
    assert cosine([1, 0], [0, 2]) == 1
    assert cosine([1, 1], [-1, -1]) == pytest.approx(2)
    assert cosine([0, 0], [1, 1]) == 1


def test_the_commonest_words_come_first_and_ties_by_alphabet():
    assert commonest([Text.of(["b", "a", "c", "c"]), Text.of(["d"])], 3) == ["c", "a", "b"]
    assert commonest([Text.of("潮水潮")], 1) == ["潮"]


def test_joined_texts_are_one():
    both = joined([ONE, OTHER])
    assert (both.counts, both.words) == ({"a": 4, "b": 4}, 8)


def test_a_word_that_never_varies_is_dropped():
    texts = [Text.of(["a", "b"]), Text.of(["a", "c"])]
    assert Space.of(texts, ["a", "b"]).markers == ["b"]


def test_too_few_texts_and_texts_all_alike_are_refused():
    with pytest.raises(ValueError, match="two texts"):
        Space.of([ONE], ["a"])
    with pytest.raises(ValueError, match="all alike"):
        Space.of([ONE, ONE], ["a"])


def test_a_text_goes_to_the_author_it_is_like():
    known = {
        "闻昭": [Text.of("的的的了"), Text.of("的的了了")],
        "司算": [Text.of("之之而"), Text.of("之而而")],
    }
    assert next(iter(attribute(Text.of("之而之"), known))) == "司算"
    assert leave_one_out(known) == [("闻昭", "闻昭")] * 2 + [("司算", "司算")] * 2


@pytest.fixture(scope="module")
def federalist(corpus):
    """The papers by author, and the disputed ones by number, as word counts."""
    csv.field_size_limit(2**31 - 1)
    known, disputed = {}, {}
    with (corpus / "style" / "federalist.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = Text.of(words(re.sub(r"<[^>]*>", " ", row["text"])))
            if row["author"] in {"HAMILTON", "MADISON"}:
                known.setdefault(row["author"], []).append(text)
            elif row["author"] == "HAMILTON OR MADISON":
                disputed[int(row["number"])] = text
    return known, disputed


def test_the_known_federalist_papers_are_attributed_leave_one_out(federalist):
    known, _ = federalist
    judged = leave_one_out(known, most=50)
    assert len(judged) == 65
    assert sum(author == nearest for author, nearest in judged) >= 64


def test_the_disputed_federalist_papers_are_madisons_but_for_55(federalist):
    known, disputed = federalist
    nearest = {number: next(iter(attribute(text, known))) for number, text in disputed.items()}
    assert len(nearest) == 12
    assert [number for number, author in nearest.items() if author != "MADISON"] == [55]
