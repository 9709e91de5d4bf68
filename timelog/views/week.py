"""The hours to date, and one week of entries."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from studio.lib.heat import first_day
from studio.lib.htmx import render
from studio.store.days import monday_of
from timelog.entry_form import EntryForm
from timelog.models import DayTotal, TimeEntry
from timelog.overlap import union
from timelog.pace import week
from timelog.state import Hours
from timelog.tasks import ask


@require_safe
def time(request: HttpRequest) -> HttpResponse:
    """The page of the hours; ?week=2026-W47 shows another week."""
    return time_page(request, EntryForm(initial={"day": Hours.of(request).today}))


def time_page(
    request: HttpRequest, form: EntryForm, status: int = 200, more: dict[str, Any] | None = None
) -> HttpResponse:
    """The page, with the form for the next entry as it stands; `more` is the line being read."""
    hours = Hours.of(request)
    form.offer(hours.choices)
    monday = asked_week(request.GET.get("week", "")) or monday_of(hours.today)
    entries = list(TimeEntry.objects.in_week(monday))
    rows = rows_of(hours, monday)
    found = [(day, hours.families[kind], seconds) for day, kind, seconds in rows]
    now = monday_of(hours.today)
    context: dict[str, Any] = {
        "here": "time",
        "hours": hours,
        "form": form,
        "week": week(found, monday, hours.today, hours.aim),
        "aims": hours.aims(rows, monday),
        "days": [(day, list(some)) for day, some in groupby(entries, lambda each: each.day)],
        "overlap": overlap_of(entries),
        "is_this_week": monday == now,
        "previous": iso_week(monday - timedelta(days=7)),
        "next": iso_week(monday + timedelta(days=7)),
        **(more or {}),
        "allocation": hours.allocation(request.GET.get("film", "")),
        "wait": 1 + number(request.GET.get("wait", "")) if "wait" in request.GET else 0,
    }
    parts = ("entries", "way", "allocation")
    return render(request, "timelog/time.html", context, parts=parts, status=status)


@require_POST
def forecast(request: HttpRequest) -> HttpResponse:
    """Have the worker look ahead, where it has not done so today; answers as the page does."""
    ask()
    return redirect(f"{reverse('timelog:time')}?wait=0")


def overlap_of(entries: list[TimeEntry]) -> dict[str, int] | None:
    """What the week's entries come to by the clock and by their sum, where the two differ."""
    timed = [(row.started_at, row.ended_at) for row in entries if row.started_at and row.ended_at]
    sum_ = sum(row.seconds or 0 for row in entries)
    twice = sum(round((end - start).total_seconds()) for start, end in timed) - union(timed)
    return {"union": sum_ - twice, "sum": sum_} if twice >= 60 else None


def number(written: str) -> int:
    """A small number as it was written, or 0."""
    return int(written) if written.isdecimal() and len(written) < 3 else 0


def rows_of(hours: Hours, monday: date) -> list[tuple[date, int, int]]:
    """(day, kind, seconds) of the last year, and of the week from `monday` should it be older."""
    if monday >= first_day(hours.today):
        return hours.year
    older = DayTotal.objects.between(monday, monday + timedelta(days=6))
    return [*older.rises(), *hours.year]


def asked_week(written: str) -> date | None:
    """The Monday of "2026-W47" (ISO 8601), or None when it is no week of ours."""
    year, _, number = written.partition("-W")
    try:
        monday = date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return None
    return monday if 1899 <= monday.year <= 2100 else None


def iso_week(day: date) -> str:
    """2026-11-19 -> "2026-W47"."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"
