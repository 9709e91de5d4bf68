"""What a reader sees of a scene."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.writing.reading import blocks, inline, to_html

ALLOWED = re.compile(
    r'</?(?:p|em|strong|s|blockquote)>|<hr class="scene-break">|<p class="subhead">'
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("**宇宙。**是", "<strong>宇宙。</strong>是"),
        ("他说**“你好”**吗", "他说<strong>“你好”</strong>吗"),
        ("她*笑*了", "她<em>笑</em>了"),
        ("It *permitted* shining.", "It <em>permitted</em> shining."),
        ("***both***", "<em><strong>both</strong></em>"),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("***a* b**", "<strong><em>a</em> b</strong>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("**a***b*", "<strong>a</strong><em>b</em>"),
        ("~~删去~~留下", "<s>删去</s>留下"),
        ("_so_ it was", "<em>so</em> it was"),
    ],
)
def test_marks_become_emphasis_in_both_languages(typed, read):
    assert inline(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["2 * 3 * 4", "a*b", "**没有完", "snake_case_name", "****", "~~~~", "** a **", "5 * 6*", "~一"],
)
def test_marks_that_close_nothing_stay_as_they_were_typed(typed):
    assert inline(typed) == typed


def test_crossed_marks_stay_well_formed():
    assert inline("*a **b* c**") == "<em>a **b</em> c**"


def test_a_backslash_gives_the_mark_itself():
    assert inline(r"\*not\* 不是") == "*not* 不是"


def test_every_line_is_a_paragraph_and_empty_lines_mean_nothing():
    assert to_html("第一段\n第二段\n\n\nThird") == "<p>第一段</p>\n<p>第二段</p>\n<p>Third</p>"


def test_an_indent_typed_by_hand_is_not_doubled():
    assert to_html("　　起于青萍之末。\n\tTabbed") == "<p>起于青萍之末。</p>\n<p>Tabbed</p>"


def test_quotation_marks_stay_as_they_are():
    assert to_html("“她说：‘好’。”——他") == "<p>“她说：‘好’。”——他</p>"


@pytest.mark.parametrize("line", ["---", "***", "* * *", "　＊＊＊", "⁂", "_____"])
def test_a_line_of_marks_is_a_scene_break(line):
    assert to_html(f"前\n{line}\nafter") == '<p>前</p>\n<hr class="scene-break">\n<p>after</p>'


def test_a_heading_is_a_line_of_its_own_and_quotes_stand_together():
    assert to_html("## 一 *一*\n> 引\n> quoted\nthen") == (
        '<p class="subhead">一 <em>一</em></p>\n'
        "<blockquote><p>引</p>\n<p>quoted</p></blockquote>\n<p>then</p>"
    )


def test_blocks_know_their_lines():
    assert [(block.kind, block.line) for block in blocks("一\n\n---\n二")] == [
        ("paragraph", 0),
        ("break", 2),
        ("paragraph", 3),
    ]


def only_ours(html):
    rest = ALLOWED.sub("", html)
    return "<" not in rest and ">" not in rest and '"' not in rest


def test_no_naughty_string_becomes_markup(corpus):
    for text in json.loads((corpus / "bad/strings/blns.json").read_text()):
        assert only_ours(to_html(text)), text


@given(st.text(alphabet='*_~<>"&\\ab 汉。\n#->', max_size=40))
def test_no_text_becomes_markup_and_every_element_is_closed(text):
    html = to_html(text)
    assert only_ours(html)
    stack = []
    for close, name in re.findall(r"<(/?)(p|em|strong|s|blockquote)\b", html):
        if close:
            assert stack.pop() == name
        else:
            stack.append(name)
    assert stack == []


@given(st.text(alphabet="汉字 ab。", max_size=40))
def test_text_without_marks_is_kept_letter_for_letter(text):
    assert inline(text) == text
