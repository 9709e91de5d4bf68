"""Two short texts, marked word by word."""

from hypothesis import given
from hypothesis import strategies as st

from studio.lib.word_diff import compare


def marked(old, new):
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(signs[span.kind].format(span.text) for span in compare(old, new))


def test_words_that_came_and_went():
    old = "Salt plain, one dark pillar at right, a surveyor in a long coat"
    new = "Salt plain, a surveyor in a long coat, small on the left"
    said = "Salt plain, [-one dark pillar at right, -]a surveyor in a long coat"
    assert marked(old, new) == f"{said}[+, small on the left+]"


def test_chinese_is_marked_by_characters():
    assert marked("盐原上的晨光", "盐原上的暮光") == "盐原上的[-晨-][+暮+]光"


def test_nothing_and_something():
    assert compare("", "") == compare("光", "光")[:0]
    assert marked("", "光") == "[+光+]"
    assert marked("光", "") == "[-光-]"


TEXTS = st.lists(st.sampled_from(["salt", " ", "plain", ",", "晶", "格", "\n", "a-b"])).map("".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_had_back(old, new):
    spans = compare(old, new)
    assert "".join(text for kind, text in spans if kind != "insert") == old
    assert "".join(text for kind, text in spans if kind != "delete") == new
    assert all(text for _, text in spans)
