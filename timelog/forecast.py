"""Where the hours of a log may go: the level walk, pooled with recency blocks. Plain values only.

Weeks of one person are not exchangeable: the pace itself drifts, so drawing days or weeks at
random, as the agile Monte Carlo does (timelog.peers), gives bands that are far too narrow. Here the
logarithm of the pace walks in heavy-tailed steps and is drawn back to a slow anchor whose own place
is uncertain (a local level model, after Harvey 1989, "Forecasting, Structural Time Series Models
and the Kalman Filter", with Student-t steps); each week then takes the shape of one that was. Once
two years are logged, half of the paths are a block bootstrap of thirteen weeks (Künsch 1989), since
a pool of two methods holds its bands better than either (Makridakis et al. 2020, the M4
competition). How far the bands are opened follows what became of earlier ones (Gibbs and Candès
2021). The method was chosen on thirty public logs before this studio was built, its constants on
three of them; timelog.backtest measures what they are worth, and the studio keeps its own score.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from timelog.fan import ENOUGH, FARTHEST, HORIZONS, METHOD, MISSES, Fan

Numbers = NDArray[Any]  # float64

PATHS = 2000
POOLED_FROM = 104  # weeks of log from which the blocks are pooled in
ANCHOR, FAST = 39.0, 4.0  # half-lives in weeks
BACK = 39.0  # weeks in which the pace finds most of its way back to the anchor
PRIOR_STEP, PRIOR_SEEN = 0.5, 3  # of the log of the pace in four weeks; worth so many changes
CHANGES = 26  # four-week changes looked at
WALKS = 0.45  # the part of such a change that the pace walked; the rest is the weeks' own noise
FREEDOM = 4  # of Student's t
LOWEST, HIGHEST = -4.0, 2.0  # log of pace / anchor
BLOCK = 13  # weeks
RECENT = 18.0  # half-life in weeks of a block's weight


def weeks_of(daily: Sequence[float]) -> Numbers:
    """Sums of seven days, counted back from the last; days left over at the front are dropped.

    `daily` in hours, the oldest first, and so are the weeks.
    """
    count = len(daily) // 7
    days = np.asarray(daily[len(daily) - 7 * count :], dtype=np.float64)
    sums: Numbers = days.reshape(count, 7).sum(axis=1)
    return sums


def seed_of(*content: object) -> int:
    """A seed that is the same for the same content, on any machine."""
    return int.from_bytes(sha256(repr((METHOD, content)).encode()).digest()[:8])


def paths(weekly: Numbers, ahead: int, seed: int, count: int = PATHS) -> Numbers:
    """Hours in all by the end of each of `ahead` weeks: (count, ahead), never falling.

    `weekly` in hours, the oldest first. ValueError with fewer than eight weeks, or none of work.
    """
    if len(weekly) < ENOUGH or not weekly.sum() > 0:
        raise ValueError(f"a forecast needs {ENOUGH} weeks of log with hours in them")
    chance = np.random.default_rng(seed)
    blocked = count // 2 if len(weekly) >= POOLED_FROM else 0
    drawn = level_walk(weekly, ahead, count - blocked, chance)
    if blocked:
        drawn = np.concatenate([drawn, blocks(weekly, ahead, blocked, chance)])
    return np.cumsum(drawn, axis=1)


def level_walk(weekly: Numbers, ahead: int, count: int, chance: np.random.Generator) -> Numbers:
    """Hours of each week, (count, ahead), by the level walk alone."""
    weights = _decay(len(weekly), ANCHOR)
    anchor = float(weights @ weekly)
    fast = float(_decay(len(weekly), FAST) @ weekly)
    start = np.clip(np.log(max(fast / anchor, 1e-9)), LOWEST, HIGHEST)
    step = WALKS * change_of(weekly)
    unit = np.sqrt((FREEDOM - 2) / FREEDOM)  # Student's t has the variance f / (f - 2)
    home = chance.standard_t(FREEDOM, count) * unit * step
    moves = chance.standard_t(FREEDOM, (ahead, count)) * unit * step / 2  # four weeks are two steps
    shapes = chance.choice(weekly / anchor, (ahead, count), p=weights)  # their mean is 1
    level = np.full(count, start)
    hours = np.empty((ahead, count))
    for week in range(ahead):
        level += (home - level) / BACK + moves[week]
        np.clip(level, LOWEST, HIGHEST, out=level)
        hours[week] = anchor * np.exp(level) * shapes[week]
    return hours.T


def change_of(weekly: Numbers) -> float:
    """How far the log of four weeks' hours moves to the next four: the log's own past, shrunk
    toward a prior."""
    count = len(weekly) // 4
    months = weekly[len(weekly) - 4 * count :].reshape(count, 4).sum(axis=1)
    least = 0.05 * months.mean()  # a month without an hour is a deep fall, and no infinite one
    changes = np.diff(np.log(months + least))[-CHANGES:]
    squares = PRIOR_SEEN * PRIOR_STEP**2 + float(changes @ changes)
    return float(np.sqrt(squares / (PRIOR_SEEN + len(changes))))


def blocks(weekly: Numbers, ahead: int, count: int, chance: np.random.Generator) -> Numbers:
    """Hours of each week, (count, ahead): runs of thirteen weeks as they were, mostly late ones."""
    starts = len(weekly) - BLOCK + 1
    runs = -(-ahead // BLOCK)
    first = chance.choice(starts, (count, runs), p=_decay(starts, RECENT))
    weeks = (first[:, :, None] + np.arange(BLOCK)).reshape(count, runs * BLOCK)
    found: Numbers = weekly[weeks[:, :ahead]]
    return found


# --- bands ------------------------------------------------------------------------------------
def fan(
    daily: Sequence[float],
    missing: float,
    seed: int,
    misses: Mapping[int, float] | None = None,
    count: int = PATHS,
) -> Fan:
    """The bands of the hours to come, as far as it may take to gain `missing` hours.

    `daily` in hours up to the last whole day. `misses` tells for a horizon in weeks what its outer
    band is let miss; MISSES where it is silent. ValueError as in `paths`.
    """
    weekly = weeks_of(daily)
    pace = float(_decay(len(weekly), ANCHOR) @ weekly) if len(weekly) else 0.0
    ahead = int(min(FARTHEST, max(104, 3 * missing / pace if pace else 0)))
    drawn = paths(weekly, ahead, seed, count)
    shown = weeks_shown(ahead)
    known = [(misses or {}).get(weeks, MISSES) for weeks in HORIZONS]
    outer = np.interp(np.log(shown), np.log(HORIZONS), known)
    rows = np.array(
        [
            np.quantile(drawn[:, week - 1], [miss / 2, 0.25, 0.5, 0.75, 1 - miss / 2])
            for week, miss in zip(shown, outer, strict=True)
        ]
    )
    # Bands that are opened by another measure further on must not go back.
    rows = np.maximum.accumulate(rows, axis=0)
    return Fan(tuple(shown), tuple(tuple(round(x, 2) for x in row) for row in rows.tolist()))


def weeks_shown(ahead: int) -> list[int]:
    """The weeks at which bands are kept: each of half a year, then ever fewer."""
    near = {*range(1, 27), *range(28, 105, 4), *HORIZONS, *range(104, ahead + 1, 13), ahead}
    return sorted(week for week in near if week <= ahead)


def _decay(count: int, half_life: float) -> Numbers:
    """Weights that halve every `half_life` weeks into the past and add up to 1."""
    weights = 0.5 ** (np.arange(count - 1, -1, -1, dtype=np.float64) / half_life)
    found: Numbers = weights / weights.sum()
    return found
