"""The days a rule of a calendar gives (RFC 5545, 3.3.10), by day, week, month and year.

Each day up to the last one asked for is looked at once, so that a rule that never comes true ends
as soon as any other.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)
_by_day = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_known = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH"),
    *("BYYEARDAY", "BYSETPOS"),
}


@dataclass(frozen=True)
class Rule:
    """A rule whose parts are numbers; weekdays are (which of them or 0, 0 for Monday)."""

    freq: str
    interval: int = 1
    count: int = 0
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()


def rule_of(parts: Mapping[str, Sequence[object]]) -> Rule:
    """From the parts of an RRULE. Raises ValueError for what is none, or goes by the hour."""
    told = {name.upper(): [str(value).upper() for value in parts[name]] for name in parts}
    freq = "".join(told.get("FREQ", []))
    if freq not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"} or not told.keys() <= _known:
        raise ValueError(freq)
    weekdays = [_by_day.fullmatch(each) for each in told.get("BYDAY", [])]
    rule = Rule(
        freq,
        interval=number(told.get("INTERVAL", ["1"])),
        count=number(told.get("COUNT", ["0"])),
        week_start=WEEK.index(told.get("WKST", ["MO"])[0]),
        days=tuple((int(found[1] or 0), WEEK.index(found[2])) for found in weekdays if found),
        month_days=numbers(told, "BYMONTHDAY", 31),
        months=numbers(told, "BYMONTH", 12),
        year_days=numbers(told, "BYYEARDAY", 366),
        positions=numbers(told, "BYSETPOS", 366),
    )
    if not all(weekdays) or rule.interval < 1:
        raise ValueError(freq)
    return rule


def number(values: Sequence[str]) -> int:
    """The one number of a part. Raises ValueError."""
    (value,) = values
    return int(value)


def numbers(told: Mapping[str, Sequence[str]], name: str, most: int) -> tuple[int, ...]:
    """The numbers of a part, each from 1 to `most` or as much before the end."""
    found = tuple(int(value) for value in told.get(name, ()))
    if any(not 1 <= abs(each) <= most for each in found):
        raise ValueError(name)
    return found


def follow(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` that a rule gives to what first is on `first`."""
    left = rule.count or -1
    for start, end in periods(rule, first, last):
        fitting = [day for day in span(start, end) if fits(rule, day, first)]
        if rule.positions:
            places = {n - 1 if n > 0 else len(fitting) + n for n in rule.positions}
            fitting = [day for n, day in enumerate(fitting) if n in places]
        for day in fitting:
            if day > last or left == 0:
                return
            if day >= first:
                left -= 1
                yield day


def span(start: date, end: date) -> Iterator[date]:
    """Each day of a period."""
    return (start + DAY * n for n in range((end - start).days + 1))


def periods(rule: Rule, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each period that counts, from that of `first` on."""
    step = 0
    while True:
        if rule.freq == "DAILY":
            start = end = first + DAY * step
        elif rule.freq == "WEEKLY":
            start = first - DAY * ((first.weekday() - rule.week_start) % 7) + DAY * 7 * step
            end = start + DAY * 6
        elif rule.freq == "MONTHLY":
            months = first.year * 12 + first.month - 1 + step
            start = date(months // 12, months % 12 + 1, 1)
            end = start.replace(day=monthrange(start.year, start.month)[1])
        else:
            start, end = date(first.year + step, 1, 1), date(first.year + step, 12, 31)
        if start > last:
            return
        yield start, end
        step += rule.interval


def fits(rule: Rule, day: date, first: date) -> bool:
    """Whether a day of a period that counts is one the rule gives."""
    if rule.months and day.month not in rule.months:
        return False
    length = monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    if rule.year_days:
        of_year = day.timetuple().tm_yday
        year = 366 if monthrange(day.year, 2)[1] == 29 else 365
        if not {of_year, of_year - year - 1} & set(rule.year_days):
            return False
    if rule.days:
        return any(is_weekday(rule, day, *each) for each in rule.days)
    if rule.month_days or rule.year_days or rule.freq == "DAILY":
        return True
    if rule.freq == "WEEKLY":
        return day.weekday() == first.weekday()
    same_month = rule.freq == "MONTHLY" or rule.months or day.month == first.month
    return bool(same_month) and day.day == first.day


def is_weekday(rule: Rule, day: date, which: int, weekday: int) -> bool:
    """Whether it is that weekday, and where a number is told, that one of its month or year."""
    if day.weekday() != weekday:
        return False
    if not which or rule.freq in {"DAILY", "WEEKLY"}:
        return True
    if rule.freq == "MONTHLY" or rule.months:
        place, length = day.day, monthrange(day.year, day.month)[1]
    else:
        place = day.timetuple().tm_yday
        length = date(day.year, 12, 31).timetuple().tm_yday
    return which in {(place - 1) // 7 + 1, -((length - place) // 7 + 1)}
