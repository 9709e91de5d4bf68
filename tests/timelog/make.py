"""Kinds and entries for tests."""

from datetime import date
from typing import Any

from timelog.models import Kind, TimeEntry


def kind(key: str = "writing") -> Kind:
    return Kind.objects.get(key=key)


def entry(hours: float = 1.0, day: date = date(2026, 11, 19), **fields: Any) -> TimeEntry:
    which = fields.pop("kind", "writing")
    which = kind(which) if isinstance(which, str) else which
    return TimeEntry.objects.log(which, day, round(hours * 3600), fields.pop("note", ""), **fields)
