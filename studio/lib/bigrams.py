"""Words to search by, made here, so that every database finds the same in Chinese and English.

Neither SQLite's tokenizers nor PostgreSQL's parser find a Chinese name of two characters. So a run
of Han characters becomes its overlapping pairs and, alone, its last character (Cavnar, 1994, for
n-grams in retrieval); a Latin word becomes itself, without accents and in small letters. A text is
then a sequence of tokens, and a query a list of phrases: tokens that follow one another.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from studio.lib.text import HAN

RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
_han = re.compile(f"[{HAN}]")
LONGEST_TOKEN = 64
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow one another; of an open one the last may be the beginning of a token."""

    tokens: tuple[str, ...]
    is_open: bool = False


def plain(text: str) -> str:
    """`text` as it is compared: compatibility forms alike, no accents, small letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def tokens(text: str) -> list[str]:
    """The tokens of `text`, in order."""
    return [token for run in RUN.findall(plain(text)) for token in _of_run(run)]


def _of_run(run: str) -> Iterator[str]:
    if not _han.match(run):
        yield run[:LONGEST_TOKEN]
        return
    for first, second in pairwise(run):
        yield first + second
    yield run[-1]


def query(words: str) -> list[Phrase]:
    """What a text must hold to be found by `words`: all of these; nothing when they say nothing.

    Latin words are found by their beginnings; a run of Han characters wherever it stands.
    """
    phrases = []
    for run in RUN.findall(plain(words[:LONGEST_QUERY])):
        if not _han.match(run):
            phrases.append(Phrase((run[:LONGEST_TOKEN],), is_open=True))
        elif len(run) == 1:  # a pair that begins with it, or it as the last of its run
            phrases.append(Phrase((run,), is_open=True))
        else:
            pairs = tuple(one + other for one, other in pairwise(run))
            phrases.append(Phrase(pairs))
    return phrases


def holds(text: str, words: str) -> bool:
    """Whether `text` is found by `words`: what both databases must answer."""
    found = tokens(text)
    return bool(query(words)) and all(_is_in(phrase, found) for phrase in query(words))


def _is_in(phrase: Phrase, found: list[str]) -> bool:
    size = len(phrase.tokens)
    for start in range(len(found) - size + 1):
        here = found[start : start + size]
        last = here[-1].startswith if phrase.is_open else here[-1].__eq__
        if tuple(here[:-1]) == phrase.tokens[:-1] and last(phrase.tokens[-1]):
            return True
    return False
