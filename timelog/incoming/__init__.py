"""Hours from elsewhere, read into one shape. Pure: no Django, no database.

A format is a module with `fits(source)`, which tells it from all others by its shape, and
`read(source, wishes) -> Reading`. It is named here, the particular ones before the general.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from . import (
    activitywatch,
    any_table,
    beeminder,
    calendars,
    clockify,
    harvest,
    kimai,
    markdown_log,
    own,
    spreadsheet,
    timewarrior,
    toggl,
    wakatime,
    watson,
)
from .record import Aside, NotRead, Reading, Spent, Wishes
from .source import Source

LARGEST = 20 * 1024 * 1024
LARGEST_JSON = 128 * 1024 * 1024  # of a command: what watches a screen writes long exports


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line, what people call it, and how it is read."""

    name: str
    title: str
    fits: Callable[[Source], bool]
    read: Callable[[Source, Wishes], Reading]


def format_of(name: str, title: str, module: ModuleType) -> Format:
    """The format that `module` reads."""
    return Format(name, title, module.fits, module.read)


_all = (
    format_of("timewarrior", "Timewarrior", timewarrior),
    format_of("icalendar", "iCalendar", calendars),
    format_of("throughline", "Throughline", own),
    format_of("activitywatch", "ActivityWatch", activitywatch),
    format_of("beeminder", "Beeminder", beeminder),
    format_of("wakatime", "WakaTime", wakatime),
    format_of("watson", "Watson", watson),
    format_of("kimai", "Kimai", kimai),
    format_of("toggl", "Toggl", toggl),
    format_of("clockify", "Clockify", clockify),
    format_of("harvest", "Harvest", harvest),
    format_of("markdown", "Markdown", markdown_log),
    format_of("csv", "CSV", any_table),
    format_of("spreadsheet", "Spreadsheet", spreadsheet),
)
TABLES = {"csv", "spreadsheet"}  # which any file has the shape of that is nothing else
FORMATS = {each.name: each for each in _all}

__all__ = [
    "FORMATS",
    "LARGEST",
    "LARGEST_JSON",
    "Aside",
    "NotRead",
    "Reading",
    "Spent",
    "Wishes",
    "read",
]


def read(
    data: bytes,
    format: str = "",
    wishes: Wishes | None = None,
    name: str = "",
    largest: int = LARGEST,
) -> Reading:
    """Read a file of one of FORMATS; by default, of the one it has the shape of. Raises NotRead."""
    if format and format not in FORMATS:
        raise NotRead("format", ", ".join(FORMATS))
    if len(data) > largest:
        raise NotRead("large", f"{largest // 1024 // 1024}")
    if not data.strip():
        raise NotRead("empty")
    source = Source(data, name)
    found = FORMATS[format] if format else sniff(source)
    if source.is_json and not (found.fits(source) and found.name not in TABLES):
        raise NotRead("not_this", found.title)
    try:
        reading = found.read(source, wishes or Wishes())
    except NotRead as error:
        error.format = found.name
        raise
    reading.format = found.name
    if not reading.spent and not reading.refused and not reading.own:
        raise NotRead("nothing")
    return reading


def sniff(source: Source) -> Format:
    """The first format it has the shape of. Raises NotRead when it is JSON of none of them."""
    for each in FORMATS.values():
        if not (source.is_json and each.name in TABLES) and each.fits(source):
            return each
    raise NotRead("shape")
