"""The line as it is read: what was understood is taken out, what is left over is the note."""

import re
import unicodedata
from dataclasses import dataclass, field

GONE = "\x00"
_SIMPLE = str.maketrans(
    {"個": "个", "時": "时", "鐘": "钟", "鍾": "钟", "頭": "头", "兩": "两", "點": "点", "號": "号"}
    | {"週": "周", "禮": "礼", "後": "后", "寫": "写", "兒": "儿", "從": "从", "開": "开"}
)
_LOOSE = " \t,，、;；:：.。·-–—"


@dataclass
class Line:
    """`said` is what was typed; `open` is the same, folded, with what was taken out blanked.

    Both have the same length, so a place in one is a place in the other.
    """

    said: str
    open: str = field(init=False)

    def __post_init__(self) -> None:
        self.said = unicodedata.normalize("NFKC", self.said).replace(GONE, " ")
        folded = "".join(char.lower() if len(char.lower()) == 1 else char for char in self.said)
        self.open = folded.translate(_SIMPLE)

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place where `pattern` stands, untaken."""
        return pattern.search(self.open)

    def take(self, found: re.Match[str]) -> None:
        """Take it out."""
        start, end = found.span()
        self.open = self.open[:start] + GONE * (end - start) + self.open[end:]

    def without(self, found: re.Match[str]) -> str:
        """What was typed, without that part: how an answer to a question is written."""
        return self.with_(found, "")

    def with_(self, found: re.Match[str], other: str) -> str:
        """What was typed, with `other` in the place of that part."""
        start, end = found.span()
        return tidy(f"{self.said[:start]} {other} {self.said[end:]}")

    @property
    def note(self) -> str:
        """What is left over, as it was typed."""
        pieces: list[str] = []
        for start, end in _runs(self.open):
            pieces.append(self.said[start:end].strip(_LOOSE))
        return tidy(" ".join(piece for piece in pieces if piece))


def tidy(text: str) -> str:
    """White space as single spaces."""
    return " ".join(text.split())


def _runs(text: str) -> list[tuple[int, int]]:
    """The stretches that were not taken out."""
    return [found.span() for found in re.finditer(f"[^{GONE}]+", text)]
