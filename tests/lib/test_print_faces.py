"""Faces cut to what a paper says."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import ImageFont

from studio.lib.cjk_font import NoFont, font_file
from studio.lib.print_faces import Source, cut, styles

FONTS = Path(settings.BASE_DIR) / "static" / "fonts"
SANS = Source(FONTS / "hanken-grotesk-latin-wght-normal.woff2", {"wght": 600})


@pytest.fixture
def chinese():
    font_file.cache_clear()
    try:
        return font_file()
    except NoFont as error:
        pytest.skip(str(error))


def none():
    raise NoFont("no Chinese font")


def test_a_face_has_the_characters_that_are_said_and_no_others():
    face = cut(SANS, "Pick v7")
    font = TTFont(BytesIO(face.data))
    assert {chr(code) for code in font.getBestCmap()} == set("Pick v7")
    assert ("glyf" in font, "fvar" in font, len(face.data) < 8000) == (True, False, True)
    assert ImageFont.truetype(BytesIO(face.data), 20).getlength("Pick") > 20


def test_two_weights_of_one_font_have_names_of_their_own():
    names = {
        TTFont(BytesIO(cut(source, "Pick").data))["name"].getDebugName(6)
        for source in (SANS, SANS._replace(axes={"wght": 400}))
    }
    assert len(names) == 2


def test_latin_words_need_no_chinese_font_and_unknown_signs_become_question_marks():
    style = styles({"text": "v7 \N{ROCKET}"}, {"text": SANS}, none)["text"]
    assert "".join(run for _, run in style.runs("v7 \N{ROCKET}")) == "v7 ?"
    assert style.width("v7", 20) == pytest.approx(2 * style.width("v7", 10))


def test_chinese_words_without_a_font_are_refused_with_a_sentence():
    with pytest.raises(NoFont):
        styles({"text": "她数到一"}, {"text": SANS}, none)


def test_chinese_stands_beside_latin_in_a_face_of_its_own(chinese):
    words = "v7 的批注，𠀀"
    style = styles({"text": words}, {"text": SANS}, lambda: chinese)["text"]
    runs = [run for _, run in style.runs(words)]
    assert "".join(runs)[:-1] == words[:-1]
    assert runs[0] == "v7 "
    assert style.width("的", 10) == pytest.approx(10)
    assert "glyf" in TTFont(BytesIO(style.han.data))
