"""What is usually done instead of a forecast, to be measured beside ours. Plain values only."""

from collections.abc import Sequence

import numpy as np

from timelog.forecast import Numbers

WINDOW = 91  # days an agile team looks back on
FLAT = 28  # days of the pace that Today goes on with


def agile(daily: Sequence[float], ahead: int, seed: int, count: int) -> Numbers:
    """Hours in all by the end of each of `ahead` weeks, (count, ahead): days of the last quarter
    drawn at random, as if one were like any other.

    The "throughput Monte Carlo" of agile planning (Magennis 2011, "Forecasting and Simulating
    Software Development Projects"; Vacanti 2015, "Actionable Agile Metrics for Predictability").
    """
    chance = np.random.default_rng(seed)
    last = np.asarray(daily[-WINDOW:], dtype=np.float64)
    days = chance.choice(last, (count, ahead * 7))
    return np.cumsum(days.reshape(count, ahead, 7).sum(axis=2), axis=1)


def flat(daily: Sequence[float], weeks: int) -> float:
    """Hours in `weeks` weeks at the pace of the last four: one number without a band."""
    last = daily[-FLAT:]
    return 7 * weeks * sum(last) / len(last) if last else 0.0
