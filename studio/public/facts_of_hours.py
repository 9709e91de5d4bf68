"""The hours as they may be shown: whole days or weeks, after a delay, never the time of day.

Exact hours can reveal a life: when a person rises, travels, is ill. So a copy holds whole hours up
to the last complete day or week that ended before the delay, and a year as levels or weekly sums.
"""

from datetime import date, timedelta
from typing import Any

from studio.public.source import Marks, Studio
from studio.store.days import monday_of
from timelog.duration import whole_hours
from timelog.pace import horizon

DELAYS = (24, 72, 168, 672)  # hours
PACE_DAYS = 28
WEEKS = 52
LEVELS = (1, 2, 4, 6)  # hours of a day that make it a shade darker

Options = dict[str, Any]


def last_day(studio: Studio, options: Options) -> date:
    """The last day that counts."""
    delay = options.get("delay")
    delay = delay if delay in DELAYS else DELAYS[0]
    day = studio.days.of(studio.now - timedelta(hours=delay)) - timedelta(days=1)
    if options.get("grain") == "day":
        return day
    return monday_of(day + timedelta(days=1)) - timedelta(days=1)  # a Sunday


def kinds_of(studio: Studio) -> frozenset[int]:
    """What the farthest milestone counts; without one, all film craft."""
    farthest = max(studio.milestones, key=lambda marks: marks.hours, default=None)
    if farthest:
        return farthest.kinds
    return frozenset(kind.pk for kind in studio.kinds if kind.family == "video")


def totals_until(studio: Studio, day: date) -> dict[int, int]:
    """Seconds by kind, of all days up to `day`."""
    totals = {kind.pk: kind.total for kind in studio.kinds}
    for when, kind, seconds in studio.spent:
        if when > day:
            totals[kind] -= seconds
    return totals


def hours(studio: Studio, options: Options) -> dict[str, Any] | None:
    """Hours in all, the way to the next milestone, and the year if chosen."""
    kinds = kinds_of(studio)
    until = last_day(studio, options)
    totals = totals_until(studio, until)
    full = whole_hours(sum(totals.get(kind, 0) for kind in kinds))
    if not full:
        return None
    facts: dict[str, Any] = {
        "hours": full,
        "until": until.isoformat(),
        "line": None,
        "year": None,
    }
    rows = [(marks.pk, marks.hours, kind) for marks in studio.milestones for kind in marks.kinds]
    since = until - timedelta(days=PACE_DAYS - 1)
    spent = [(kind, secs) for day, kind, secs in studio.spent if since <= day <= until]
    line = horizon(rows, totals, spent, until, PACE_DAYS)
    if line is not None:
        shows_day = options.get("forecast", True) and line.by
        facts["line"] = {
            "farthest": line.farthest,
            "at": line.at,
            "next": line.next_hours,
            "to_next": line.to_next,
            "by": line.by.isoformat() if shows_day and line.by else None,
            "ticks": [list(tick) for tick in line.ticks],
        }
    if options.get("year"):
        facts["year"] = year(studio, kinds, until, options.get("grain") == "day")
    return facts


def year(studio: Studio, kinds: frozenset[int], until: date, daily: bool) -> dict[str, Any]:
    """The last 52 weeks: whole hours a week, or a level of 0 to 4 a day, from a Monday on."""
    first = monday_of(until) - timedelta(weeks=WEEKS - 1)
    by_day: dict[date, int] = {}
    for day, kind, seconds in studio.spent:
        if kind in kinds and first <= day <= until:
            by_day[day] = by_day.get(day, 0) + seconds
    days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    if daily:
        levels = [sum(by_day.get(day, 0) >= 3600 * most for most in LEVELS) for day in days]
        return {"grain": "day", "first": first.isoformat(), "values": levels}
    weeks = [days[n : n + 7] for n in range(0, len(days), 7)]
    sums = [round(sum(by_day.get(day, 0) for day in week) / 3600) for week in weeks]
    return {"grain": "week", "first": first.isoformat(), "values": sums}


def reached(studio: Studio, marks: Marks, options: Options) -> tuple[bool, date | None]:
    """Whether its hours are reached by the last day that counts, and the day if the log has it."""
    until = last_day(studio, options)
    totals = totals_until(studio, until)
    if whole_hours(sum(totals.get(kind, 0) for kind in marks.kinds)) < marks.hours:
        return False, None
    return True, marks.reached or studio.crossed(marks)
