"""Small numbers in figures, in words and in Han characters."""

import re

HAN = "零〇一二两三四五六七八九十"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SPELT = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: value for value, word in enumerate(_SPELT.split(" "))} | {"a": 1, "an": 1}


def number(written: str) -> int:
    """12, twelve, 十二, 二十, 廿 is not known; raises ValueError when it is no number."""
    if written.isdecimal():
        return int(written)
    if written in _WORDS:
        return _WORDS[written]
    if not written or not re.fullmatch(f"[{HAN}]+", written):
        raise ValueError(written)
    if "十" not in written:
        return int("".join(str(_DIGITS[char]) for char in written))
    tens, _, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError(written)
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
