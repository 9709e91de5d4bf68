"""Hours from elsewhere, read into one shape. Pure: no Django, no database.

A format is a module with `read(data, wishes) -> Reading`, named here.
"""

from collections.abc import Callable

from .record import Aside, NotRead, Reading, Spent, Wishes
from .spreadsheet import read as read_spreadsheet

FORMATS: dict[str, Callable[[bytes, Wishes], Reading]] = {"spreadsheet": read_spreadsheet}
LARGEST = 20 * 1024 * 1024

__all__ = ["FORMATS", "LARGEST", "Aside", "NotRead", "Reading", "Spent", "Wishes", "read"]


def read(data: bytes, format: str = "", wishes: Wishes | None = None) -> Reading:
    """Read a file of one of FORMATS (by default, a spreadsheet). Raises NotRead."""
    reader = FORMATS.get(format or "spreadsheet")
    if reader is None:
        raise NotRead("format", ", ".join(FORMATS))
    if len(data) > LARGEST:
        raise NotRead("large")
    if not data.strip():
        raise NotRead("empty")
    return reader(data, wishes or Wishes())
