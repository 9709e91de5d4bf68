"""How a row that is brought in is known again: by what it says. Pure."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from timelog.incoming import Spent
from timelog.incoming.kinds import plain_name

Keyed = tuple[str, Spent]
_so_far = re.compile(r"(.+)@(\d+)-(\d+)")


def new_rows(rows: Iterable[Spent], source: str, kept: Collection[str]) -> list[Keyed]:
    """The rows whose keys are not among those `kept`, each with its key.

    Of a row that tells a day's sum so far only what is more than was kept is new; its key tells
    from which sum to which, so that parts can be taken back in any order.
    """
    have: Counter[str] = Counter()
    for key in kept:
        if part := _so_far.fullmatch(key):
            have[part[1]] += int(part[3]) - int(part[2])
    new = []
    for key, each in with_keys(rows, source):
        if not each.so_far:
            if key not in kept:
                new.append((key, each))
        elif (before := have[key]) < each.seconds:
            have[key] = each.seconds
            more = replace(each, seconds=each.seconds - before)
            new.append((f"{key}@{before}-{each.seconds}", more))
    return new


def with_keys(rows: Iterable[Spent], source: str) -> list[Keyed]:
    """Each row with a key made of what it says; of equal rows the first is 1, the second 2."""
    times: Counter[tuple[object, ...]] = Counter()
    keyed = []
    for each in rows:
        says = what_it_says(each)
        number = 0
        if not each.so_far:
            times[says] += 1
            number = times[says]
        text = "\x1f".join(map(str, (source, *says, number)))
        keyed.append((f"{source}:{hashlib.sha256(text.encode()).hexdigest()}", each))
    return keyed


def what_it_says(each: Spent) -> tuple[object, ...]:
    """Its start and end where it tells them, else its day and length; and its words."""
    kind, note = plain_name(each.kind), unicodedata.normalize("NFC", each.note)
    if each.so_far:
        return each.day.isoformat(), kind
    text = unicodedata.normalize("NFC", each.text)
    words = (text,) if text else (kind, note)
    if each.start is not None and each.end is not None:
        return each.start.isoformat(), each.end.isoformat(), *words
    return each.day.isoformat(), each.seconds, *words


def repeated(rows: Iterable[Spent]) -> int:
    """How many rows say just what one before them said."""
    counts = Counter(what_it_says(each) for each in rows if not each.so_far)
    return sum(number - 1 for number in counts.values())
