"""What this studio exports (`timelog.outgoing`), read back exactly."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from timelog.outgoing.json_file import LISTS
from timelog.outgoing.tables import PLACES, plain

from .moments import zone_named
from .record import NotRead, Reading, Refused, Spent, Wishes
from .source import Source, dicts, heading
from .table import read_table

FAMILIES = ("writing", "video", "detour")
THINGS = ("scene", "image", "shot", "concept")
MOST_SECONDS = 2**31 - 1
Check = Callable[[Any], Any]


def fits(source: Source) -> bool:
    """It says so, or its headings are those of the table."""
    if source.is_json:
        return isinstance(source.json, dict) and "throughline" in source.json
    return source.has_headings("record", "kind key", "seconds", "source key")


def read(source: Source, wishes: Wishes) -> Reading:
    """Read either. Raises NotRead."""
    reading = Reading()
    if source.is_json:
        found = [
            (number, name, record)
            for name, several in LISTS.items()
            for number, record in enumerate(dicts(source.json.get(several)), 1)
        ]
    else:
        found = of_table(source, wishes, reading)
    for number, name, record in found:
        try:
            take(number, name, record, reading)
        except NotRead as error:
            reading.put_aside(number, Refused("record", error.about))
        except (KeyError, ValueError, TypeError, OverflowError):
            reading.put_aside(number, Refused("record", f"{name} {number}"))
    return reading


def take(number: int, name: str, record: Mapping[str, Any], reading: Reading) -> None:
    """Keep a record. Raises KeyError, ValueError, TypeError, NotRead when it is none."""
    checked = {key: check(record[key]) for key, check in SHAPES[name].items()}
    if name == "entry":
        checked |= {key: check(record.get(key)) for key, check in BESIDE.items()}
        reading.spent.append(entry(number, checked))
    else:
        if name == "detour":
            check_order(checked)
        reading.own.setdefault(LISTS[name], []).append(checked)


def entry(number: int, told: Mapping[str, Any]) -> Spent:
    """The row of an entry, which knows who it is."""
    if told["zone"]:
        zone_named(told["zone"])
    return Spent(
        number,
        date.fromisoformat(told["day"]),
        told["seconds"],
        told["said"],
        told["note"],
        start=told["start"] and datetime.fromisoformat(told["start"]).astimezone(UTC),
        end=told["end"] and datetime.fromisoformat(told["end"]).astimezone(UTC),
        zone=told["zone"],
        own={key: told[key] for key in ("id", "source", "source_key", "kind", "family", *BESIDE)},
    )


def of_table(
    source: Source, wishes: Wishes, reading: Reading
) -> list[tuple[int, str, dict[str, Any]]]:
    """The records of a table, whose cells are taken as they stand. Raises NotRead."""
    table = read_table(source.data, wishes.sheet, as_it_stands=True)
    reading.sheet, reading.sheets = table.sheet, table.sheets
    head = table.rows[0][1] if table.rows else []
    names = [heading(cell).replace(" ", "_") for cell in head]
    if not {"record", "kind_key", "seconds"} <= set(names):
        raise NotRead("not_this", "Throughline")
    found = []
    for line, cells in table.rows[1:]:
        row = {name: plain(cell) for name, cell in zip(names, cells, strict=False)}
        name = row.get("record", "")
        if name in PLACES:
            found.append((line, name, record_of(name, row)))
        else:
            reading.put_aside(line, Refused("record", " ".join(cells)[:60]))
    return found


def record_of(name: str, row: Mapping[str, str]) -> dict[str, Any]:
    """A record from the cells it was put into."""
    told = {key: row.get(column, "") for key, column in PLACES[name].items()}
    return {**told, **more(row.get("more", ""))}


def more(written: str) -> dict[str, Any]:
    """What a format has no place for, as it was put together."""
    try:
        told = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


# --- what each word of a record may be ------------------------------------------------------------
def text(most: int) -> Check:
    """Text of at most so many characters, whole or not at all."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > most or "\x00" in value:
            raise ValueError(value)
        return value

    return check


