"""Durations as people write them, in English and Chinese."""

import re

_NUMBER = r"\d+(?:[.,]\d+)?"
_HOURS = r"(?:h|hr|hrs|hour|hours|小时|個小時|个小时|小時|时|時)"
_MINUTES = r"(?:m|min|mins|minute|minutes|分|分钟|分鐘)"
_clock = re.compile(r"(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?")
_hours = re.compile(rf"({_NUMBER})\s*{_HOURS}(?:\s*(\d+)\s*{_MINUTES}?)?(半)?")
_minutes = re.compile(rf"({_NUMBER})\s*{_MINUTES}")
_bare = re.compile(_NUMBER)


def seconds(written: str) -> int:
    """Seconds of "2h40", "2 h 40 min", "2:40", "2.5", "2,5", "40 min", "2小时40分", "两小时半".

    A bare number means hours. Raises ValueError when it is none of these, or negative.
    """
    text = written.strip().lower().replace("：", ":").replace("两", "2").replace("半小时", "30分")
    if found := _clock.fullmatch(text):
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + rest
    if found := _hours.fullmatch(text):
        hours_part, minutes_part, half = found.groups()
        extra = int(minutes_part or 0) * 60 + (1800 if half else 0)
        return round(_number(hours_part) * 3600) + extra
    if found := _minutes.fullmatch(text):
        return round(_number(found[1]) * 60)
    if _bare.fullmatch(text):
        return round(_number(text) * 3600)
    raise ValueError(written)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
