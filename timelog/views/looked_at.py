"""What the page shows of files of hours before they are kept."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from studio.lib.templatetags.studio import gap
from timelog.among import stretch_of
from timelog.found import Found
from timelog.incoming import FORMATS, NotRead, Reading, Spent
from timelog.incoming.parcel import Part
from timelog.models import Kind, TimeEntry
from timelog.overlap import fixes
from timelog.reasons import ASKS, of_doubt, of_file, of_row, of_whole
from timelog.several import look_all
from timelog.several import together as one_of
from timelog.views.overlaps import as_stretch

SHOWN = 20  # rows
LISTED = 200  # lines of what was not read
TOGETHER = 100  # overlaps, each with a choice of its own


def shown(parts: list[Part], chosen: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of files."""
    named = [(part.name, part.reading) for part in parts if part.reading]
    each_found = look_all([reading for _, reading in named], **chosen)
    found = one_of(each_found)
    reading = found.reading
    new = {id(each) for _, each in found.new}
    days = [each.day for each in reading.spent]
    return {
        "found": found,
        "title": called(reading.format) if reading.format else "",
        "files": [file(name, each) for (name, _), each in zip(named, each_found, strict=True)],
        "bad": bad(parts),
        "rows": [
            (each, id(each) in new or each.so_far, *when(each)) for each in reading.spent[:SHOWN]
        ],
        "more": max(0, len(reading.spent) - SHOWN),
        "months": months(found.months),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "twice": sorted((each.file, each.line, of_doubt(each)) for each in found.doubts[:LISTED]),
        "together": together(found),
        "together_more": max(0, len(found.overlapping) - TOGETHER),
        "remarks": remarks(named),
        "refused": [(each.file, each.line, of_row(each)) for each in reading.refused[:LISTED]],
        "refused_more": max(0, len(reading.refused) - LISTED),
        "left_out": [(each.file, each.line, of_row(each)) for each in reading.left_out[:LISTED]],
        "own_kinds": Kind.objects.in_use(),
        "families": Kind.Family.choices,
    }


def together(found: Found) -> list[dict[str, Any]]:
    """Rows that share time with others, by line: when both are, and the ways that leave something
    of each."""
    shown = found.overlapping[:TOGETHER]
    entries = TimeEntry.objects.select_related("kind").in_bulk([each.entry for each in shown])
    told = []
    for each in sorted(shown, key=lambda each: (each.row.file, each.row.line)):
        other = each.other or entries.get(each.entry)
        if other is not None:
            stretch = as_stretch(other) if isinstance(other, TimeEntry) else stretch_of(other)
            told.append(
                {
                    "over": each,
                    "row": stretch_of(each.row),
                    "began": when(each.row)[0],
                    "other": stretch,
                    "entry": entries.get(each.entry),
                    "ways": fixes(stretch_of(each.row), [stretch]),
                }
            )
    return told


def when(each: Spent) -> tuple[datetime | None, datetime | None]:
    """A row's start and end by the clock of its zone."""
    zone = ZoneInfo(each.zone) if each.zone else None
    start, end = (at and at.astimezone(zone).replace(tzinfo=None) for at in (each.start, each.end))
    return start, end


def months(sums: list[tuple[str, int]]) -> list[tuple[date, int, float]]:
    """The first day of each month, its seconds, and how long its bar is in percent."""
    most = max((seconds for _, seconds in sums), default=0)
    return [
        (date.fromisoformat(f"{month}-01"), seconds, round(100 * seconds / most, 2))
        for month, seconds in sums
    ]


def file(name: str, found: Found) -> dict[str, Any]:
    """What the page says of one of several files."""
    reading = found.reading
    return {
        "name": name,
        "title": called(reading.format),
        "zone": reading.zone,
        "rows": len(reading.spent),
        "known": found.known,
        "seconds": found.seconds,
    }


def called(format: str) -> str:
    """What people call a format: a name of its own, but for one that is a word."""
    return _("Spreadsheet") if format == "spreadsheet" else FORMATS[format].title


def bad(parts: list[Part]) -> list[tuple[str, str]]:
    """(file, why) of those that cannot be read."""
    found = []
    for part in parts:
        if part.error:
            sentence = of_file(part.error, on_the_page=True)
            if part.error.reason in ASKS:  # it was answered, and not for this file
                alone = _("Bring it in by itself.")
                sentence = f"{sentence}{gap()}{alone}"
            found.append((part.name, sentence))
    return found


def in_words(error: NotRead) -> str:
    """Why nothing can be shown yet; with the name of the file where there are several."""
    sentence = of_file(error, on_the_page=True)
    if error.file and error.reason not in {"waited", "many"}:
        return _("%(file)s: %(reason)s") % {"file": error.file, "reason": sentence}
    return sentence


def remarks(named: list[tuple[str, Reading]]) -> list[str]:
    """What to know of whole files, each named where there are several."""
    told = []
    for name, reading in named:
        of_it = [of_whole(each) for each in reading.asides]
        others = [sheet for sheet in reading.sheets if sheet != reading.sheet]
        if len(named) > 1 and others:
            words = _("other sheets were not read (%(sheets)s); bring it in by itself for those")
            of_it.append(words % {"sheets": _(", ").join(others)})
        for each in of_it:
            words = _("%(file)s: %(reason)s") % {"file": name, "reason": each}
            told.append(words if len(named) > 1 else each)
    return told