def day(value: Any) -> str:
    """A date as 2026-11-19."""
    found = date.fromisoformat(value)
    if not 1900 <= found.year <= 2100:
        raise ValueError(value)
    return found.isoformat()


def moment(value: Any) -> str:
    """An instant with an offset."""
    if datetime.fromisoformat(value).tzinfo is None:
        raise ValueError(value)
    return str(value)


def instant(value: Any) -> datetime:
    """An instant with an offset, in UTC."""
    return datetime.fromisoformat(moment(value)).astimezone(UTC)


def number(least: int, most: int) -> Check:
    """A whole number between two."""

    def check(value: Any) -> int:
        if isinstance(value, bool | float) or not least <= int(value) <= most:
            raise ValueError(value)
        return int(value)

    return check


def maybe(check: Check) -> Check:
    """The same, or nothing."""
    return lambda value: None if value in (None, "") else check(value)


def one_of(value: Any) -> str:
    """A family."""
    if value not in FAMILIES:
        raise ValueError(value)
    return str(value)


def key(value: Any) -> str:
    """The key of a kind."""
    if not re.fullmatch(r"[-\w]{1,40}", value):
        raise ValueError(value)
    return str(value)


def keys(value: Any) -> list[str]:
    """Several."""
    return [key(each) for each in value]


def truth(value: Any) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def links(value: Any) -> list[dict[str, Any]]:
    """What the time of an entry went to."""
    return [{key: check(each[key]) for key, check in LINK.items()} for each in value or []]


def what(value: Any) -> str:
    """A sort of thing."""
    if value not in THINGS:
        raise ValueError(value)
    return str(value)


def check_order(detour: Mapping[str, Any]) -> None:
    """A detour ends after it began, and was judged on a day. Raises ValueError."""
    if detour["ended"] and detour["ended"] < detour["began"]:
        raise ValueError(detour["ended"])
    if detour["paid_off"] is not None and not detour["judged"]:
        raise ValueError(detour["judged"])


SHAPES: dict[str, dict[str, Check]] = {
    "entry": {
        "id": lambda value: str(UUID(value)),
        "day": day,
        "seconds": number(0, MOST_SECONDS),
        "kind": key,
        "said": text(80),
        "family": one_of,
        "note": text(500),
        "start": maybe(moment),
        "end": maybe(moment),
        "zone": text(60),
        "source": text(40),
        "source_key": text(200),
    },
    "kind": {
        "key": key,
        "said": text(80),
        "name": text(80),
        "family": one_of,
        "retired": truth,
        "weekly": maybe(number(0, MOST_SECONDS)),
    },
    "balance": {
        "kind": key,
        "said": text(80),
        "seconds": number(0, 2**53),
        "began": maybe(day),
        "as_of": day,
        "note": text(200),
    },
    "milestone": {
        "hours": number(0, MOST_SECONDS),
        "name": text(120),
        "reached": maybe(day),
        "kinds": keys,
    },
    "intention": {
        "text": text(300),
        "other_text": text(300),
        "since": moment,
        "until": maybe(moment),
    },
    "detour": {
        "name": text(120),
        "why": text(300),
        "began": day,
        "ended": maybe(day),
        "paid_off": maybe(truth),
        "judged": maybe(day),
        "outcome": text(300),
    },
}
# What an entry says only if there is something to say.
BESIDE: dict[str, Check] = {
    "detour": lambda value: text(120)(value or ""),
    "detour_began": maybe(day),
    "detour_number": lambda value: number(1, MOST_SECONDS)(value or 1),
    "by_clock": lambda value: truth(value or False),
    "vouched_at": maybe(instant),
    "page": lambda value: text(200)(value or ""),
    "linked": maybe(instant),
    "links": links,
}
LINK: dict[str, Check] = {
    "what": what,
    "id": number(1, 2**53),
    "title": text(200),
    "seconds": number(0, MOST_SECONDS),
    "by_hand": truth,
}
