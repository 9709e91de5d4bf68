"""Days in Chinese numerals, as a headline has them; tables and facts keep Arabic ones."""

from datetime import date

_DIGITS = "零一二三四五六七八九"
_WEEK = "一二三四五六日"


def in_han(number: int) -> str:
    """9 -> 九, 10 -> 十, 19 -> 十九, 20 -> 二十, 31 -> 三十一; 0 to 99."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def han_day(day: date) -> str:
    """十一月十九日."""
    return f"{in_han(day.month)}月{in_han(day.day)}日"


def han_weekday(day: date) -> str:
    """星期四."""
    return f"星期{_WEEK[day.weekday()]}"
