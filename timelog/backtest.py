"""How the forecast would have done on a log that is known: told at each point only what came
before it, then held against what came after. Plain values only.

Scores: how many outcomes a band held, and its interval score (Gneiting and Raftery 2007): the
width, and for an outcome outside ten times its distance (2 / alpha), all in parts of what the
series has on average in that many weeks. The lower the better; one number without a width scores
as a band of none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from timelog import peers
from timelog.fan import HORIZONS, MISSES, is_enough, learn
from timelog.forecast import paths, seed_of, weeks_of

FIRST = 26  # weeks of log before the first forecast
EVERY = 4  # weeks from one forecast to the next
COUNT = 1000


class NotSeries(ValueError):
    """What was given is no daily series; the reason is a word for the caller to put in words."""


@dataclass(frozen=True)
class Series:
    """Hours of each day from the first on, none left out."""

    name: str
    daily: tuple[float, ...]


@dataclass
class Outcome:
    """What one band said, and what came."""

    series: str
    held50: bool
    held80: bool
    score: float
    score_agile: float
    score_flat: float
    held80_agile: bool


@dataclass
class Score:
    """All outcomes at one horizon."""

    weeks: int
    outcomes: list[Outcome] = field(default_factory=list)

    def mean(self, name: str) -> float:
        """The mean of one of the outcomes' figures; 0 without any."""
        values = [float(getattr(each, name)) for each in self.outcomes]
        return sum(values) / len(values) if values else 0.0

    def told(self) -> dict[str, float]:
        """Its figures under the names of the contract."""
        return {
            "weeks": self.weeks,
            "n": len(self.outcomes),
            "coverage50": round(self.mean("held50"), 4),
            "coverage80": round(self.mean("held80"), 4),
            "coverage80_agile": round(self.mean("held80_agile"), 4),
            "is80": round(self.mean("score"), 4),
            "is80_agile": round(self.mean("score_agile"), 4),
            "is80_flat": round(self.mean("score_flat"), 4),
        }


def read(told: Any) -> list[Series]:
    """Series from parsed JSON: {name: {"start": "2008-02-10", "daily": [1.5, 0, …]}, …}.

    Raises NotSeries with "shape", "empty", "start" or "daily" and the name it is about.
    """
    if not isinstance(told, Mapping):
        raise NotSeries("shape", "")
    found = []
    for name, one in told.items():
        if not isinstance(one, Mapping) or not isinstance(one.get("daily"), list):
            raise NotSeries("daily", name)
        if not all(_is_hours(each) for each in one["daily"]):
            raise NotSeries("daily", name)
        try:
            date.fromisoformat(one.get("start", "2000-01-01"))
        except (TypeError, ValueError):
            raise NotSeries("start", name) from None
        found.append(Series(str(name), tuple(map(float, one["daily"]))))
    if not found:
        raise NotSeries("empty", "")
    return found


def run(
    series: Iterable[Series], every: int = EVERY, first: int = FIRST, count: int = COUNT
) -> list[Score]:
    """The scores at each horizon, over all series; a rolling origin every `every` weeks."""
    scores = {weeks: Score(weeks) for weeks in HORIZONS}
    for one in series:
        _run_one(one, scores, every, first, count)
    return list(scores.values())


def interval_score(low: float, high: float, came: float, miss: float = MISSES) -> float:
    """Of one band that is to miss `miss` of all outcomes (Gneiting and Raftery 2007)."""
    beyond = max(0.0, low - came) + max(0.0, came - high)
    return high - low + 2 / miss * beyond


def _run_one(
    series: Series, scores: Mapping[int, Score], every: int, first: int, count: int
) -> None:
    daily, total = series.daily, len(series.daily) // 7
    usual = sum(daily) / max(1, len(daily)) * 7
    misses = dict.fromkeys(HORIZONS, MISSES)
    open_: list[tuple[int, int, bool]] = []  # (week it is known, horizon, missed)
    for now in range(first, total - min(HORIZONS) + 1, every):
        past = daily[: 7 * now]
        for _due, weeks, missed in [each for each in open_ if each[0] <= now]:
            misses[weeks] = learn(misses[weeks], missed, min(1.0, every / weeks))
        open_ = [each for each in open_ if each[0] > now]
        if not is_enough(past):
            continue
        seed = seed_of(series.name, now)
        drawn = paths(weeks_of(past), max(HORIZONS), seed, count)
        others = peers.agile(past, max(HORIZONS), seed, count)
        for weeks in HORIZONS:
            if now + weeks > total:
                continue
            came = sum(daily[7 * now : 7 * (now + weeks)])
            outcome = _outcome(
                series.name,
                np.quantile(drawn[:, weeks - 1], _levels(misses[weeks])).tolist(),
                np.quantile(others[:, weeks - 1], (0.1, 0.9)).tolist(),
                peers.flat(past, weeks),
                came,
                usual * weeks,
            )
            scores[weeks].outcomes.append(outcome)
            open_.append((now + weeks, weeks, not outcome.held80))


def _levels(miss: float) -> tuple[float, ...]:
    return miss / 2, 0.25, 0.75, 1 - miss / 2


def _outcome(
    name: str,
    ours: Sequence[float],
    agile: Sequence[float],
    flat: float,
    came: float,
    usual: float,
) -> Outcome:
    lowest, low, high, highest = ours
    return Outcome(
        series=name,
        held50=low <= came <= high,
        held80=lowest <= came <= highest,
        score=interval_score(lowest, highest, came) / usual,
        score_agile=interval_score(agile[0], agile[1], came) / usual,
        score_flat=interval_score(flat, flat, came) / usual,
        held80_agile=agile[0] <= came <= agile[1],
    )


def _is_hours(value: object) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= float(value) <= 24
    )
