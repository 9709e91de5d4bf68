"""Tables whose rows tell when they began and ended: the common part of several formats."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from timelog import duration

from . import rows
from .dates import order_of, read_day
from .moments import between, read_clock, read_moment, zone_named
from .record import LeftOut, NotRead, Reading, Refused, Row, Spent, Table, Wishes
from .source import Source, heading

Aliases = Mapping[str, tuple[str, ...]]
_told = {"start": "begin", "start_day": "begin", "start_time": "begin"}
_told |= {"end": "end", "end_day": "end", "end_time": "end", "length": "length", "pause": "length"}
_told |= {"kind": "kind", "note": "note", "tags": "note", "zone": "zone", "person": "person"}
_date = re.compile(r"(?:\s|^)\d{1,2}[:.：]\d\d.*$")


@dataclass
class Layout:
    """Which column is what: places from 0 by role, and the row the headings stand in."""

    places: dict[str, list[int]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    first_row: int = 0
    units: dict[int, int] = field(default_factory=dict)

    def cell(self, cells: Sequence[str], role: str) -> str:
        """The first cell of a role that says anything."""
        return next(self.cells(cells, role), "")

    def cells(self, cells: Sequence[str], role: str) -> Iterator[str]:
        """All of them."""
        for place in self.places.get(role, ()):
            if place < len(cells) and cells[place]:
                yield cells[place]

    def told(self) -> list[tuple[str, str]]:
        """(heading, what it was read as) of each column."""
        roles = {place: role for role, places in self.places.items() for place in places}
        return [(name, _told.get(roles.get(n, ""), "")) for n, name in enumerate(self.names)]


def layout_of(table: Table, aliases: Aliases, needed: Sequence[str]) -> Layout | None:
    """By the first row that names all `needed` roles; the alias that stands first wins."""
    for number, (_, cells) in enumerate(table.rows[:20]):
        names = [heading(cell) for cell in cells]
        places = {
            role: [names.index(word) for word in words if word in names]
            for role, words in aliases.items()
        }
        if all(places.get(role) for role in needed):
            units = {n: unit_of(name) for n, name in enumerate(names)}
            return Layout(places, list(cells), number + 1, units)
    return None


def unit_of(name: str) -> int:
    """What a bare number counts in a column of that name, in seconds."""
    if re.search(r"second|\bsecs?\b|秒", name):
        return 1
    return 60 if re.search(r"minute|\bmins?\b|分", name) else 3600


def read(source: Source, wishes: Wishes, aliases: Aliases, needed: Sequence[str]) -> Reading:
    """Read the rows of a table by its headings. Raises NotRead."""
    table = source.table(wishes.sheet)
    layout = layout_of(table, aliases, needed)
    if layout is None:
        raise NotRead("columns_of", ", ".join(aliases[role][0] for role in needed))
    body = mine(table.rows[layout.first_row :], layout, wishes)
    order = wishes.date_order or order_of(days_of(body, layout))
    zone = zone_named(wishes.zone) if wishes.zone else None
    reading = Reading(columns=layout.told(), sheet=table.sheet, sheets=table.sheets)
    for line, cells in body:
        reading.take(line, partial(row, line, cells, layout, order, zone, wishes))
    reading.zone = wishes.zone
    return reading


def mine(body: list[Row], layout: Layout, wishes: Wishes) -> list[Row]:
    """The rows of one person. Raises NotRead when there are several and none was named."""
    people = Counter(layout.cell(cells, "person") for _, cells in body)
    people.pop("", None)
    if len(people) < 2:
        return body
    if wishes.person not in people:
        names = sorted(people, key=lambda who: -people[who])
        raise NotRead("person", ", ".join(names), names)
    return [row for row in body if layout.cell(row[1], "person") in {wishes.person, ""}]


def days_of(body: list[Row], layout: Layout) -> Iterator[str]:
    """All dates, without their times."""
    for _, cells in body:
        for role in ("start_day", "end_day", "start", "end"):
            if written := layout.cell(cells, role):
                yield _date.sub("", written)


def row(
    line: int,
    cells: Sequence[str],
    layout: Layout,
    order: str,
    zone: ZoneInfo | None,
    wishes: Wishes,
) -> Spent:
    """One row. Raises Refused."""
    kind = layout.cell(cells, "kind")
    note = rows.noted(*layout.cells(cells, "note"), tags=tags_of(layout.cell(cells, "tags")))
    seconds = length_of(cells, layout)
    start = moment(cells, layout, "start", order)
    end = moment(cells, layout, "end", order)
    if isinstance(start, date) and not isinstance(start, datetime):
        if seconds is None:
            raise LeftOut("no_hours", rows.noted(f"{start}", note))
        return rows.dated(line, start, seconds, kind=kind, note=note)
    if start is None:
        raise Refused("no_day")
    if not isinstance(end, datetime):
        if seconds is None:
            raise LeftOut("open", rows.noted(f"{start:%Y-%m-%d %H:%M}", note))
        return from_length(line, start, seconds, zone, wishes, kind, note)
    if end < start and end.tzinfo is None and not layout.cell(cells, "end_day"):
        end += timedelta(days=end.date() == start.date())
    own = layout.cell(cells, "zone")
    begun, ended, doubt = between(start, end, seconds, zone_named(own) if own else zone)
    if start.tzinfo is not None:
        begun = start
    rest = next(layout.cells(cells, "pause"), "")
    if rest and seconds is None:
        whole = round((ended - begun).total_seconds())
        seconds = whole - seconds_of(rest, layout.units[layout.places["pause"][0]])
    return rows.spent(
        line, begun, ended, wishes, seconds=seconds, zone=own, kind=kind, note=note, doubt=doubt
    )


def from_length(
    line: int,
    start: datetime,
    seconds: int,
    zone: ZoneInfo | None,
    wishes: Wishes,
    kind: str,
    note: str,
) -> Spent:
    """A row that tells its start and its length."""
    begun, _, doubt = between(start, start, None, zone)
    end = begun + timedelta(seconds=seconds)
    return rows.spent(line, begun, end, wishes, seconds=seconds, kind=kind, note=note, doubt=doubt)


def moment(cells: Sequence[str], layout: Layout, which: str, order: str) -> datetime | date | None:
    """When a row began or ended: a date with a time, a date alone, or nothing. Raises Refused."""
    written, clock = layout.cell(cells, which), layout.cell(cells, f"{which}_time")
    dated = layout.cell(cells, f"{which}_day") or layout.cell(cells, "start_day")
    try:
        day = read_day(dated, order) if dated else None
        if clock:
            if day is None:
                return read_moment(clock, order)
            return datetime.combine(day, read_clock(clock))
        if written:
            return read_moment(written, order, day)
    except ValueError:
        raise Refused("moment", " ".join(filter(None, (dated, written or clock)))) from None
    return day if which == "start" else None


def length_of(cells: Sequence[str], layout: Layout) -> int | None:
    """The length a row tells, without its break, if it tells one. Raises Refused."""
    for place in layout.places.get("length", ()):
        written = cells[place] if place < len(cells) else ""
        if not written:
            continue
        if written.startswith("="):
            raise Refused("formula", written)
        if written.startswith(("-", "−")):
            raise Refused("negative", written)
        return seconds_of(written, layout.units[place])
    return None


def seconds_of(written: str, unit: int) -> int:
    """ "1:30:00", "26:10:05", "1.5" -> seconds. Raises Refused."""
    if found := re.fullmatch(r"(\d{1,5}):([0-5]?\d)(?::([0-5]?\d))?", written):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    try:
        return duration.seconds(written[:40], bare=unit)
    except ValueError:
        raise Refused("length", written) from None


def tags_of(written: str) -> list[str]:
    """Tags joined by commas."""
    return [tag.strip() for tag in written.split(",") if tag.strip()]
