"""Durations as people write them, in English and Chinese, and as pages round them."""

import re
import unicodedata

_NUMBER = r"\d+(?:[.,]\d+)?|[.,]\d+"
_HOURS = r"(?:h|hrs?|hours?|个?(?:小时|钟头)|時|时)"
_MINUTES = r"(?:m|mins?|minutes?|分钟?)"
_SECONDS = r"(?:s|secs?|seconds?|秒钟?)"
_clock = re.compile(r"(\d{1,3}):([0-5]?\d)(?::([0-5]?\d)(?:\.\d+)?)?")
_hours = re.compile(
    rf"({_NUMBER})\s*{_HOURS}(?:半|[\s,零又]*(?:and\s+)?(\d+)\s*(?:{_MINUTES}(?:\s*(\d+)\s*{_SECONDS})?)?)?"
)
_minutes = re.compile(rf"({_NUMBER})\s*{_MINUTES}(?:\s*(\d+)\s*{_SECONDS})?")
_bare = re.compile(_NUMBER)
_han = re.compile("([一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)(?<=.)")
_digits = {char: number for number, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_simple = str.maketrans({"個": "个", "時": "时", "鐘": "钟", "鍾": "钟", "頭": "头", "兩": "两"})


def seconds(written: str, bare: int = 3600) -> int:
    """Seconds of "2h40", "2 h 40 min", "2:40", "2.5", "2,5", "40 min", "2小时40分", "两个半小时".

    A bare number counts `bare` seconds each. Raises ValueError when it is none of these, or
    negative.
    """
    text = unicodedata.normalize("NFKC", written).strip().lower().translate(_simple)
    text = _han.sub(_number_in_han, text)
    text = re.sub(r"(\d+)个半(?:小时|钟头)", r"\1小时半", text)
    text = re.sub(r"半个?(?:小时|钟头)", "30分", text)
    if found := _clock.fullmatch(text):
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + rest
    if found := _hours.fullmatch(text):
        extra = 1800 if text.endswith("半") else int(found[2] or 0) * 60 + int(found[3] or 0)
        return round(_number(found[1]) * 3600) + extra
    if found := _minutes.fullmatch(text):
        return round(_number(found[1]) * 60) + int(found[2] or 0)
    if _bare.fullmatch(text):
        return round(_number(text) * bare)
    raise ValueError(written)


def in_minutes(length: float) -> int:
    """Seconds as whole minutes, rounded as every page rounds them."""
    return round(length / 60)


def whole_hours(length: float) -> int:
    """The full hours of `length` seconds as a page shows them: 1,946:59:40 reads 1,947 h."""
    return in_minutes(length) // 60


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _number_in_han(found: re.Match[str]) -> str:
    """十二 -> 12, 二十 -> 20, 两 -> 2."""
    tens, ten, ones = found.groups()
    if not ten:
        return "".join(str(_digits[char]) for char in tens + ones)
    return str(10 * _digits.get(tens, 1) + _digits.get(ones, 0))
