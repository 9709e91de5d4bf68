"""Two states of twenty chapters, and a search for sentences that shares nothing with anchors.

The manuscript line has remarks in fences, which are taken out as the importer does. The search
slides a window of the sentence's length over the chapter, takes the one with most of its pairs
of characters, and asks difflib how alike the two are.
"""

import random
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

HEAVY = (5, 6, 7, 8, 17)  # rewritten in most of their sentences
ALIKE = 0.5  # difflib's ratio from which a window is the sentence
FENCE = re.compile(r"[ \u00a0]?(`{3,})(.+?)\1(?!`)", re.DOTALL)
SENTENCE = re.compile(r"[^。！？\n]{7,}[。！？]+[”』」]?")


@dataclass(frozen=True)
class Sentence:
    """One of the manuscript line's, and where the edition has it; None where it does not."""

    quote: str
    start: int
    found: tuple[int, int] | None


def chapter(corpus: Path, number: int) -> tuple[str, str]:
    """The manuscript line's text and the edition's, as one reads them."""
    folder = corpus / "manuscripts" / "hongloumeng"
    line, edition = (
        (folder / side / f"{number:03}.md").read_text("utf-8")
        for side in ("manuscript-line", "edited")
    )
    return FENCE.sub("", line).replace("&nbsp;", ""), edition.replace("&nbsp;", "")


def sentences(old: str, new: str, number: int, how_many: int = 50) -> list[Sentence]:
    """So many sentences of `old`, chosen by chance, the same ones each time."""
    every = list(SENTENCE.finditer(old))
    chosen = random.Random(number).sample(every, min(how_many, len(every)))
    return [Sentence(one[0], one.start(), search(new, one[0])) for one in chosen]


def search(text: str, quote: str) -> tuple[int, int] | None:
    """The window of `text` that is most like `quote`, if it is like it at all."""
    pairs = {quote[at : at + 2] for at in range(len(quote) - 1)}
    sums = list(accumulate((text[at : at + 2] in pairs for at in range(len(text))), initial=0))
    size = len(quote)
    held = [high - low for low, high in zip(sums, sums[size - 1 :], strict=False)]
    most = max(held)
    likely = [at for at, shared in enumerate(held) if shared >= most - 1]
    windows = [(at, at + size) for at in likely[:40]]
    ratio, window = max((alike(quote, text[low:high]), (low, high)) for low, high in windows)
    return window if ratio >= ALIKE else None


def alike(one: str, other: str) -> float:
    """difflib's ratio of the characters that stand in pairs at least."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 2 * sum(size for _, _, size in blocks if size > 1) / (len(one) + len(other))


def agrees(sentence: Sentence, start: int, end: int, state: str) -> bool:
    """Whether both have it at one place, the half of it at least, or both do not have it."""
    if sentence.found is None or state in ("lost", "at risk"):
        return sentence.found is None and state != "intact"
    low, high = sentence.found
    return 2 * (min(end, high) - max(start, low)) >= min(end - start, high - low)
