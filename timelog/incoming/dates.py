"""Days as people write them, in English and Chinese, and the order of numbers in a whole file."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from .record import EXCEL, NotRead

ORDERS = ("dmy", "mdy", "ymd")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_weekday = re.compile(
    r"\(?(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]\)?|\([一二三四五六日]\)"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
)
_clock = re.compile(
    r"(?:t|\s+)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:z|[+-]\d\d:?\d\d)?$"
)
_year_first = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")
_compact = re.compile(r"(\d{4})(\d\d)(\d\d)")
_named = (
    re.compile(
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?P<m>[a-z]{3,9})[\s.,\-/]*(?P<y>\d{4}|\d\d)"
    ),
    re.compile(r"(?P<m>[a-z]{3,9})[\s.\-/]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s,]+(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[\s.,\-/]*(?P<m>[a-z]{3,9})[\s.\-/]*(?P<d>\d{1,2})"),
)
_numbers = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{1,2})")
_serial = re.compile(r"([2-7]\d{4})(?:\.\d+)?")


def read_day(written: str, order: str = "", origin: date = EXCEL) -> date:
    """The day of "2026-11-03", "2026年11月3日", "3 Nov 2026", "Nov 3, 2026", "3/11/2026", 46329.

    `order` tells which number is which where no year comes first; a bare number counts days from
    `origin`. Raises ValueError.
    """
    text = plain(written)
    if found := _year_first.fullmatch(text) or _compact.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return between(date(year, month, day))
    for pattern in _named:
        if found := pattern.fullmatch(text):
            return between(date(full(found["y"]), month_of(found["m"]), int(found["d"])))
    if (found := _numbers.fullmatch(text)) and order:
        return in_order(found.groups(), order)
    if found := _serial.fullmatch(text):
        return origin + timedelta(days=int(found[1]))
    raise ValueError(written)


def plain(written: str) -> str:
    """Without the day of the week and the time of day."""
    text = unicodedata.normalize("NFKC", written).strip().lower()
    return _clock.sub("", _weekday.sub(" ", text).strip(" ,.")).strip(" ,.")


def month_of(word: str) -> int:
    """ "sept" -> 9; what is no month -> 0, which no date takes."""
    return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)


def full(year: str) -> int:
    """26 -> 2026, 99 -> 1999 (POSIX)."""
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number < 69 else 1900)


def between(day: date) -> date:
    """The day, when a person of today can have worked on it."""
    if not 1900 <= day.year <= 2100:
        raise ValueError(day)
    return day


def in_order(parts: tuple[str, ...], order: str) -> date:
    """("3", "11", "2026"), "dmy" -> 3 November 2026. Raises ValueError."""
    told = dict(zip(order, parts, strict=True))
    if len(told["d"]) > 2 or len(told["m"]) > 2 or len(told["y"]) < 2:
        raise ValueError(parts)
    return between(date(full(told["y"]), int(told["m"]), int(told["d"])))


def order_of(cells: Iterable[str]) -> str:
    """The one order in which the dates of a file make sense; "" when none needs an order.

    Raises NotRead when several orders give different days, or when no order fits all.
    """
    found = [match.groups() for cell in cells if (match := _numbers.fullmatch(plain(cell)))]
    by_order = {order: [day_or_none(parts, order) for parts in found] for order in ORDERS}
    # A date that is wrong in every order is a slip and must not decide for the others.
    sound = [row for row in range(len(found)) if any(by_order[order][row] for order in ORDERS)]
    if not sound:
        return ""
    fitting = [order for order in ORDERS if all(by_order[order][row] for row in sound)]
    if not fitting:
        raise NotRead("orders")
    if len({tuple(by_order[order][row] for row in sound) for order in fitting}) > 1:
        raise NotRead("order", "/".join(found[sound[0]]))
    return fitting[0]


def day_or_none(parts: tuple[str, ...], order: str) -> date | None:
    """The day in that order, if there is one."""
    try:
        return in_order(parts, order)
    except ValueError:
        return None
