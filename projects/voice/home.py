"""Home: how an author sounds, measured over the chapters of a book of theirs, and how far is far.

The distance of a chapter is Burrows's Delta (delta.py) from the middle of home over its commonest
function words. How far is far is told by the author's own chapters, each measured against the
others: the limit is the bound below which the next chapter of the same kind falls nineteen times
in twenty (a one-sided prediction limit on the logarithms; Whitmore 1986). A short text strays
farther by chance alone, so all distances are first divided by how far chance takes a text of their
length: the binomial spread of each word beside the author's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from math import exp, fsum, log, sqrt
from statistics import NormalDist, fmean, stdev
from typing import Any

from studio.lib.sentence import Sentence

from .delta import Space, Text, burrows, cosine, joined
from .features import LEAST, SCALARS, Measure
from .function_words import OF

MARKERS = 80  # function words in use
LEAST_UNITS = 5  # chapters without which there is no range
LEAST_WORDS = 500  # of a chapter that can be part of home
LEVEL = 0.95


def student(level: float, freedom: int) -> float:
    """The quantile of Student's t (Abramowitz & Stegun 1964, 26.7.5); good to .03 from 4 on."""
    z = NormalDist().inv_cdf(level)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return fsum(term / freedom**power for power, term in enumerate(terms))


@dataclass(frozen=True)
class Range:
    """Where one feature lies at home: its mean, its spread, and the middle nine tenths."""

    mean: float
    deviation: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Range | None":
        """From the values of the chapters; None when there are too few."""
        if len(values) < LEAST_UNITS:
            return None
        mean, deviation = fmean(values), stdev(values)
        reach = student((1 + 0.9) / 2, len(values) - 1) * deviation * sqrt(1 + 1 / len(values))
        return cls(mean, deviation, max(0.0, mean - reach), mean + reach)

    def z(self, value: float) -> float:
        """How many spreads above the mean; 0 where home has no spread and the value is the same."""
        if not self.deviation:
            return (
                0.0 if value == self.mean else float("inf") if value > self.mean else -float("inf")
            )
        return (value - self.mean) / self.deviation


@dataclass(frozen=True)
class Moved:
    """A function word that is used more, or less, than at home; rates per 1,000 words."""

    word: str
    here: float
    home: float
    z: float


class TooLittle(ValueError):
    """Home cannot be told from so little; the message says what is needed."""


