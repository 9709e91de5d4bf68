"""Bring hours in: choose a file, look at what is in it, keep it, and take it back."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from studio.lib.htmx import render
from studio.store.uploads import Uploads, clean, lay
from timelog.bring_in import bring_in, take_back
from timelog.found import look
from timelog.incoming import LARGEST, NotRead, Reading, Wishes, read
from timelog.incoming.dates import ORDERS
from timelog.incoming.kinds import plain_name
from timelog.models import Kind, TimeEntry
from timelog.reasons import of_file, of_row
from timelog.views.entries import to_week_of

SHOWN = 60  # rows
FORMAT = "spreadsheet"
uploads = Uploads("time")


@require_http_methods(["GET", "HEAD", "POST"])
def time_import(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST a file: what is in it. POST its token: look again, or keep."""
    if request.method != "POST":
        return page(request)
    token, wishes = request.POST.get("token", ""), wished(request)
    try:
        source = waiting(token) if token else None
        if source is None:
            source, token = receive(request)
        reading = read(source.read_bytes(), FORMAT, wishes)
    except NotRead as error:
        asks = error.reason in {"order", "orders"}
        return page(request, error=of_file(error, on_the_page=True), token=token if asks else "")
    if "keep" in request.POST:
        return keep(request, reading, token)
    return page(request, token=token, **shown(reading, choices(request, reading), wishes))


def keep(request: HttpRequest, reading: Reading, token: str) -> HttpResponse:
    """Keep what was looked at, and go where the author can see it."""
    found = bring_in(reading, FORMAT, **choices(request, reading))
    uploads.drop(token)
    if not found.batch:
        messages.success(request, _("All of it was here already."))
        return redirect("timelog:time")
    added = len(found.new)
    words = ngettext("%(n)d entry brought in.", "%(n)d entries brought in.", added)
    undo = reverse("timelog:batch_delete", args=[found.batch])
    messages.success(request, words % {"n": added}, extra_tags=undo)
    return to_week_of(max(each.day for _, each in found.new))


@require_POST
def batch_delete(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Take an import back."""
    gone = take_back(batch)
    words = ngettext("%(n)d entry taken back.", "%(n)d entries taken back.", gone.entries)
    if gone.entries:
        messages.success(request, words % {"n": gone.entries})
    else:
        messages.error(request, _("That import was taken back already."))
    return redirect("timelog:time_import")


def page(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page, with what was found or what is wrong."""
    context = {
        "here": "time",
        "batches": [] if "found" in context else TimeEntry.objects.batches()[:12],
        **context,
    }
    status = 422 if context.get("error") else 200
    return render(request, "timelog/time_import.html", context, status=status)


def shown(reading: Reading, chosen: dict[str, Any], wishes: Wishes) -> dict[str, Any]:
    """What the page shows of a file."""
    found = look(reading, FORMAT, **chosen)
    new = {each.line for _, each in found.new}
    days = [each.day for each in reading.spent]
    return {
        "found": found,
        "wishes": wishes,
        "rows": [(each, each.line in new) for each in reading.spent[:SHOWN]],
        "more": max(0, len(reading.spent) - SHOWN),
        "months": months(found.months),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "refused": [(each.line, of_row(each)) for each in reading.refused],
        "left_out": [(each.line, of_row(each)) for each in reading.left_out],
        "own_kinds": Kind.objects.in_use(),
        "families": Kind.Family.choices,
        "without_kind": "" in found.kinds,
    }


def months(sums: list[tuple[str, int]]) -> list[tuple[date, int, float]]:
    """The first day of each month, its seconds, and how long its bar is in percent."""
    most = max((seconds for _, seconds in sums), default=0)
    return [
        (date.fromisoformat(f"{month}-01"), seconds, round(100 * seconds / most, 2))
        for month, seconds in sums
    ]


def wished(request: HttpRequest) -> Wishes:
    """The order of dates and the sheet that were chosen."""
    order = request.POST.get("order", "")
    return Wishes(order if order in ORDERS else "", request.POST.get("sheet", ""))


def choices(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """Which kind each unknown name is to be: one of the studio's, or a new one of a family."""
    own = {str(kind.pk): kind for kind in Kind.objects.all()}
    names = dict.fromkeys(plain_name(each.kind) for each in reading.spent)
    wanted: dict[str, Kind | str] = {}
    for number, name in enumerate(names):
        choice = request.POST.get(f"kind-{number}", "")
        if choice in own:
            wanted[name] = own[choice]
        elif choice in Kind.Family.values:
            wanted[name] = choice
    return {"wanted": wanted, "without_kind": own.get(request.POST.get("without_kind", ""))}


# --- what was sent --------------------------------------------------------------------------------
def receive(request: HttpRequest) -> tuple[Path, str]:
    """Lay the file down; its path, and the token that finds it again. Raises NotRead."""
    file = request.FILES.get("file")
    if file is None:
        raise NotRead("none")
    if (file.size or 0) > LARGEST:
        raise NotRead("large")
    folder, token = uploads.begin()
    return lay(file, folder / clean(file.name or "")), token


def waiting(token: str) -> Path:
    """The file a token stands for. Raises NotRead."""
    source = uploads.find(token)
    if source is None:
        raise NotRead("waited")
    return source
