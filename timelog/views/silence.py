"""A clock that was perhaps forgotten: keep all of it, cut it where the work ended, leave a break
out. Nothing of this happens by itself."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from studio.store.days import Days
from timelog.entry_form import minute
from timelog.models import TimeChange, TimeEntry
from timelog.silences import note_left_running
from timelog.state import Hours
from timelog.views.entries import undo_of
from timelog.wall import instants


@require_POST
def silence(request: HttpRequest, pk: int) -> HttpResponse:
    """`way` is keep, cut or break; `at` the wall time at which the work ended, as it was shown or
    as the author corrected it; `back` the instant at which it went on."""
    entry = get_object_or_404(TimeEntry.objects.select_related("kind"), pk=pk)
    change: TimeChange | None
    way, end = request.POST.get("way", ""), entry.ended_at or timezone.now()
    if way == "keep":
        change, words = entry.vouch(), _("Kept as it was.")
    else:
        at = ended_at(request, entry, end)
        if at is None:
            messages.error(request, _("Write a time between its beginning and its end."))
            return back_to(request)
        until = went_on_at(request, at, end)
        if way == "break" and (entry.open or until < end):
            change = entry.leave_out(at, until)
            words = _("The break is left out.")
        else:
            change, words = entry.cut(at), _("Cut there.")
    note_left_running()
    messages.success(request, words, extra_tags=undo_of(change))
    return back_to(request)


def ended_at(request: HttpRequest, entry: TimeEntry, end: datetime) -> datetime | None:
    """When the work ended: to the second where the minute is the one that was proposed."""
    assert entry.started_at is not None
    try:
        wall = time.fromisoformat(request.POST.get("at", "").strip())
    except ValueError:
        return None
    days = Hours.of(request).days
    days = Days(entry.zone or days.zone_name, days.starts_at)
    proposed = instant(request.POST.get("last", "")) or entry.started_at
    near = days.of(proposed)
    may_be = [at for n in (-1, 0, 1) for at in instants(near + timedelta(days=n), wall, days)]
    within = [at for at in may_be if entry.started_at < at < end]
    if entry.started_at < proposed < end and minute(proposed, days) == wall:
        return proposed
    return min(within, key=lambda at: abs(at - proposed), default=None)


def went_on_at(request: HttpRequest, at: datetime, end: datetime) -> datetime:
    """When it went on: with the first save after the break, else now."""
    back = instant(request.POST.get("back", ""))
    return back if back and at < back < end else end


def instant(written: str) -> datetime | None:
    """An instant as a form carries it (ISO 8601 with its offset)."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None


def back_to(request: HttpRequest) -> HttpResponse:
    """The page it was asked on."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return redirect(back if safe else "timelog:time")
