"""Times of day and lengths in a line."""

import re
from dataclasses import dataclass

from timelog.duration import seconds
from timelog.quick.line import Line
from timelog.quick.numbers import HAN, number

# Part of the day: the hours an hour of the dial may mean there, on the clock of 36 hours that
# begins at midnight: one o'clock "at night" is 25.
_PARTS: dict[str, tuple[int, int]] = {
    "凌晨": (0, 6), "清晨": (4, 9), "早上": (4, 12), "早晨": (4, 12), "早": (4, 12),
    "上午": (5, 13), "中午": (11, 14), "下午": (12, 19), "傍晚": (16, 21), "晚上": (17, 29),
    "夜里": (18, 30), "半夜": (23, 30), "晚": (17, 29), "夜": (18, 30),
    "am": (0, 12), "pm": (12, 24), "in the morning": (4, 12), "in the afternoon": (12, 19),
    "in the evening": (17, 24), "at night": (18, 30),
}  # fmt: skip
_HAN_PART = "|".join(sorted((key for key in _PARTS if not key.isascii()), key=len, reverse=True))
_AFTER = (
    r"(?:\s?(?P<{0}_after>am|pm|a\.m\.|p\.m\.)"
    r"|\s(?P<{0}_in>in the morning|in the afternoon|in the evening|at night))?"
)
_ENGLISH = (
    r"(?P<{0}_word>noon|midnight)|(?P<{0}_hour>\d{{1,2}})(?:[:.](?P<{0}_minute>[0-5]\d))?" + _AFTER
)
_CHINESE = (
    rf"(?P<{{0}}_part>{_HAN_PART})?\s?(?:(?P<{{0}}_dial>\d{{{{1,2}}}}|[{HAN}]{{{{1,3}}}})\s?点钟?"
    rf"(?:(?P<{{0}}_half>半|一刻|三刻)|(?P<{{0}}_past>\d{{{{1,2}}}}|[{HAN}]{{{{1,3}}}})分?)?"
    rf"|(?P<{{0}}_only>(?<=中)午|(?<=正)午|午夜))"
)
_TO = r"\s*(?:-|–|—|~|to|until|till|到|至)\s*"
_NOW = r"(?P<now>now|现在|此刻)"


def _time(name: str) -> str:
    return f"(?:{_CHINESE.format(name)}|{_ENGLISH.format(name)})"


_RANGE = re.compile(
    rf"(?<![\w:/.])(?:(?P<lead>from|between|从|自)\s*)?{_time('a')}(?:{_TO}|\s+and\s+)"
    rf"(?:{_time('b')}|{_NOW})(?![\w:/]*\d)(?!\s?(?:scenes|shots|pages|words|%))"
)
_START = re.compile(
    rf"(?<![\w:/.])(?:(?P<lead>at|from|since|从|自)\s*){_time('a')}(?!\d)"
    rf"|(?<![\w:/.]){_time('c')}\s?(?P<since>开始|起)"
)
_LENGTHS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:\d+(?:\.\d+)?|[{HAN}]{{1,3}})\s?个半\s?(?:小时|钟头)",
        rf"(?:\d+(?:\.\d+)?|[{HAN}]{{1,3}})\s?个?\s?(?:小时|钟头)"
        rf"(?:半|零?\s?(?:\d{{1,2}}|[{HAN}]{{1,3}})\s?分钟?)?",
        r"半个?(?:小时|钟头)",
        r"(?:一|三)刻钟",
        rf"(?:\d{{1,3}}|[{HAN}]{{1,3}})\s?分钟",
        r"(?<![\w.,:/])(?:for\s+)?\d+(?:[.,]\d+)?\s?(?:hours?|hrs?|h)"
        r"(?:(?:\s?(?:and\s)?)[0-5]?\d(?:\s?(?:minutes?|mins?|m))?(?![\w:]))?(?![a-z\d])",
        r"(?<![\w.,:/])(?:for\s+)?\d{1,4}\s?(?:minutes?|mins?|m)(?![a-z\d])",
        r"(?<![a-z])(?:for\s+)?"
        r"(?:half\s+an?\s+hour|an?\s+hour\s+and\s+a\s+half|an?\s+hour)(?![a-z])",
        r"(?<![\w:/.-])\d{1,2}:[0-5]\d(?![\w:/])",
    )
)
_LEADING = re.compile(r"^\s*(\d{1,3}(?:[.,]\d{1,2})?)(?=\s|$)")
_WORDED = {"half": 1800, "hour": 3600, "hour and a half": 5400, "一刻钟": 900, "三刻钟": 2700}


@dataclass(frozen=True)
class Times:
    """Pairs of minutes after midnight of the day that is spoken of: more than one is a question.

    An end of None is now; `open_end` when only a beginning was said.
    """

    found: re.Match[str]
    pairs: tuple[tuple[int, int | None], ...]
    open_end: bool = False


def times_of(line: Line, part: tuple[int, int] | None) -> Times | None:
    """A stretch "from … to …", or only its beginning, taken out of the line; `part` is that of
    the day, where the day's name had one."""
    for found in _RANGE.finditer(line.open):
        starts = _minutes(found, "a")
        ends: list[int | None] = [None] if found["now"] else [*_minutes(found, "b")]
        if not starts or not ends or not (part or _sure(found)):
            continue
        starts, ends = _agree(found, starts, ends)
        pairs = _pairs(within(starts, part), ends)
        if pairs:
            line.take(found)
            return Times(found, pairs)
    found_start = line.find(_START)
    if found_start is None:
        return None
    starts = _minutes(found_start, "a") or _minutes(found_start, "c")
    if not starts:
        return None
    line.take(found_start)
    begun = within(starts, part)
    return Times(found_start, tuple((minute, None) for minute in begun), open_end=True)


