"""Text from elsewhere is read in the encoding it came in, or refused; never as other words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.lib.encoding import SENTENCES, Undecodable, decode

SIMPLIFIED = "她说，我在等它数到我。一个节点接着一个节点。"
TRADITIONAL = "她說，我在等它數到我。這是一個很大的國家，我們都來了。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("said", [SIMPLIFIED, TRADITIONAL, f"Chapter 14, {SIMPLIFIED}"])
def test_chinese_is_read_in_the_encodings_it_comes_in(encoding, said):
    assert decode(said.encode(encoding)) == said


@pytest.mark.parametrize("encoding", ["big5", "cp950", "utf-16-le", "utf-16-be"])
def test_traditional_chinese_is_read_in_big5_and_in_both_orders_of_utf_16(encoding):
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    assert decode((mark + TRADITIONAL).encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("word", ["晶格", "写作", "弯路", "剪辑", "第七镜", "灯塔倒影"])
def test_one_chinese_word_in_a_table_of_numbers_is_enough(word):
    table = f"2026-11-03,2.5,{word}\n2026-11-04,1.5,{word}\n"
    assert decode(table.encode("gb18030")) == table


@pytest.mark.parametrize("said", ["Café, naïve “rewrite”", "Müßiggang, 3½ h", "¿Mañana? 2 €"])
def test_western_text_in_the_old_windows_encoding_is_read(said):
    assert decode(said.encode("cp1252")) == said


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)), "binary"),
        ("字".encode() + b"\x00", "binary"),
        ("a\x00字".encode("utf-16"), "binary"),
        (b"\xff\xfea", "utf16"),
        (SIMPLIFIED.encode()[:-1], "unknown"),  # UTF-8 that was cut
        (SIMPLIFIED.encode().replace("我".encode(), b"\xff"), "unknown"),
        ("Привет, мир: a note in another script".encode("cp1251"), "unknown"),
        ("日本語のテキスト".encode("shift_jis"), "unknown"),
    ],
)
def test_what_is_no_text_or_in_an_unknown_encoding_is_refused_by_name(data, reason):
    with pytest.raises(Undecodable) as refused:
        decode(data)
    assert (refused.value.reason, str(refused.value)) == (reason, SENTENCES[reason])


@settings(deadline=None)
@given(st.text().filter(lambda text: "\x00" not in text and not text.startswith("\ufeff")))
def test_utf_8_always_comes_back_as_it_was(text):
    assert decode(text.encode()) == text
