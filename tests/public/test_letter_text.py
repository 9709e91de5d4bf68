"""A letter's Markdown as HTML, as words, as its beginning."""

import pytest

from studio.public.letter_text import block_count, html, plain

ENGLISH = "This *week*\nthe lattice.\n\nSee [the film](https://example.org/a)."
中文 = "这一周，晶格不肯静下来。\n于是我**放下**画面。\n\n> 它只是允许光。"


def test_english_lines_are_joined_and_chinese_lines_are_paragraphs():
    assert html(ENGLISH) == (
        "<p>This <em>week</em>\nthe lattice.</p>\n"
        '<p>See <a href="https://example.org/a" rel="noopener noreferrer">the film</a>.</p>'
    )
    assert html(中文, chinese=True) == (
        "<p>这一周，晶格不肯静下来。</p>\n<p>于是我<strong>放下</strong>画面。</p>\n"
        "<blockquote>\n<p>它只是允许光。</p>\n</blockquote>"
    )


def test_a_line_end_inside_emphasis_or_a_list_is_no_paragraph():
    assert html("**一\n二**", chinese=True) == "<p><strong>一\n二</strong></p>"
    assert html("- 一\n- 二", chinese=True) == "<ul>\n<li>一</li>\n<li>二</li>\n</ul>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![信](https://tracker.example/p.gif)",
        "<https://example.org/><iframe src='//elsewhere.example'></iframe>",
        "[x](data:text/html,1)",
    ],
)
def test_nothing_runs_and_nothing_is_loaded(text):
    made = html(text)
    for bad in ("<script", "<img", "<iframe", 'href="javascript', 'href="data', "<style"):
        assert bad not in made


def test_headings_begin_below_the_title():
    assert html("# 一\n\n## Two\n\n###### 六") == "<h2>一</h2>\n<h3>Two</h3>\n<h4>六</h4>"


def test_the_beginning_keeps_whole_blocks():
    text = "- one\n- two\n\nA paragraph.\n\nMore."
    assert html(text, paragraphs=1) == "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    assert block_count(text) == 3
    assert html("一\n二\n三", chinese=True, paragraphs=2) == "<p>一</p>\n<p>二</p>"
    assert block_count("一\n二\n三", chinese=True) == 3
    assert (html(""), block_count("")) == ("", 0)


def test_plain_words_keep_addresses_lists_and_paragraphs():
    assert plain(ENGLISH) == "This week\nthe lattice.\n\nSee the film (https://example.org/a)."
    assert plain("# 题\n\n正文**重**。\n\n> 引") == "题\n\n正文重。\n\n引"
    assert plain("1. 一\n2. two\n\nend") == "1. 一\n2. two\n\nend"
    assert plain("- a\n- b\n\n`code`\n\n    block") == "· a\n· b\n\ncode\n\nblock"
    assert plain("<https://example.org>") == "https://example.org"
