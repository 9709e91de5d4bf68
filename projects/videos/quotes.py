"""Where words that were quoted from a text stand in it now.

Exact search only: words that were rewritten are not found, and that is said.
"""

AROUND = 64  # characters of context kept on either side


def around(text: str, start: int, length: int) -> tuple[str, str]:
    """What stands before and after the `length` characters at `start`."""
    end = start + length
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def find(text: str, quote: str, prefix: str = "", suffix: str = "", start: int = 0) -> int | None:
    """The place of `quote` in `text`: of several the one in the same context, then the nearest."""
    if not quote:
        return None
    best: tuple[int, int, int] | None = None
    at = text.find(quote)
    while at >= 0:
        before, after = around(text, at, len(quote))
        alike = common(before[::-1], prefix[::-1]) + common(after, suffix)
        rank = (-alike, abs(at - start), at)
        best = rank if best is None else min(best, rank)
        at = text.find(quote, at + 1)
    return best[2] if best else None


def common(one: str, other: str) -> int:
    """How many characters both begin with."""
    for place, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return place
    return min(len(one), len(other))
