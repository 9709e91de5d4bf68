"""What an entry went to, and saying that it went to something else: one page, one click."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from studio.lib.htmx import render
from timelog.models import TimeEntry, TimeLink
from timelog.models.link import THINGS
from timelog.sharing import Thing
from timelog.traces import saved
from timelog.views.entries import done

AROUND = timedelta(days=2)
OFFERED = 16


@require_http_methods(["GET", "HEAD", "POST"])
def entry_link(request: HttpRequest, pk: int) -> HttpResponse:
    """GET offers the things saved about that time; POST ties the whole entry to one, or to none."""
    entry = get_object_or_404(TimeEntry.objects.closed().select_related("kind"), pk=pk)
    if request.method == "POST":
        chosen = read(request.POST.get("thing", ""))
        shares = {chosen: entry.seconds or 0} if chosen else {}
        return done(request, _("Tied."), entry.tie(shares), entry.day)
    context = {
        "here": "time",
        "entry": entry,
        "links": list(entry.links.with_things()),
        "groups": offered(entry),
    }
    return render(request, "timelog/entry_link.html", context)


def read(written: str) -> Thing | None:
    """The thing of "scene-5", if there is one."""
    what, _, pk = written.partition("-")
    if what not in THINGS or not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    return (what, int(pk)) if THINGS[what]._base_manager.filter(pk=pk).exists() else None


def offered(entry: TimeEntry) -> list[tuple[str, list[Any]]]:
    """Things by what they are: those saved about that time, the latest first, then new ones."""
    pks: dict[str, list[int]] = {what: [] for what in THINGS}
    if entry.started_at and entry.ended_at:
        for _at, thing in reversed(saved(entry.started_at - AROUND, entry.ended_at + AROUND)):
            if thing and thing[1] not in pks[thing[0]]:
                pks[thing[0]].append(thing[1])
    return [(what, TimeLink.objects.things(what, pks[what][:OFFERED])) for what in THINGS]
