"""Entries as a calendar (RFC 5545): those that tell their start as events, others as whole days.

Times are written in UTC, which no change of a clock can move; what a calendar has no word for
stands in properties of our own. Only entries: a calendar has no place for the rest.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

PRODUCT = "-//Throughline//Hours 1//EN"
_escapes = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
OWN = ("zone", "source", "source_key", "kind", "family", "seconds", "day")
_told = {*OWN, "id", "said", "note", "start", "end"}


def write(records: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """The text of the file, an event at a time."""
    yield f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"
    for name, record in records:
        if name == "entry":
            yield "".join(f"{folded(line)}\r\n" for line in event(record))
    yield "END:VCALENDAR\r\n"


def event(record: dict[str, Any]) -> Iterator[str]:
    """The lines of one entry."""
    yield "BEGIN:VEVENT"
    yield f"UID:{record['id']}@throughline"
    if record["start"]:
        start = datetime.fromisoformat(record["start"])
        yield f"DTSTAMP:{stamp(start)}"
        yield f"DTSTART:{stamp(start)}"
        yield f"DTEND:{stamp(datetime.fromisoformat(record['end']))}"
        yield f"X-THROUGHLINE-START:{record['start']}"
        yield f"X-THROUGHLINE-END:{record['end']}"
    else:
        day = date.fromisoformat(record["day"])
        yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(record['note'] or record['said'])}"
    yield f"DESCRIPTION:{escaped(record['note'])}"
    yield f"CATEGORIES:{escaped(record['said'])}"
    yield f"X-THROUGHLINE-ID:{record['id']}"
    for key in OWN:
        yield own(key, str(record[key]))
    if more := {key: value for key, value in record.items() if key not in _told}:
        yield own("more", json.dumps(more, ensure_ascii=False))
    yield "END:VEVENT"


def own(key: str, text: str) -> str:
    """A property of our own; readers may take its escapes as they stand unless told it is text."""
    written = escaped(text)
    name = f"X-THROUGHLINE-{key.upper().replace('_', '-')}"
    return f"{name}:{text}" if written == text else f"{name};VALUE=TEXT:{written}"


def stamp(moment: datetime) -> str:
    """20261119T010000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Text as a property holds it (3.3.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_escapes)


def folded(line: str) -> str:
    """In pieces of at most 75 octets, none of which cuts a character (3.1)."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece])
