"""Each feature, by hand on a few sentences."""

import pytest

from projects.voice.features import SCALARS, mattr, measure, middle

ENGLISH = "The tide came in. It was late.\n“Go now,” she said."
CHINESE = "潮水来了。天晚了。\n“走吧。”她说。"


def test_english_by_hand():
    made = measure(ENGLISH, "en")
    # 4, 3 and 4 words; two of eleven are spoken.
    assert (made.words, made.chars, made.paragraphs) == (11, 40, 2)
    assert made.lengths == [4, 3, 4]
    assert made.scalars["sentence_median"] == 4
    assert made.scalars["sentence_cv"] == pytest.approx((2 / 9) ** 0.5 / (11 / 3))
    assert made.scalars["dialogue"] == pytest.approx(2 / 11)
    assert made.scalars["paragraph_median"] == 5.5
    assert made.marks["stop"] == pytest.approx(1000 * 3 / 11)
    assert made.marks["comma"] == pytest.approx(1000 / 11)
    assert made.counts == {"the": 1, "in": 1, "was": 1, "now": 1}
    assert made.function["the"] == pytest.approx(1000 / 11)


def test_chinese_by_hand():
    made = measure(CHINESE, "zh")
    # 4, 3 and 4 characters; two of eleven are spoken.
    assert (made.words, made.chars, made.paragraphs) == (11, 17, 2)
    assert made.lengths == [4, 3, 4]
    assert made.scalars["dialogue"] == pytest.approx(2 / 11)
    assert made.counts == {"了": 2, "来": 1, "吧": 1}


def test_short_texts_leave_out_what_they_cannot_tell():
    made = measure(ENGLISH, "en")
    assert (made.scalars["mattr"], made.scalars["openings"]) == (None, None)
    assert made.is_small
    assert set(made.scalars) == set(SCALARS)


@pytest.mark.parametrize("text", ["", "……", "* * *\n\n---"])
def test_a_text_without_words_measures_nothing(text):
    made = measure(text, "zh")
    assert (made.words, made.lengths, made.scalars, made.intervals) == (0, [], {}, {})


def test_mattr_is_the_mean_over_all_windows():
    assert mattr(["a", "a", "b", "b"], 2) == pytest.approx((1 + 2 + 1) / 2 / 3)
    assert mattr(list("潮潮水水"), 2) == pytest.approx(2 / 3)
    assert mattr(["a", "b", "c"], 3) == 1
    assert mattr(["a", "b"], 3) is None


@pytest.mark.parametrize(
    ("sentence", "language", "name", "times"),
    [
        ("It burned because two of the nine nodes had failed.", "en", "reasons", 3),
        ("因为十二个节点停了，所以第三盏灯也停了。", "zh", "reasons", 4),
        ("It was *late* and very bright!!", "en", "emphasis", 3),
        ("那光非常亮！", "zh", "emphasis", 2),
        ("For nine hundred years, eleven thousand kilometres.", "en", "spans", 2),
        ("九百年，三光年，两个世纪。", "zh", "spans", 3),
        ("What is memory but the truth of silence?", "en", "ideas", 4),
        ("命运有什么意义？", "zh", "ideas", 3),
        ("“What is it?”", "en", "ideas", 0),
        ("“是什么？”", "zh", "ideas", 0),
        ("He did not finish the station.", "en", "ideas", 0),
        ("千万小心，万一不行。", "zh", "reasons", 0),
    ],
)
def test_descriptors_count_the_words_they_list(sentence, language, name, times):
    made = measure(sentence, language)
    assert made.scalars[name] == pytest.approx(1000 * times / made.words)


def test_intervals_hold_the_value_and_are_the_same_every_time():
    text = "\n".join(f"{'word ' * (n % 17 + 3)}end." for n in range(120))
    made, again = measure(text, "en"), measure(text, "en")
    low, high = made.intervals["sentence_median"]
    assert low <= made.scalars["sentence_median"] <= high
    assert low < high
    assert made.intervals == again.intervals


def test_one_sentence_has_no_interval():
    assert measure("潮水来了。", "zh").intervals == {}


def test_the_middle_leaves_out_as_much_on_both_sides():
    assert middle(range(101)) == (5, 95)
