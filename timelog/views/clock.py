"""The one clock: what runs, start or switch, stop."""

import json
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
        TimeEntry.objects.start(kind, request.POST.get("note", "")[:500], key=key_of(request))
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
    TimeEntry.objects.stop()
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


def key_of(request: HttpRequest) -> UUID | None:
    """The client's own id of this start, so that a repeated request starts once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def answer(request: HttpRequest, changed: bool = False) -> HttpResponse:
    """The state: as JSON, as the part htmx asked for, or back on the page it came from."""
    if wants_json(request):
        return JsonResponse(state(Hours.of(request).running))
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
            "note": entry.note,
            "started_at": entry.started_at.isoformat(),
            "seconds": entry.elapsed(now),
        }
    return shown
