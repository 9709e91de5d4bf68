"""The words round a find, cut for one line."""

from typing import NamedTuple

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


def passage(text: str, wanted: str, size: int = ROUND) -> Passage | None:
    """The first place of `wanted` in `text`, ignoring case, with `size` characters either side.

    None when it does not stand there. Lines are joined; a cut is marked by an ellipsis.
    """
    start = text.casefold().find(wanted.casefold())
    if start < 0 or not wanted:
        return None
    # Case folding may change lengths (ß, İ); the plain comparison is exact where it finds it too.
    exact = text.lower().find(wanted.lower())
    start = exact if exact >= 0 else min(start, len(text))
    end = start + len(wanted)
    seam = "" if is_chinese(text[max(0, start - size) : end + size]) else " "
    before = LINE_END.sub(seam, text[max(0, start - size) : start])
    after = LINE_END.sub(seam, text[end : end + size])
    return Passage(
        ("…" if start > size else "") + before.lstrip(),
        text[start:end],
        after.rstrip() + ("…" if end + size < len(text) else ""),
    )
