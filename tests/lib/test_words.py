"""Days, lengths, lines and sentences, as each language has them."""

import copy
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from studio.lib.han_dates import in_han
from studio.lib.sentence import Sentence
from studio.lib.templatetags.studio import (
    film_time,
    gap,
    hours,
    lang,
    long_day,
    said,
    short_month,
    when,
)
from studio.lib.text import last_words, one_line

DAY = date(2026, 11, 19)
BOTH = ["en", "zh-hans"]


@pytest.mark.parametrize(
    ("number", "han"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (31, "三十一")],
)
def test_a_day_of_the_month_has_a_chinese_numeral(number, han):
    assert in_han(number) == han


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Thursday 19 November"), ("zh-hans", "十一月十九日\u3000星期四")],
)
def test_a_day_at_the_head_of_a_page(language, words):
    with translation.override(language):
        assert long_day(DAY) == words


@pytest.mark.parametrize(
    ("format", "english", "chinese"),
    [
        ("DATE_FORMAT", "19 November 2026", "2026年11月19日"),
        ("SHORT_DATE_FORMAT", "19 Nov 2026", "2026年11月19日"),
        ("MONTH_DAY_FORMAT", "19 Nov", "11月19日"),
        ("DATETIME_FORMAT", "19 November 2026, 23:40", "2026年11月19日 23:40"),
        ("SHORT_DATETIME_FORMAT", "19 Nov 2026, 23:40", "2026年11月19日 23:40"),
    ],
)
def test_a_date_among_facts(format, english, chinese):
    moment = datetime(2026, 11, 19, 23, 40)
    told = []
    for language in BOTH:
        with translation.override(language):
            told.append(date_format(moment, format))
    assert told == [english, chinese]


@pytest.mark.parametrize(
    ("moment", "english", "chinese"),
    [
        (datetime(2026, 11, 19, 23, 40), "today 23:40", "今日 23:40"),
        (datetime(2026, 11, 18, 7, 5), "yesterday 07:05", "昨日 07:05"),
        (datetime(2026, 3, 2, 7, 5), "2 Mar", "3月2日"),
        (datetime(2025, 11, 19, 7, 5), "19 Nov 2025", "2025年11月19日"),
    ],
)
@time_machine.travel(datetime(2026, 11, 19, 23, 50, tzinfo=UTC))
def test_a_moment_is_told_as_a_person_tells_it(moment, english, chinese, settings):
    settings.TIME_ZONE = "UTC"
    told = []
    for language in BOTH:
        with translation.override(language):
            told.append(when(moment))
    assert told == [english, chinese]


@pytest.mark.parametrize("language", BOTH)
def test_numbers_are_grouped_in_threes_in_either_language(language):
    with translation.override(language):
        assert intcomma(1234567) == "1,234,567"


@pytest.mark.parametrize(
    ("seconds", "english", "chinese", "little"),
    [
        (0, "0 min", "0 分钟", "0:00"),
        (2400, "40 min", "40 分钟", "0:40"),
        (3600, "1 h", "1 小时", "1:00"),
        (11100, "3 h 05", "3 小时 5 分", "3:05"),
        (3600 * 1947, "1,947 h", "1,947 小时", "1947:00"),
    ],
)
def test_a_length_of_time(seconds, english, chinese, little):
    with translation.override("en"):
        assert (hours(seconds), hours(seconds, "little")) == (english, english)
    with translation.override("zh-hans"):
        assert (hours(seconds), hours(seconds, "little")) == (chinese, little)


def test_a_month_beside_a_chart_is_short():
    day = date(2026, 11, 19)
    with translation.override("en"):
        assert (short_month(day), short_month(day, "year")) == ("Nov", "Nov 2026")
    with translation.override("zh-hans"):
        assert (short_month(day), short_month(day, "year")) == ("11月", "2026年11月")


def test_the_length_of_a_film_in_chinese():
    with translation.override("zh-hans"):
        assert [film_time(each) for each in (9, 78, 600)] == ["9 秒", "1 分 18 秒", "10 分 0 秒"]


def test_only_english_parts_sentences_by_a_space():
    told = []
    for language in BOTH:
        with translation.override(language):
            told.append(gap())
    assert told == [" ", ""]


@pytest.mark.parametrize(("words", "tag"), [("晶格的记忆", "zh-Hans"), ("Low Tide", "en")])
def test_an_authors_words_say_their_language(words, tag):
    assert lang(words) == tag


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("没有风。\n　　“你在计数。”\n“我在等。”", "没有风。“你在计数。”“我在等。”"),
        ("No wind.\n\n“You are counting.”", "No wind. “You are counting.”"),
        ("她用 Kontext 画。\nKontext 没有画出来。", "她用 Kontext 画。Kontext 没有画出来。"),
    ],
)
def test_lines_become_one_without_a_gap_in_chinese(lines, line):
    assert one_line(lines) == line


def test_the_last_words_fill_about_as_much_in_either_language():
    english = last_words("The lattice did not shine, and nothing had asked. " * 100)
    chinese = last_words("晶格并不发光，九百个冬天里没有谁发问。" * 100)
    assert (len(english) > 280, 80 < len(chinese) <= 120) == (True, True)


# --- sentences of modules that know no language ---------------------------------------------------
def test_a_sentence_is_english_until_a_page_says_it():
    inner = Sentence("The file is not text.")
    outer = Sentence("%(name)s: %(reason)s", name="100%.md", reason=inner)
    assert outer == "100%.md: The file is not text."
    with translation.override("zh-hans"):
        assert said(outer) == "100%.md：这个文件不是文本。"
        assert said(inner) == "这个文件不是文本。"
        assert said("") == ""
    with translation.override("en"):
        assert said(outer) == "100%.md: The file is not text."


def test_a_sentence_is_still_one_after_an_error_and_a_copy_carried_it():
    sentence = Sentence("%(file)s is larger than 64 MB; split it.", file="卷二.txt")
    kept = copy.deepcopy(str(ValueError(sentence)))
    with translation.override("zh-hans"):
        assert said(kept) == "卷二.txt 超过 64 MB；请拆开。"


def test_what_a_file_name_brings_is_escaped():
    sentence = Sentence("%(file)s is larger than 64 MB; split it.", file="<b>.txt")
    page = Template("{% load studio %}{{ sentence|said }}").render(Context({"sentence": sentence}))
    assert page == "&lt;b&gt;.txt is larger than 64 MB; split it."
