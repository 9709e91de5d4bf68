"""The words round a find, cut for one line."""

import re
from typing import NamedTuple

from studio.lib.bigrams import RUN, plain
from studio.lib.text import LINE_END, is_chinese

ROUND = 40


class Passage(NamedTuple):
    """The text before, at and after the find."""

    before: str
    at: str
    after: str

    @property
    def text(self) -> str:
        """All of it."""
        return self.before + self.at + self.after


def passage(text: str, wanted: str, start: int = 0, size: int = ROUND) -> Passage | None:
    """Where `wanted` stands in `text` from `start` on, with `size` characters either side.

    All of it where it stands in one piece, else the first of its words that is there; None when
    none is. Lines are joined; a cut is marked by an ellipsis.
    """
    found = _find(text, wanted, start) or _find(text, wanted, 0)
    if found is None:
        return None
    start, end = found
    seam = "" if is_chinese(text[max(0, start - size) : end + size]) else " "
    before = LINE_END.sub(seam, text[max(0, start - size) : start])
    after = LINE_END.sub(seam, text[end : end + size])
    return Passage(
        ("…" if start > size else "") + before.lstrip(),
        text[start:end],
        after.rstrip() + ("…" if end + size < len(text) else ""),
    )


def _find(text: str, wanted: str, start: int) -> tuple[int, int] | None:
    for words in (wanted.strip(), *RUN.findall(wanted)):
        if words and (exact := re.compile(re.escape(words), re.IGNORECASE).search(text, start)):
            return exact.span()
    # Written otherwise than it was asked for, as “café” for “cafe”.
    asked = {plain(run) for run in RUN.findall(wanted)}
    for run in RUN.finditer(text, start):
        if any(plain(run[0]).startswith(each) for each in asked):
            return run.span()
    return None
