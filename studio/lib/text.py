"""Counting and quoting prose, in Chinese as in English.

Three numbers, since tools disagree and authors are paid by one or another: 字数 as Microsoft Word
shows it (Han characters, full-width marks and Latin words), words (Han characters and Latin words,
no marks), and characters that are not white space.
"""

import re
from typing import NamedTuple, Self

# Han in all its blocks, the iteration mark and zero, kana: one character, one count.
HAN = (
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# Marks that are full-width wherever they stand.
WIDE = (
    "\u3001-\u3004\u3006\u3008-\u303f\ufe30-\ufe4f"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6"
)
# Marks both scripts use: full-width only beside a Han character or a full-width mark.
SHARED = "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"

_han = re.compile(f"[{HAN}]+")  # by runs: a match for each of a million characters takes long
_wide = re.compile(f"[{WIDE}]")
# A whole run at a time: asking at each of its places what follows would take its length squared.
_shared = re.compile(f"[{SHARED}]+")
_beside = re.compile(f"[{HAN}{WIDE}]")
_word = re.compile(f"[^\\W_{HAN}]+(?:['’.,:\\-\u2010\u2011][^\\W_{HAN}]+)*")
_space = re.compile(r"\s")
LINE_END = re.compile(r"\s*\n\s*")
_sentence_end = re.compile(r"(?<=[。！？!?…])[」』”’）)]*|(?<=[.])[”’)]*(?=\s)")


class Counts(NamedTuple):
    """How long a text is, three ways."""

    zishu: int = 0
    words: int = 0
    chars: int = 0

    def __add__(self, other: "Counts") -> Self:  # type: ignore[override]
        return type(self)(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def of(self, unit: str) -> int:
        """The number in one of the units zishu, words, chars."""
        return int(getattr(self, unit))


def count(text: str) -> Counts:
    """Count `text`. Paragraphs add up: the counts of two lines are the sum of each one's."""
    han = _han_in(text)
    marks = len(_wide.findall(text)) + _shared_marks(text)
    words = len(_word.findall(text))
    return Counts(han + marks + words, han + words, len(text) - len(_space.findall(text)))


def _han_in(text: str) -> int:
    """How many Han characters and kana there are."""
    return sum(map(len, _han.findall(text)))


def _shared_marks(text: str) -> int:
    """Marks of both scripts in runs that touch a Han character or a full-width mark."""
    count = 0
    for run in _shared.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        if _beside.match(before) or _beside.match(after):
            count += run.end() - run.start()
    return count


def is_chinese(text: str) -> bool:
    """Whether Han characters outnumber Latin words."""
    return _han_in(text) > len(_word.findall(text))


def one_line(text: str) -> str:
    """All lines as one, parted by a space; by nothing in Chinese, which has none."""
    return " ".join(LINE_END.sub("" if is_chinese(text) else " ", text).split())


def excerpt(text: str, limit: int = 120) -> str:
    """The first words of `text` on one line, at most `limit` characters and an ellipsis."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[:limit]
    space = cut.rfind(" ")
    # Chinese may be cut anywhere; a Latin word stays whole unless it is the only one.
    if space > limit * 0.6 and line[limit] != " " and not _han.match(line[limit]):
        cut = cut[:space]
    return cut.rstrip() + "…"


def last_words(text: str, limit: int = 0) -> str:
    """The end of `text` on one line: whole sentences if some fit, at most `limit` characters.

    Without a limit, about four lines of prose: 320 Latin characters, 120 Chinese ones.
    """
    limit = limit or (120 if is_chinese(text[-400:]) else 320)
    line = one_line(text[-4 * limit :])
    if len(line) <= limit and len(text) <= 4 * limit:
        return line
    tail = line[-limit:]
    for found in _sentence_end.finditer(tail):
        rest = tail[found.end() :].lstrip()
        if len(rest) >= limit // 3:
            return rest
    return "…" + tail.lstrip()
