"""Several files of hours, looked at as one: each beside the studio and those before it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from timelog import restore
from timelog.found import Choice, Found, KindFound, look, overlapping
from timelog.incoming import Reading
from timelog.models import Kind


def look_all(
    readings: Sequence[Reading],
    *,
    without_kind: Kind | None = None,
    wanted: Mapping[str, Choice] | None = None,
) -> list[Found]:
    """Compare each with what is kept and with those before it; nothing is changed."""
    found: list[Found] = []
    for reading in readings:
        found.append(look(reading, without_kind=without_kind, wanted=wanted, before=found))
    return found


def together(found: Sequence[Found]) -> Found:
    """What is in all of them, as if it were one file; the only one as it is."""
    if len(found) == 1:
        return found[0]
    reading, months = Reading(), Counter[str]()
    kinds: dict[str, KindFound] = {}
    for each in found:
        reading.spent += each.reading.spent
        reading.refused += each.reading.refused
        reading.left_out += each.reading.left_out
        months.update(dict(each.months))
        for name, kind in each.kinds.items():
            rows, seconds = kind.rows, kind.seconds
            if name in kinds:
                rows, seconds = rows + kinds[name].rows, seconds + kinds[name].seconds
            kinds[name] = replace(kinds.get(name, kind), rows=rows, seconds=seconds)
    new = [row for each in found for row in each.new]
    missing = next((each.missing for each in found if each.missing), restore.Missing())
    return Found(
        reading,
        ", ".join(dict.fromkeys(each.source for each in found)),
        kinds,
        sorted(months.items()),
        new,
        missing,
        overlapping([each for _, each in new]),
    )