@dataclass
class Home:
    """An author's range in one language. Plain values only, so that it can be kept as JSON."""

    language: str
    words: int
    size: float
    markers: list[str]
    means: list[float]
    deviations: list[float]
    deltas: list[float]
    lengths: list[int]
    ranges: dict[str, dict[str, float]]
    long: float
    units: int = 0

    @classmethod
    def of(cls, chapters: Sequence[Measure]) -> "Home":
        """From the measures of its chapters, all in one language, those too short left out.

        Raises TooLittle when fewer than LEAST_UNITS chapters of LEAST_WORDS words remain, or
        when they are all the same.
        """
        own = [chapter for chapter in chapters if counts_at_home(chapter)]
        if len(own) < LEAST_UNITS:
            raise TooLittle(
                Sentence(
                    "A home range needs %(units)s chapters of at least %(words)s words each.",
                    units=LEAST_UNITS,
                    words=LEAST_WORDS,
                )
            )
        texts = [text_of(chapter) for chapter in own]
        try:
            space = Space.of(texts, markers(texts, own[0].language))
        except ValueError as error:
            raise TooLittle(Sentence("The chapters are all alike; there is no range.")) from error
        made = cls(
            language=own[0].language,
            words=sum(chapter.words for chapter in own),
            size=len(own) / sum(1 / chapter.words for chapter in own),
            markers=list(space.markers),
            means=list(space.means),
            deviations=list(space.deviations),
            deltas=strays(texts, space.markers),
            lengths=[chapter.words for chapter in own],
            ranges={},
            long=quantile([length for each in own for length in each.lengths], 0.9),
            units=len(own),
        )
        for name in SCALARS:
            values = [v for chapter in own if (v := chapter.scalars.get(name)) is not None]
            if found := Range.of(values):
                made.ranges[name] = asdict(found)
        return made

    @cached_property
    def space(self) -> Space:
        """The dimensions of home."""
        return Space(self.markers, self.means, self.deviations)

    @cached_property
    def typical(self) -> float:
        """The Delta of a typical chapter of home from the others (geometric mean)."""
        return exp(fmean(log(max(delta, 1e-9)) for delta in self.deltas))

    def range(self, name: str) -> Range | None:
        """Where a feature lies at home."""
        return Range(**self.ranges[name]) if name in self.ranges else None

    def delta(self, unit: Measure) -> float | None:
        """Burrows's Delta from the middle of home; None for a text without words."""
        if not unit.words:
            return None
        return burrows(self.space.place(text_of(unit)), [0.0] * len(self.markers))

    def distance(self, unit: Measure) -> float | None:
        """The Delta in units of home: 1 is as far as a typical chapter of home is."""
        delta = self.delta(unit)
        return None if delta is None else delta / self.typical

    @cached_property
    def own_distances(self) -> list[float]:
        """The distance of each chapter of home from the others."""
        return [delta / self.typical for delta in self.deltas]

    def limit(self, words: int) -> float:
        """The distance under which a text of home's author and kind falls, nineteen in twenty."""
        return self.edge * self.chance(words)

    @cached_property
    def edge(self) -> float:
        """The limit of a text as long as a typical chapter of home."""
        logs = [
            log(max(distance, 1e-9) / self.chance(length))
            for distance, length in zip(self.own_distances, self.lengths, strict=True)
        ]
        reach = student(LEVEL, len(logs) - 1) * stdev(logs) * sqrt(1 + 1 / len(logs))
        return exp(fmean(logs) + reach)

    def chance(self, words: int) -> float:
        """How far chance takes a text of `words` words, beside a typical one of home (1.0)."""
        here = there = 0.0
        for mean, deviation in zip(self.means, self.deviations, strict=True):
            binomial = mean * (1 - mean)
            own = max(0.0, deviation**2 - binomial / self.size)
            here += sqrt(own + binomial / max(words, 1)) / deviation
            there += sqrt(own + binomial / self.size) / deviation
        return here / there

    def within(self, distance: float | None, unit: Measure) -> bool | None:
        """Whether the distance is one that home knows; None for a text too short to tell."""
        if distance is None or unit.words < LEAST[self.language]:
            return None
        return distance <= self.limit(unit.words)

    def moved(self, unit: Measure, most: int = 10) -> list[Moved]:
        """The words that take it farthest from home, the farthest first."""
        if not unit.words:
            return []
        rates = text_of(unit).rates(self.markers)
        rows = zip(self.markers, rates, self.means, self.space.place(text_of(unit)), strict=True)
        found = [Moved(word, 1000 * rate, 1000 * mean, z) for word, rate, mean, z in rows]
        return sorted(found, key=lambda row: -abs(row.z))[:most]

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values; `Home(**values)` is the way back."""
        return asdict(self)


def counts_at_home(chapter: Measure) -> bool:
    """Whether a chapter is long enough to be part of home."""
    return chapter.words >= LEAST_WORDS


def text_of(measure: Measure) -> Text:
    """A measure as Delta knows texts."""
    return Text(measure.counts, measure.words)


def markers(texts: Sequence[Text], language: str) -> list[str]:
    """The function words to measure by: the commonest that most chapters have, and that vary."""
    counts = joined(texts).counts
    half = len(texts) / 2
    kept = [
        word
        for word, _ in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        if word in OF[language] and sum(word in text.counts for text in texts) >= half
    ]
    return kept[:MARKERS]


def strays(texts: Sequence[Text], words: Sequence[str]) -> list[float]:
    """How far each chapter is from all the others of home, as if it were no part of it.

    The others' mean and spread follow from the sums over all chapters, so this is linear in them.
    """
    rows = [text.rates(words) for text in texts]
    others = len(rows) - 1
    sums = [(sum(column), sum(x * x for x in column)) for column in zip(*rows, strict=True)]
    found = []
    for row in rows:
        away = []
        for x, (total, squares) in zip(row, sums, strict=True):
            mean = (total - x) / others
            variance = (squares - x * x - others * mean * mean) / (others - 1)
            if variance > 1e-15:  # else the others are all alike in this word
                away.append(abs(x - mean) / sqrt(variance))
        found.append(fmean(away) if away else 0.0)
    return found


def nearest(home: Home, unit: Measure, others: Mapping[str, Measure]) -> str | None:
    """The name of the one of `others` that sounds most like `unit`, by Cosine Delta."""
    if not unit.words:
        return None
    place = home.space.place(text_of(unit))
    ranked = {
        name: cosine(place, home.space.place(text_of(each)))
        for name, each in others.items()
        if each.words
    }
    return min(ranked, key=lambda name: (ranked[name], name), default=None)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie; 0 when there are none."""
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))]) if ordered else 0.0
