"""A character becomes the outline of a seal."""

import re

import pytest

from studio.lib import cjk_font
from studio.lib.cjk_font import NoFont, font_file
from studio.lib.seal import NotDrawn, outline


@pytest.fixture
def font():
    font_file.cache_clear()
    try:
        return font_file()
    except NoFont as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("character", ["晶", "算", "一", "W"])
def test_an_outline_fills_its_square_and_stays_inside(font, character):
    path = outline(character, font)
    assert re.fullmatch(r"[MLHVCQZ0-9., -]+", path)
    corners = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", path)]
    assert min(corners) >= 3.4
    assert max(corners) <= 20.6
    assert max(corners) - min(corners) > 16


@pytest.mark.parametrize("character", [" ", "\ue123"])
def test_what_has_no_outline_is_refused_with_a_sentence(font, character):
    with pytest.raises(NotDrawn) as error:
        outline(character, font)
    assert str(error.value).endswith(".")


def test_without_a_font_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(cjk_font, "PLACES", ())
    monkeypatch.delenv("STUDIO_CJK_FONT", raising=False)
    font_file.cache_clear()
    with pytest.raises(NoFont, match="STUDIO_CJK_FONT"):
        font_file()
    font_file.cache_clear()


def test_a_named_font_is_taken_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setenv("STUDIO_CJK_FONT", str(tmp_path / "none.otf"))
    font_file.cache_clear()
    with pytest.raises(NoFont):
        font_file()
    (tmp_path / "none.otf").write_bytes(b"x")
    assert font_file() == tmp_path / "none.otf"
    font_file.cache_clear()
