"""A text in passages short enough to point at."""

from collections.abc import Iterator

LONGEST = 1500  # characters


def passages(text: str, longest: int = LONGEST) -> Iterator[tuple[int, str]]:
    """(start, passage): whole paragraphs together, as many as fit; a longer one is cut.

    A cut falls behind a blank or a mark where there is one in the last fifth, and one
    character is said twice, so that a pair across the cut is found. Without those, they are `text`.
    """
    start = 0
    while start < len(text):
        end = min(len(text), start + longest)
        if end < len(text):
            end = _cut(text, start, end)
        yield start, text[start : end + 1]
        start = end


def _cut(text: str, start: int, end: int) -> int:
    line = text.rfind("\n", start + 1, end)
    if line > start + (end - start) // 5:
        return line + 1
    for at in range(end, start + (end - start) * 4 // 5, -1):
        if not text[at - 1].isalnum():
            return at
    return end
