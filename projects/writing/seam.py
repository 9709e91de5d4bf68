"""Where one text becomes two, and two become one: no character is lost and none is made."""

from typing import NamedTuple


class Cut(NamedTuple):
    """Two texts and what stood between them; first + seam + second is the whole."""

    first: str
    seam: str
    second: str

    @property
    def start(self) -> int:
        """Where the second began in the whole, in characters."""
        return len(self.first) + len(self.seam)


def cut(text: str, at: int) -> Cut:
    """Cut `text` after `at` characters. A line break at the place becomes the seam."""
    at = max(0, min(at, len(text)))
    if at and text[at - 1] == "\n":
        return Cut(text[: at - 1], "\n", text[at:])
    if text[at : at + 1] == "\n":
        return Cut(text[:at], "\n", text[at + 1 :])
    return Cut(text[:at], "", text[at:])


def joined(first: str, second: str) -> Cut:
    """Both texts with one line break between; an empty one needs none."""
    return Cut(first, "\n" if first and second else "", second)


def whole(parts: Cut) -> str:
    """The text they are of."""
    return "".join(parts)
