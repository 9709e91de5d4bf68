"""Words of a text as stylometry counts them: English by word, Chinese by character.

Chinese needs no segmentation: function characters separate the authors of 红楼梦 as well as
segmented words do (Hu, Wang & Wu 2014).
"""

import re
from collections.abc import Iterator

from studio.lib.text import HAN

LANGUAGES = ("en", "zh")
MIXED = 0.2  # of the words; a text with more of the other language is in neither

_word = re.compile(
    f"[{HAN}]|[^\\W_{HAN}]+(?:['’\\-\u2010\u2011][^\\W_{HAN}]+|(?<=\\d)[.,:](?=\\d)[^\\W_{HAN}]+)*"
)
_han = re.compile(f"[{HAN}]")
# Characters of the lists in function_words and descriptors that have a traditional form. Only
# these are read as one: 著 is 着 in a traditional text and a word of its own in a simplified one.
_TRADITIONAL = (
    "過过著着嗎吗麼么罷罢沒没無无別别從从於于對对給给讓让將将為为與与並并卻却雖虽則则還还極极"
    "這这誰谁幾几個个兩两會会應应該该須须豈岂況况來来裡里裏里後后時时嘆叹爾尔惟唯們们說说"
    "萬万億亿數数紀纪遠远證证論论據据結结導导實实義义運运記记憶忆靈灵質质識识輯辑規规難难"
    "簡简絕绝徹彻當当開开間间點点單单獨独總总種种種种認认"
)
_to_simple = {ord(old): new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
_telling = (re.compile("[這來們個說]"), re.compile("[这来们个说]"))


def words(text: str) -> list[str]:
    """All words of `text` in order, in lower case; each Han character is one.

    "Don’t" and "hand’s-breadth" are one word each, and so is 3,400.
    """
    return [found[0].lower().replace("’", "'") for found in _word.finditer(text)]


def places(text: str) -> Iterator[tuple[int, str]]:
    """The same words, each with where it begins."""
    for found in _word.finditer(text):
        yield found.start(), found[0].lower().replace("’", "'")


def language_of(text: str) -> str | None:
    """en or zh, by which has more words; None where both have a good part, or there is none."""
    found = _word.findall(text)
    if not found:
        return None
    share = sum(bool(_han.match(word)) for word in found) / len(found)
    if MIXED < share < 1 - MIXED:
        return None
    return "zh" if share > 0.5 else "en"


def simplified(text: str) -> str:
    """A traditional Chinese text with the characters that are counted here in simplified form."""
    old, new = (len(pattern.findall(text)) for pattern in _telling)
    return text.translate(_to_simple) if old > new else text
