"""Kinds and entries for tests, and what a page says of them."""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings

from timelog.models import DayTotal, Detour, Intention, Kind, Milestone, OpeningBalance, TimeEntry
from timelog.outgoing import FORMATS
from timelog.takeout import records

# For properties: how long a busy machine takes to draw examples says nothing of the code.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def kind(key: str = "writing") -> Kind:
    return Kind.objects.get(key=key)


def entry(hours: float = 1.0, day: date = date(2026, 11, 19), **fields: Any) -> TimeEntry:
    which = fields.pop("kind", "writing")
    which = kind(which) if isinstance(which, str) else which
    return TimeEntry.objects.log(which, day, round(hours * 3600), fields.pop("note", ""), **fields)


def reconcile() -> None:
    """The stored totals are the sums of the entries, for each day and for each kind."""
    entries = TimeEntry.objects.closed().values_list("day", "kind").annotate(Sum("seconds"))
    totals = DayTotal.objects.exclude(seconds=0).values_list("day", "kind", "seconds")
    assert sorted(totals) == sorted((*row,) for row in entries if row[2])
    by_kind = TimeEntry.objects.closed().order_by().values_list("kind").annotate(Sum("seconds"))
    assert dict(Kind.objects.exclude(seconds=0).values_list("pk", "seconds")) == {
        kind: seconds for kind, seconds in by_kind if seconds
    }


def queries(client: Any, address: str) -> int:
    """How many queries a page costs, the shell's among them."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def said(answer: Any) -> list[tuple[str, str]]:
    """The lines at the foot of the page, each with the address of its undo."""
    return [(str(message), message.extra_tags) for message in answer.wsgi_request._messages]


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def written(format: str) -> bytes:
    """All hours, as they are taken out."""
    return "".join(FORMATS[format].write(records())).encode()


def empty(but_detours: bool = False) -> None:
    """A new studio again, but for its scenes, pictures and films."""
    for model in (TimeEntry, DayTotal, OpeningBalance, Milestone, Intention):
        model.objects.all().delete()
    if not but_detours:
        Detour.everything.all().delete()
    Kind.objects.exclude(key__in=Kind.Family.values).delete()
    for family in Kind.Family.values:
        fields = {"name": "", "family": family, "retired": False, "weekly": None, "seconds": 0}
        Kind.objects.filter(key=family).update(**fields)
