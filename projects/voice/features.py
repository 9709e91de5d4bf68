"""What of a voice can be measured, each feature by itself; never one score of all.

Sentence length and its spread (Yule 1939), moving-average type-token ratio over 500 words
(Covington & McFall 2010), function words (Mosteller & Wallace 1964), share of speech, marks,
paragraphs, openings of sentences. Rates are per 1,000 words; in Chinese a word is a character.
"""

import random
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from operator import itemgetter
from statistics import median

from . import descriptors
from .function_words import OF
from .sentences import paragraphs, spans, speech
from .words import places, simplified

METHOD = 1  # raised whenever the same text would give other numbers
WINDOW = 500  # words of a window of MATTR
OPENINGS = 50  # sentences of a window of openings
LEAST = {"en": 3000, "zh": 2000}  # words under which a sample says little (Eder 2015)
RESAMPLES = 200
MOST_DRAWN = 2000  # sentences of a resample
MARKS = {
    "comma": re.compile("[,，、]"),
    "stop": re.compile(r"。|(?<!\.)\.(?!\.)"),
    "semicolon": re.compile("[;；]"),
    "colon": re.compile("[:：]"),
    "question": re.compile("[?？]"),
    "exclamation": re.compile("[!！]"),
    "dash": re.compile("[—–]+|--+|(?<= )-(?= )"),
    "ellipsis": re.compile(r"…+|\.{2,}|。{2,}"),
}
# Features that are one number; the order is the order of tables.
SCALARS = (
    "sentence_median",
    "sentence_cv",
    "dialogue",
    "mattr",
    "openings",
    "paragraph_median",
    "punctuation",
    *descriptors.NAMES,
)


Columns = Mapping[str, Sequence[int]]


@dataclass
class Sentence:
    """One sentence as numbers: words, words in quotation marks, first word, what it counts."""

    words: int
    spoken: int
    opening: str
    counts: Mapping[str, int]


@dataclass
class Measure:
    """One text, measured.

    `scalars` hold each of SCALARS, None where the text is too short for it; `marks` and `function`
    are per 1,000 words; `counts` are the plain counts behind `function`; `intervals` are the middle
    90 % of bootstrap resamples of the sentences (Efron 1979), for what is made of sentences.
    """

    language: str
    chars: int
    words: int
    lengths: list[int] = field(default_factory=list)
    paragraphs: int = 0
    scalars: dict[str, float | None] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        """Whether it is too short to say where it stands."""
        return self.words < LEAST[self.language]

    @property
    def function(self) -> dict[str, float]:
        """The function words per 1,000, the most frequent first."""
        rows = sorted(self.counts.items(), key=lambda row: (-row[1], row[0]))
        return {word: 1000 * times / self.words for word, times in rows}


def measure(text: str, language: str) -> Measure:
    """Measure `text`, which is in `language` (en or zh). An empty text has no scalars but zero."""
    chars = len("".join(text.split()))
    lines = paragraphs(simplified(text) if language == "zh" else text)
    found: list[Sentence] = []
    every: list[str] = []
    sizes: list[int] = []
    for line in lines:
        rows, said = _sentences(line, language)
        found += rows
        every += said
        sizes.append(len(said))
    made = Measure(language, chars, len(every), [row.words for row in found], len(lines))
    made.counts = dict(Counter(word for word in every if word in OF[language]))
    if not every:
        return made
    rate = 1000 / len(every)
    told = "\n".join(lines)
    made.marks = {name: rate * len(mark.findall(told)) for name, mark in MARKS.items()}
    columns = _columns(found)
    made.scalars = {
        **of_sentences(columns),
        "mattr": mattr(every, WINDOW),
        "openings": mattr([row.opening for row in found], OPENINGS),
        "paragraph_median": float(median(sizes)),
        "punctuation": sum(made.marks.values()),
    }
    made.intervals = intervals(columns)
    return made


def _sentences(line: str, language: str) -> tuple[list[Sentence], list[str]]:
    """The sentences of one paragraph, and its words."""
    told = list(places(line))
    starts = [at for at, _ in told]
    words = [word for _, word in told]
    spoken = [False] * len(told)
    for start, end in speech(line, language):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        spoken[first:last] = [True] * (last - first)
    rows: list[Sentence] = []
    for start, end in spans(line, language):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first < last:
            said = sum(spoken[first:last])
            counted = descriptors.counts(line[start:end], language, asked_aloud=said > 0)
            rows.append(Sentence(last - first, said, words[first], counted))
    return rows, words


def mattr(words: Sequence[str], window: int) -> float | None:
    """The mean share of different words in every window of `window` words, 0 to 1.

    Covington & McFall (2010): unlike the plain ratio it does not fall with length. None when there
    are fewer words than one window.
    """
    if len(words) < window:
        return None
    inside = Counter(words[:window])
    total = len(inside)
    for old, new in zip(words, words[window:], strict=False):
        inside[new] += 1
        inside[old] -= 1
        if not inside[old]:
            del inside[old]
        total += len(inside)
    return total / window / (len(words) - window + 1)


# --- what is made of sentences --------------------------------------------------------------------
def _columns(rows: Sequence[Sentence]) -> Columns:
    """The sentences turned: "words", "spoken" and each descriptor, one number a sentence."""
    return {
        "words": [row.words for row in rows],
        "spoken": [row.spoken for row in rows],
        **{name: [row.counts[name] for row in rows] for name in descriptors.NAMES},
    }


def of_sentences(columns: Columns) -> dict[str, float | None]:
    """The features that are made of sentences; the spread of a single one is None."""
    lengths = columns["words"]
    total = sum(lengths)
    mean = total / len(lengths)
    spread = sqrt(sum((length - mean) ** 2 for length in lengths) / len(lengths))
    return {
        "sentence_median": float(median(lengths)),
        "sentence_cv": spread / mean if len(lengths) > 1 else None,
        "dialogue": sum(columns["spoken"]) / total,
        **{name: 1000 * sum(columns[name]) / total for name in descriptors.NAMES},
    }


def intervals(columns: Columns) -> dict[str, tuple[float, float]]:
    """The middle 90 % of each feature over resamples of the sentences; always the same ones.

    Of a whole book at once fewer sentences are drawn, and the interval is narrowed by as much
    (m out of n; Politis & Romano 1994).
    """
    size = len(columns["words"])
    if size < 2:
        return {}
    chance = random.Random(size)  # noqa: S311 (a resample is no secret)
    drawn: dict[str, list[float]] = defaultdict(list)
    most = min(size, MOST_DRAWN)
    whole, narrower = of_sentences(columns), sqrt(most / size)
    for _ in range(RESAMPLES):
        pick = itemgetter(*chance.choices(range(size), k=most))
        sample = {name: pick(column) for name, column in columns.items()}
        for name, value in of_sentences(sample).items():
            middle_value = whole[name]
            if value is not None and middle_value is not None:
                drawn[name].append(middle_value + narrower * (value - middle_value))
    return {name: middle(values) for name, values in drawn.items()}


def middle(values: Iterable[float], share: float = 0.9) -> tuple[float, float]:
    """The bounds of the middle `share` of some values."""
    ordered = sorted(values)
    cut = int(len(ordered) * (1 - share) / 2)
    return ordered[cut], ordered[len(ordered) - 1 - cut]
