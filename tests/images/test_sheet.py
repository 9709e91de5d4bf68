"""Where pictures and words stand on a contact sheet."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.images.sheet import MARGIN, TALLEST, Cell, Paper, laid_out, wrapped


def measure(role, text, size):
    """A face in which a Han character is one em wide, everything else half of one."""
    return size * sum(1 if ord(each) > 0x2000 else 0.5 for each in text)


def cells(number, size=(1024, 428), **words):
    return [Cell(n, *size, f"{n:02d} Shot", f"v{n}", **words) for n in range(1, number + 1)]


@pytest.mark.parametrize("name", ["A4", "Letter"])
@pytest.mark.parametrize("landscape", [True, False])
def test_nothing_leaves_the_page_and_no_two_pictures_meet(name, landscape):
    paper = Paper.named(name, 4, landscape=landscape)
    given = cells(30, note="光线太硬，改柔。" * 20, passage="She counted to one. " * 20)
    given[3] = given[3]._replace(width=300, height=3000)
    pages = laid_out("Waiting for Light 等光" * 9, "30", given, paper, measure)
    assert [frame.key for page in pages for frame in page.frames] == list(range(1, 31))
    for page in pages:
        for text in page.texts:
            right = text.x + measure(text.role, text.words, text.size)
            assert MARGIN - 0.01 <= text.x <= right <= paper.width - MARGIN + 0.01
            assert MARGIN <= text.y <= paper.height - MARGIN
        for frame in page.frames:
            assert frame.y + frame.height <= paper.height - MARGIN
            assert frame.height <= paper.column * TALLEST + 0.01
        for one in page.frames:
            for other in page.frames:
                apart = one.x + one.width <= other.x or one.y + one.height <= other.y
                assert one is other or apart or other.x + other.width <= one.x or other.y < one.y


def test_a_picture_keeps_its_shape():
    for size in ((1024, 428), (428, 1024), (500, 500)):
        [page] = laid_out("", "", cells(1, size), Paper.named("A4", 3, landscape=True), measure)
        [frame] = page.frames
        assert frame.width / frame.height == pytest.approx(size[0] / size[1])


def test_several_pages_are_numbered_and_one_is_not():
    paper = Paper.named("A4", 2, landscape=True)
    pages = laid_out("等光", "9", cells(9), paper, measure)
    assert [page.texts[-1].words for page in pages] == ["1 / 3", "2 / 3", "3 / 3"]
    [page] = laid_out("等光", "1", cells(1), paper, measure)
    assert not any("/" in text.words for text in page.texts)


def test_an_endless_page_is_as_long_as_it_must_be():
    paper = Paper.named("A4", 4, landscape=True)._replace(height=inf)
    short, long = (laid_out("", "", cells(n), paper, measure) for n in (4, 40))
    assert (len(short), len(long)) == (1, 1)
    assert short[0].height < long[0].height < 10 * short[0].height


def test_chinese_breaks_between_characters_and_not_before_a_closing_mark():
    assert wrapped("她数到一，整座站台。", "", 10, 40, 9, measure) == [
        "她数到",
        "一，整座",
        "站台。",
    ]
    assert wrapped("她说：“一”。", "", 10, 40, 9, measure) == ["她说：", "“一”。"]


def test_english_breaks_at_blanks_and_a_word_too_long_is_cut():
    assert wrapped("to bring my novels", "", 10, 45, 9, measure) == ["to bring", "my novels"]
    assert wrapped("lattice", "", 10, 20, 9, measure) == ["latt", "ice"]


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert wrapped("一二三四五六七八九", "", 10, 40, 2, measure) == ["一二三四", "五六七…"]


@given(st.text(alphabet="ab 她，“”。—x\n", max_size=80), st.integers(20, 90))
def test_no_word_is_lost_and_no_line_is_too_wide(words, width):
    lines = wrapped(words, "", 10, width, 1000, measure)
    assert "".join("".join(lines).split()) == "".join(words.split())
    for line in lines:
        assert measure("", line, 10) <= width or len(line) == 1
