"""A year of hours that adds up: 1,947 of film craft, and of writing and detours what was left."""

import math
import random
from datetime import date, timedelta

DAYS = 364
CRAFT = 1947 * 3600  # seconds
NOTES = ("photoshop, shot 07", "shot 06, versions", "a new sampler", "motion tests", "")


def year(today: date, seed: int = 41) -> list[tuple[date, str, int, str]]:
    """(day, kind, seconds, note) of the year before `today`; craft sums to CRAFT exactly.

    Two slow waves, a slower Sunday, a week of rest in winter and two in summer.
    """
    chance = random.Random(seed)  # noqa: S311 (the same hours every time)
    first = today - timedelta(days=DAYS)
    weights = []
    for number in range(DAYS):
        day, week = first + timedelta(days=number), number / 7
        level = 5.2 + 1.5 * math.sin(week / 8.2 + 1) + 0.9 * math.sin(week / 2.7)
        level *= 0.62 if day.weekday() == 6 else 1
        level *= 0.12 if 84 <= number < 92 else 0.25 if 238 <= number < 250 else 1
        is_free = chance.random() < 0.07
        weights.append(0.0 if is_free else max(0.0, chance.gauss(level, 2.1)))
    scale = CRAFT / sum(weights)
    rows: list[tuple[date, str, int, str]] = []
    spent = done = 0.0
    for number, weight in enumerate(weights):
        day = first + timedelta(days=number)
        done += weight * scale
        seconds = round(done - spent)
        spent += seconds
        if seconds:
            note = chance.choice(NOTES) if chance.random() < 0.4 else ""
            rows.append((day, "video", seconds, note))
        if weight and chance.random() < 0.6:
            minutes = round(chance.gauss(95 + number / 6, 40) / 5) * 5
            if minutes > 10:
                rows.append((day, "writing", minutes * 60, ""))
        if chance.random() < 0.08:
            rows.append((day, "detour", chance.choice((1800, 3600, 5400)), "a tool that could not"))
    return rows


def with_starts(
    rows: list[tuple[date, str, int, str]],
) -> list[tuple[date, str, int, str, int]]:
    """The same, each with the minute of its day at which it began; none at the same time.

    Writing is for the early morning, film craft for what is left of the day, detours for its end.
    """
    order = {"writing": 0, "video": 1, "detour": 2}
    found: list[tuple[date, str, int, str, int]] = []
    free: dict[date, int] = {}
    for day, kind, seconds, note in sorted(rows, key=lambda row: (row[0], order[row[1]])):
        # Not later than would let the day's work end in it: some days are long.
        wanted = {"writing": 390, "video": 780, "detour": 1260}[kind] + day.toordinal() * 37 % 75
        start = max(free.get(day, 0), min(wanted, 1500 - seconds // 60))
        free[day] = start + seconds // 60 + 5
        found.append((day, kind, seconds, note, start))
    return found
