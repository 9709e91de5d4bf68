"""Split an entry, join two, and the history of all corrections with its Undo."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from studio.lib.htmx import render
from studio.store.days import Days
from timelog.duration import seconds
from timelog.models import NotUndone, TimeChange, TimeEntry
from timelog.state import Hours
from timelog.views.entries import done, to_week_of
from timelog.wall import instants

SHOWN = 50


@require_POST
def entry_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two of one: at a time of the day where it is timed, else after a length; or one for
    each day it reaches into."""
    found = get_object_or_404(TimeEntry.objects.closed(), pk=pk)
    hours = Hours.of(request)
    if request.POST.get("at") == "days":
        parts = [(start, end, length, day) for day, start, end, length in found.by_day(hours.days)]
        if len(parts) > 1:
            return done(request, _("Split."), found.split(parts), found.day)
        return refused(request, pk, _("It lies within one day."))
    written = request.POST.get("at", "").strip()
    first = first_part(found, written, hours.days)
    if first is None or not 0 < first < (found.seconds or 0):
        return refused(request, pk, _("“%(at)s” does not lie within it.") % {"at": written[:40]})
    return done(request, _("Split."), found.split(parts_of(found, first, hours.days)), found.day)


def first_part(entry: TimeEntry, written: str, days: Days) -> int | None:
    """Seconds of the first part: up to a wall time where the entry is timed, else a length."""
    try:
        if not entry.started_at:
            return seconds(written)
        wall = datetime.strptime(written, "%H:%M").time()
    except ValueError:
        return None
    zoned = Days(entry.zone or days.zone_name, days.starts_at)
    for day in (entry.day, entry.day + timedelta(days=1)):
        for instant in instants(day, wall, zoned):
            if entry.started_at < instant:
                return round((instant - entry.started_at).total_seconds())
    return None


def parts_of(
    entry: TimeEntry, first: int, days: Days
) -> list[tuple[datetime | None, datetime | None, int, date]]:
    """The two parts of an entry, the first one so long."""
    rest = (entry.seconds or 0) - first
    if not entry.started_at or not entry.ended_at:
        return [(None, None, first, entry.day), (None, None, rest, entry.day)]
    at = entry.started_at + timedelta(seconds=first)
    return [
        (entry.started_at, at, first, entry.day),
        (at, entry.ended_at, rest, days.of(at)),
    ]


@require_POST
def entry_join(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Make one of two that are neighbours."""
    found = get_object_or_404(TimeEntry.objects.closed(), pk=pk)
    neighbour = next((one for one in found.neighbours() if one.pk == other), None)
    if neighbour is None:
        return refused(request, pk, _("These two are not neighbours of one day and one kind."))
    return done(request, _("Joined."), found.join(neighbour), found.day)


def refused(request: HttpRequest, pk: int, reason: str) -> HttpResponse:
    """Nothing was changed, and why."""
    messages.error(request, reason)
    return redirect("timelog:entry_edit", pk=pk)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What was corrected lately, each with its Undo."""
    rows = list(TimeChange.objects.all()[:SHOWN])
    context = {"here": "time", "changes": rows, "hours": Hours.of(request)}
    return render(request, "timelog/changes.html", context)


@require_POST
def change_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a correction; a second time finds it undone already."""
    change = TimeChange.objects.filter(pk=pk).first()
    if change is None:
        messages.error(request, _("That can no longer be undone."))
        return redirect("timelog:time")
    try:
        change.undo()
    except NotUndone:
        messages.error(request, _("That cannot be undone: what it left was changed since."))
        return redirect("timelog:changes")
    messages.success(request, _("Undone."))
    return to_week_of(change.day)
