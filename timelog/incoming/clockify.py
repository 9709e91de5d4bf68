"""Clockify: the detailed report as CSV.

Headings vary (Task may be Activity, Client may be missing), rows may be shorter than they; dates
are month first or day first, and times with or without AM, as the profile says. No zone is told.
"""

from . import timed
from .record import Reading, Wishes
from .source import Source

COLUMNS = {
    "start_day": ("start date",),
    "start_time": ("start time",),
    "end_day": ("end date",),
    "end_time": ("end time",),
    "length": ("duration (h)", "duration (decimal)"),
    "kind": ("project",),
    "note": ("description", "task", "activity"),
    "tags": ("tags",),
    "person": ("email", "user"),
}


def fits(source: Source) -> bool:
    """The headings of a detailed report."""
    return source.has_headings("start date", "start time", "duration (h)")


def read(source: Source, wishes: Wishes) -> Reading:
    """Read it. Raises NotRead."""
    return timed.read(source, wishes, COLUMNS, ("start_day", "start_time", "length"))
