"""What a device told the clock, perhaps long ago and without a network: done in its order, once."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from timelog.models import Kind, TimeEntry
from timelog.state import Hours
from timelog.views.clock import key_of, seen, state

MOST = 500
LONGEST_BODY = 400_000
LIVE = 2.0  # seconds: a command that young was given with the network there
OLDEST = timedelta(days=30)


@require_POST
def commands(request: HttpRequest) -> HttpResponse:
    """Take {"sent": ms, "commands": [{"key", "verb", "at": ms, …}]}; answers the state, and which
    were refused and why. Sent again, nothing is done twice."""
    told = read(request)
    if told is None:
        return JsonResponse({"error": _("These commands cannot be read.")}, status=400)
    sent, rows = told
    reasons = [(row["key"], do(row, given_at(sent, row))) for row in rows]
    refused = [{"key": key, "error": reason} for key, reason in reasons if reason]
    return JsonResponse({"refused": refused, **state(Hours.of(request).running)})


def read(request: HttpRequest) -> tuple[float, list[dict[str, Any]]] | None:
    """When they were sent by the device's own clock, and the commands; None when it is nonsense."""
    if len(request.body) > LONGEST_BODY:
        return None
    try:
        told = json.loads(request.body)
        sent, rows = float(told["sent"]), list(told["commands"])
        good = len(rows) <= MOST and all(is_command(row) for row in rows)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    return (sent, rows) if good and abs(sent) < 1e15 else None


def is_command(row: Any) -> bool:
    """Whether it has all that a command needs."""
    return (
        isinstance(row, dict)
        and key_of(row) is not None
        and row["verb"] in {"start", "stop"}
        and isinstance(row["at"], int | float)
        and abs(row["at"]) < 1e15
        and all(isinstance(row.get(name, ""), str) for name in ("kind", "note", "of", "page"))
    )


def given_at(sent: float, row: dict[str, Any]) -> datetime | None:
    """The instant at which it was given, by the server's clock; None is now.

    Only the time that passed on the device between the two counts, so it does not matter how wrong
    its clock is. One that was set back meanwhile passed no time; none is older than OLDEST.
    """
    age = (sent - float(row["at"])) / 1000
    if age <= LIVE:
        return None
    return timezone.now() - min(timedelta(seconds=age), OLDEST)


def do(row: dict[str, Any], at: datetime | None) -> str:
    """Do one; the reason when it is refused."""
    key = key_of(row)
    if row["verb"] == "stop":
        TimeEntry.objects.stop(of=seen(row.get("of", "")), key=key, at=at)
        return ""
    kind = Kind.objects.in_use().called(row.get("kind", ""))
    if kind is None:
        return _("That kind of work is not in use.")
    note, page = row.get("note", "").replace("\x00", ""), row.get("page", "").replace("\x00", "")
    TimeEntry.objects.start(kind, note[:500], key=key, at=at, page=page[:200])
    return ""
