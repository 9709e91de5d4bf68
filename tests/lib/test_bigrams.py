"""Tokens of texts and phrases of queries, in both languages."""

import pytest

from studio.lib.bigrams import Phrase, holds, query, tokens


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("……", []),
        ("晶格", ["晶格", "格"]),
        ("晶格并不发光。", ["晶格", "格并", "并不", "不发", "发光", "光"]),
        ("光", ["光"]),
        ("The lattice’s 9 winters", ["the", "lattice", "s", "9", "winters"]),
        ("Café Zürich ＫＥＳＨ", ["cafe", "zurich", "kesh"]),
        ("闻昭Wen Zhao九", ["闻昭", "昭", "wen", "zhao", "九"]),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_a_text_becomes_its_tokens_in_order(text, wanted):
    assert tokens(text) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("  ", []),
        ("Latt", [Phrase(("latt",), is_open=True)]),
        ("司算", [Phrase(("司算",))]),
        ("计算宇宙", [Phrase(("计算", "算宇", "宇宙"))]),
        ("光", [Phrase(("光",), is_open=True)]),
        ("salt 盐原", [Phrase(("salt",), is_open=True), Phrase(("盐原",))]),
    ],
)
def test_a_query_becomes_phrases(words, wanted):
    assert query(words) == wanted


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("闻昭站在测绘的尽头。", "闻昭", True),
        ("闻昭站在测绘的尽头。", "昭闻", False),
        ("闻昭站在测绘的尽头。", "头", True),
        ("闻昭站在测绘的尽头。", "尽", True),
        ("闻。昭", "闻昭", False),  # punctuation parts a name
        ("计算宇宙", "计算宇宙", True),
        ("计算机与宇宙", "计算宇宙", False),
        ("The Reckoner spoke.", "reckon", True),
        ("The Reckoner spoke.", "koner", False),
        ("The Reckoner spoke.", "spoke reckoner", True),
        ("The Reckoner spoke.", "spoke lattice", False),
        ("Über café", "uber CAFÉ", True),
        ("anything", "…", False),
    ],
)
def test_what_a_query_finds(text, words, found):
    assert holds(text, words) is found
