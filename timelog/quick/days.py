"""Which day a line speaks of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from timelog.quick.line import Line
from timelog.quick.numbers import HAN, number

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAY = r"(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?"
_NUMBER = rf"(\d{{1,3}}|[{HAN}]{{1,3}})"


@dataclass(frozen=True)
class Day:
    """A day, or the two it may be; `part` is its first hour and its end (over 24 in the night)
    where the word names one: last night, 昨晚, 今早."""

    found: re.Match[str]
    choices: tuple[date, ...]
    part: tuple[int, int] | None = None


Reader = Callable[[re.Match[str], date], "tuple[date, ...] | None"]


def day_of(line: Line, today: date) -> Day | None:
    """The day `line` names, taken out of it; None when it names none. Nothing lies ahead:
    a day without a year is the last one of that name."""
    for pattern, reader in _PATTERNS:
        found = line.find(pattern)
        if found is None:
            continue
        choices = reader(found, today)
        if not choices:
            continue
        line.take(found)
        return Day(found, choices, _part(found[0]))
    return None


def _part(word: str) -> tuple[int, int] | None:
    if re.search(r"night|evening|晚|夜", word):
        return (17, 30)
    if re.search(r"morning|早|晨", word):
        return (4, 13)
    return (12, 19) if "afternoon" in word else None


# --- relative ---------------------------------------------------------------------------------
def _ago(days: int) -> Reader:
    return lambda _found, today: (today - timedelta(days=days),)


def _some_days_ago(found: re.Match[str], today: date) -> tuple[date, ...] | None:
    days = number(found[1])
    return (today - timedelta(days=days),) if days <= 366 else None


def _weekday(found: re.Match[str], today: date) -> tuple[date, ...]:
    """The last such day; today's own name and "last" may mean two."""
    wanted = next(n for n, name in enumerate(_DAYS) if found[2].startswith(name))
    back = (today.weekday() - wanted) % 7
    latest = today - timedelta(days=back)
    before = latest - timedelta(days=7)
    if back == 0:
        return (before,) if found[1] == "last" else (latest, before)
    # "last Monday" on a Wednesday is the day before yesterday to some, nine days ago to others.
    return (latest, before) if found[1] == "last" and back <= today.weekday() else (latest,)


def _chinese_weekday(found: re.Match[str], today: date) -> tuple[date, ...] | None:
    """周三 is this week's, or last week's where that lies ahead; 上周三 is last week's."""
    wanted = "一二三四五六日".index(found[2].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    this = monday + timedelta(days=wanted)
    weeks = len(found[1] or "") if (found[1] or "").startswith("上") else 0
    if weeks:
        return (this - timedelta(days=7 * weeks),)
    if this <= today:
        return (this,)
    return None if found[1] else (this - timedelta(days=7),)


# --- by the calendar --------------------------------------------------------------------------
def _full(found: re.Match[str], _today: date) -> tuple[date, ...] | None:
    return _made(int(found[1]), int(found[2]), int(found[3]))


def _month_and_day(found: re.Match[str], today: date) -> tuple[date, ...] | None:
    return _last(today, number(found["month"]), number(found["day"]))


def _named(found: re.Match[str], today: date) -> tuple[date, ...] | None:
    month = _MONTHS.index(found["month"][:3]) + 1
    if found["year"]:
        return _made(int(found["year"]), month, int(found["day"]))
    return _last(today, month, int(found["day"]))


def _slashed(found: re.Match[str], today: date) -> tuple[date, ...] | None:
    """5/6 is two days, unless one of the two numbers is no month."""
    first, second = int(found[1]), int(found[2])
    both = [*(_last(today, first, second) or ()), *(_last(today, second, first) or ())]
    return tuple(dict.fromkeys(both))


def _day_of_month(found: re.Match[str], today: date) -> tuple[date, ...] | None:
    wanted = number(found[1])
    for back in range(62):
        day = today - timedelta(days=back)
        if day.day == wanted:
            return (day,)
    return None


def _made(year: int, month: int, day: int) -> tuple[date, ...] | None:
    try:
        return (date(year, month, day),)
    except ValueError:
        return None


def _last(today: date, month: int, day: int) -> tuple[date, ...] | None:
    """The last day of that name that is not ahead; 29 February lies up to eight years back."""
    for year in range(today.year, today.year - 9, -1):
        made = _made(year, month, day)
        if made and made[0] <= today:
            return made
    return None


def _patterns() -> Iterator[tuple[re.Pattern[str], Reader]]:
    yield re.compile(r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)[日号]?"), _full
    yield (
        re.compile(
            rf"(?P<month>\d{{1,2}}|[{HAN}]{{1,2}})\s?月\s?(?P<day>\d{{1,2}}|[{HAN}]{{1,3}})\s?[日号]"
        ),
        _month_and_day,
    )
    year = r"(?:,?\s+(?P<year>\d{4}))?"
    month, day = f"(?P<month>{_MONTH})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    yield (
        re.compile(rf"(?<![a-z])(?:on\s+)?{month}\s+{day}(?!\d|:|\s?[hm]\b){year}"),
        _named,
    )
    yield (
        re.compile(rf"(?<![\w:.])(?:on\s+)?{day}\s+{month}{year}(?![a-z])"),
        _named,
    )
    yield re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])"), _slashed
    yield re.compile(r"大前[天日]"), _ago(3)
    yield (
        re.compile(r"(?<![a-z])(?:the\s+)?day\s+before\s+yesterday(?![a-z])|前[天日晚夜]"),
        _ago(2),
    )
    yield (
        re.compile(
            r"(?<![a-z])(?:yesterday(?:\s+(?:night|evening))?|last\s+night)(?![a-z])|昨[天日晚夜]"
        ),
        _ago(1),
    )
    yield (
        re.compile(
            r"(?<![a-z])(?:today|tonight|this\s+(?:morning|afternoon|evening))(?![a-z])|今[天日早晚晨夜]"
        ),
        _ago(0),
    )
    yield re.compile(r"(?<![a-z])tomorrow(?![a-z])|明[天日早晚]"), _ago(-1)
    yield re.compile(rf"{_NUMBER}\s*天(?:之)?前"), _some_days_ago
    yield (
        re.compile(r"(?<!\w)(\d{1,3}|an?|one|two|three|four|five|six|seven)\s+days?\s+ago(?!\w)"),
        _some_days_ago,
    )
    yield re.compile(rf"(?<![a-z])(?:on\s+)?(last|this)?\s*{_DAY}(?![a-z])"), _weekday
    yield re.compile(r"(上{1,2}个?|这|本)?(?:周|星期|礼拜)([一二三四五六日天])"), _chinese_weekday
    yield re.compile(rf"(?<!\d)(\d{{1,2}}|[{HAN}]{{1,3}})\s?[号](?!楼|线|镜|机|门)"), _day_of_month


_PATTERNS = tuple(_patterns())
