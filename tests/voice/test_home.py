"""Home: who is at home, who is not, and when nothing can be said."""

import re

import pytest

from projects.voice.delta import Space, burrows
from projects.voice.features import measure
from projects.voice.home import Home, Range, TooLittle, nearest, strays, student, text_of

from .make import prose


def chapters(language, number, *, hand=0, words=4000, first=1):
    return [
        measure(prose(language, seed, words, hand), language)
        for seed in range(first, first + number)
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chapter_by_the_same_hand_is_within_and_another_is_not(language):
    home = Home.of(chapters(language, 12))
    own = chapters(language, 20, first=100)
    other = chapters(language, 5, hand=1)
    assert sum(home.within(home.distance(each), each) for each in own) >= 18
    assert [home.within(home.distance(each), each) for each in other] == [False] * 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_short_text_is_measured_and_not_judged(language):
    home = Home.of(chapters(language, 6))
    short = measure(prose(language, 50, 900), language)
    assert home.distance(short) > 0
    assert home.within(home.distance(short), short) is None


def test_chance_takes_a_short_text_farther_and_the_limit_with_it():
    home = Home.of(chapters("zh", 8))
    assert home.chance(4000) == pytest.approx(1)
    assert home.limit(1000) > home.limit(4000) > home.limit(16000)


def test_one_is_as_far_as_a_typical_chapter_of_home():
    home = Home.of(chapters("en", 7))
    product = 1.0
    for distance in home.own_distances:
        product *= distance
    assert product == pytest.approx(1)


def test_each_chapter_of_home_is_measured_against_the_others():
    texts = [text_of(each) for each in chapters("en", 6)]
    words = ["the", "of", "and"]
    by_hand = []
    for at in range(6):
        space = Space.of([*texts[:at], *texts[at + 1 :]], words)
        by_hand.append(burrows(space.place(texts[at]), [0, 0, 0]))
    assert strays(texts, words) == pytest.approx(by_hand)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_word_that_moved_is_named_first(language):
    home = Home.of(chapters(language, 8))
    kept, put = {"en": (r"(?i)\bthe\b", "upon"), "zh": ("的", "矣")}[language]
    changed = measure(re.sub(kept, put, prose(language, 99)), language)
    first = home.moved(changed)[0]
    assert (first.word, first.here) == ({"en": "the", "zh": "的"}[language], 0)
    assert first.z < 0 < first.home


def test_home_is_the_same_after_a_way_through_json():
    home = Home.of(chapters("zh", 6))
    again = Home(**home.as_json())
    other = chapters("zh", 1, first=77)[0]
    assert (again.distance(other), again.limit(3000)) == (home.distance(other), home.limit(3000))


def test_too_few_chapters_or_words_are_refused():
    with pytest.raises(TooLittle, match="needs 5 chapters of at least 500 words"):
        Home.of(chapters("en", 4))
    with pytest.raises(TooLittle, match="5 chapters"):
        Home.of(chapters("zh", 9, words=300))
    with pytest.raises(TooLittle, match="all alike"):
        Home.of([chapters("en", 1)[0]] * 5)


def test_short_chapters_are_no_part_of_home():
    home = Home.of([*chapters("en", 5), *chapters("en", 3, words=100, first=60)])
    assert (home.units, home.words) == (5, 20000)


def test_the_nearest_is_found_by_its_function_words():
    own, other = chapters("en", 5), chapters("en", 2, hand=1)
    home = Home.of(own)
    assert nearest(home, other[0], {"mine": own[0], "theirs": other[1]}) == "theirs"
    assert nearest(home, measure("", "en"), {"mine": own[0]}) is None


def test_a_range_is_a_prediction_for_the_next_chapter():
    # mean 3, deviation sqrt(2.5); t(.95, 4) = 2.132
    found = Range.of([1, 2, 3, 4, 5])
    assert (found.mean, found.deviation) == (3, pytest.approx(2.5**0.5))
    assert found.high == pytest.approx(3 + 2.132 * 2.5**0.5 * 1.2**0.5, rel=0.005)
    assert found.low == 0
    assert found.z(3 + 2.5**0.5) == pytest.approx(1)
    assert Range.of([1, 2, 3, 4]) is None


@pytest.mark.parametrize(
    ("level", "freedom", "expected"), [(0.95, 4, 2.132), (0.95, 19, 1.729), (0.95, 60, 1.671)]
)
def test_students_t(level, freedom, expected):
    assert student(level, freedom) == pytest.approx(expected, abs=0.005)