def within(starts: list[int], part: tuple[int, int] | None) -> list[int]:
    """Those of the part of the day, one o'clock at night as 25; all where none fits."""
    if part is None:
        return starts
    first, end = (60 * hour for hour in part)
    turned = (minute + turn for minute in starts for turn in (0, 1440))
    return [minute for minute in turned if first <= minute < end] or starts


def _sure(found: re.Match[str]) -> bool:
    """Whether it speaks of the clock: 10-12 alone may be pages."""
    return bool(
        found["lead"]
        or found["now"]
        or any(
            found[f"{name}_{group}"]
            for name in "ab"
            for group in ("minute", "after", "in", "word", "dial", "only")
        )
    )


def _minutes(found: re.Match[str], name: str) -> list[int]:
    """What a time may mean, in minutes after midnight, the sooner first."""
    said = {
        key: found.groupdict().get(f"{name}_{key}")
        for key in ("word", "hour", "minute", "after", "in", "part", "dial", "half", "past", "only")
    }
    if said["word"]:
        return [720] if said["word"] == "noon" else [1440, 0]
    if said["only"]:
        return [1440, 0] if said["only"] == "午夜" else [720]
    try:
        hour = number(said["hour"] or said["dial"] or "")
        minute = int(said["minute"] or 0)
        if said["past"]:
            minute = number(said["past"])
    except ValueError:
        return []
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(said["half"] or "", minute)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return []
    part = said["part"] or (said["after"] or "").replace(".", "") or said["in"] or ""
    exact = bool(said["minute"]) and not part and (hour > 12 or len(said["hour"] or "") == 2)
    return [60 * one + minute for one in _hours(hour, part, exact)]


def _hours(hour: int, part: str, exact: bool) -> list[int]:
    if part:
        first, end = _PARTS[part]
        if part in {"am", "pm"} and 1 <= hour <= 12:
            return [hour % 12 + (12 if part == "pm" else 0)]
        fits = [one for one in (hour, hour + 12, hour + 24) if first <= one < end and one <= 36]
        return fits[:1]
    if exact or hour > 12 or hour == 0:
        return [hour]
    return [hour, hour + 12]


def _agree(
    found: re.Match[str], starts: list[int], ends: list[int | None]
) -> tuple[list[int], list[int | None]]:
    """A part of the day said once holds for both: 9-11pm, 晚上十点到十二点, 10:00-12:00."""
    names = found.groupdict()
    first = names["a_part"] or names["a_after"] or names["a_in"]
    last = names["b_part"] or names["b_after"] or names["b_in"]
    if first and not last and len(ends) > 1:
        after = [end for end in ends if end is not None and end > starts[0]]
        night = _PARTS.get(first, (0, 24))[1] > 24
        later = [end + 720 for end in ends if end is not None and end + 720 > starts[0]]
        ends = [min(after)] if after else ([min(later)] if later and night else ends)
    elif last and not first and len(starts) > 1:
        before = [start for start in starts if ends[0] is not None and start < ends[0]]
        starts = [max(before)] if before else starts
    return starts, ends


def _pairs(starts: list[int], ends: list[int | None]) -> tuple[tuple[int, int | None], ...]:
    """Each beginning with the first end after it."""
    found: list[tuple[int, int | None]] = []
    for start in starts:
        if ends == [None]:
            found.append((start, None))
            continue
        dial = [end for end in ends if end is not None]
        after = [end + turn for end in dial for turn in (0, 1440, 2880) if end + turn > start]
        found.append((start, min(after)))
    # Of two readings of the same dial the one that is twelve hours longer is none.
    shortest = min((end or start) - start for start, end in found)
    return tuple(pair for pair in found if (pair[1] or pair[0]) - pair[0] - shortest < 720)


@dataclass(frozen=True)
class Length:
    """Seconds, or what they may be; several are a question. `doubtful`: perhaps a time of day."""

    found: re.Match[str]
    choices: tuple[int, ...]
    doubtful: bool = False


def length_of(line: Line) -> Length | None:
    """How long, taken out of the line."""
    for pattern in _LENGTHS:
        found = line.find(pattern)
        if found is None:
            continue
        try:
            length = _worded(found[0])
        except ValueError:
            continue
        line.take(found)
        # 14:30 is rather the time one began than fourteen hours and a half.
        doubtful = ":" in found[0] and length >= 12 * 3600
        return Length(found, (length,), doubtful)
    found = line.find(_LEADING)
    if found is None:
        return None
    line.take(found)
    value = float(found[1].replace(",", "."))
    if value <= 16:
        return Length(found, (round(value * 3600),))
    return Length(found, (round(value * 60), round(value * 3600)))


def _worded(written: str) -> int:
    text = " ".join(written.split()).removeprefix("for ")
    if "half" in text or text.endswith(" hour"):
        if text.startswith("half"):
            return _WORDED["half"]
        return _WORDED["hour and a half"] if text.endswith("half") else _WORDED["hour"]
    return _WORDED.get(text) or seconds(text)
