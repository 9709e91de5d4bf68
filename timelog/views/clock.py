"""The one clock: what runs, start or switch, stop."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from studio.lib.htmx import render
from timelog.models import Kind, TimeEntry
from timelog.state import Hours

PARTS = ("clock", "running", "timer")


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def running(request: HttpRequest) -> HttpResponse:
    """GET: what runs. POST: start, or switch to another kind. DELETE: stop."""
    if request.method == "POST":
        kind = Kind.objects.in_use().called(request.POST.get("kind", ""))
        if kind is None:
            return refused(request, _("That kind of work is not in use."))
        note, page = request.POST.get("note", "")[:500], request.POST.get("next", "")
        TimeEntry.objects.start(kind, note, key=key_of(request.POST), page=page[:200])
        return answer(request, changed=True)
    if request.method == "DELETE":
        return stopped(request)
    return answer(request)


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Stop: what DELETE does, for a form."""
    return stopped(request)


def stopped(request: HttpRequest) -> HttpResponse:
    """Stop the clock; a second stop finds it stopped and changes nothing."""
    TimeEntry.objects.stop(of=seen(request.POST.get("of", "")), key=key_of(request.POST))
    return answer(request, changed=True)


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Nothing was changed: the state as it is, and why."""
    if wants_json(request):
        return JsonResponse({"error": reason}, status=422)
    response = answer(request)
    response.status_code = 422
    response["HX-Trigger"] = json.dumps({"toast": {"text": reason}})
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def key_of(sent: Mapping[str, str]) -> UUID | None:
    """The device's own id of a command, so that a repeated one is done once."""
    try:
        return UUID(str(sent.get("key", "")))
    except ValueError:
        return None


def seen(of: str) -> str:
    """Which entry was seen running: its id, or the key of its start; nothing when it is neither."""
    return of if (of.isdecimal() and of.isascii()) or key_of({"key": of}) else ""


def answer(request: HttpRequest, changed: bool = False) -> HttpResponse:
    """The state: as JSON, as the part htmx asked for, or back on the page it came from."""
    if wants_json(request):
        hours = Hours.of(request)
        kinds = [] if changed else [{"id": kind.pk, "name": kind.said} for kind in hours.choices]
        told = state(hours.running) | ({"kinds": kinds} if kinds else {})
        return JsonResponse(told | ({"forgotten": True} if hours.forgotten else {}))
    if changed and not request.headers.get("HX-Request"):
        back = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if safe else "timelog:time")
    context = {"here": "time", "hours": Hours.of(request), "now": timezone.now()}
    response = render(request, "timelog/running.html", context, parts=PARTS)
    if changed:
        response["HX-Trigger"] = json.dumps({"timelog:changed": {}})
    return response


def state(entry: TimeEntry | None) -> dict[str, object]:
    """What runs, as JSON; the server's own now lets a wrong device clock tick right."""
    now = timezone.now()
    shown: dict[str, object] = {"running": entry is not None, "now": now.isoformat()}
    if entry is not None and entry.started_at is not None:
        shown |= {
            "id": entry.pk,
            "kind": entry.kind.key,
            "kind_id": entry.kind_id,
            "name": entry.kind.said,
            "note": entry.note,
            "started_at": entry.started_at.isoformat(),
            "seconds": entry.elapsed(now),
            "begins_ahead": entry.begins_ahead,
        }
    return shown
