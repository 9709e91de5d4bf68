"""New rows are put among the hours that are here: where they share time, as the author said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from studio.store.days import Days
from timelog.found import mark
from timelog.incoming import Spent
from timelog.keys import Keyed
from timelog.models import TimeEntry
from timelog.overlap import Stretch
from timelog.settling import BOTH, WAYS, settle
from timelog.sharing import scaled

# A way of `settling` by the mark of a row; that of "" is for all others.
Ways = Mapping[str, str]


@dataclass
class Among:
    """The new rows as they come to be, and entries by their pk that are to be moved; how many rows
    keep their time and share it, as their way would have left nothing of one."""

    rows: list[Keyed]
    moved: dict[int, Stretch]
    as_they_were: int = 0


def put(new: list[Keyed], ways: Ways) -> Among:
    """Put new rows among the entries, which are locked for this transaction."""
    usual = way_of(ways, "")
    timed = {place: each for place, (_, each) in enumerate(new) if each.start and each.end}
    if not timed or not (set(ways.values()) & set(WAYS)) - {BOTH}:
        return Among(new, {})
    rows = [stretch_of(each) for each in timed.values()]
    first, last = min(each.start for each in rows), max(each.end for each in rows)
    here = TimeEntry.objects.select_for_update().spans(first, last)
    settled = settle(
        rows,
        [in_utc(start, end, pk, zone) for start, end, pk, zone in here],
        {number: way_of(ways, mark(each)) for number, each in enumerate(timed.values())},
        usual,
    )
    days, places = Days.of_the_studio(), list(timed)
    told = list(new)
    for number, stretch in settled.rows.items():
        key, each = new[places[number]]
        told[places[number]] = (key, shortened(each, stretch, days))
    return Among(told, settled.entries, len(settled.as_they_were))


def way_of(ways: Ways, mark: str) -> str:
    """The way of one row; both are kept where nothing was said."""
    way = ways.get(mark) or ways.get("") or BOTH
    return way if way in WAYS else BOTH


def stretch_of(row: Spent) -> Stretch:
    """When a row was."""
    assert row.start and row.end
    return in_utc(row.start, row.end, 0, row.zone)


def in_utc(start: datetime, end: datetime, pk: int, zone: str) -> Stretch:
    """A stretch that can be compared with those of other zones."""
    return Stretch(start.astimezone(UTC), end.astimezone(UTC), pk, zone)


def shortened(row: Spent, stretch: Stretch, days: Days) -> Spent:
    """The row at another time; one that took less than its time, for breaks, takes no more."""
    day = row.day
    if stretch.start != row.start:
        day = Days(row.zone or days.zone_name, days.starts_at).of(stretch.start)
    seconds = min(row.seconds, stretch.seconds)
    own = row.own
    if own:
        # As a correction by hand would leave it: shares given by hand keep their proportion,
        # others are found anew.
        hand = [each for each in own["links"] if each["by_hand"]]
        shares = scaled([each["seconds"] for each in hand], seconds)
        links = [{**each, "seconds": share} for each, share in zip(hand, shares, strict=True)]
        linked = own.get("linked") if hand else None
        own = {**own, "by_clock": False, "linked": linked, "links": links}
    return replace(row, start=stretch.start, end=stretch.end, seconds=seconds, day=day, own=own)
