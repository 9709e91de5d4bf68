"""Bring hours in: choose files, look at what is in them, keep it, and take it back."""

from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.contrib import messages
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from studio.lib.htmx import render
from studio.lib.templatetags.studio import gap
from studio.store.days import Days
from studio.store.models import Job
from studio.store.uploads import clean, lay
from timelog.bring_in import bring_in_all, take_back
from timelog.found import Choice, name_of, remembered_zone
from timelog.incoming import LARGEST, NotRead, Reading
from timelog.incoming.dates import ORDERS
from timelog.incoming.parcel import LARGEST_TOGETHER, MOST_FILES
from timelog.models import ImportBatch, Kind, TimeEntry
from timelog.reasons import ASKS
from timelog.settling import WAYS
from timelog.views.entries import to_week_of
from timelog.views.looked_at import bad, in_words, shown
from timelog.waiting_file import LATER, job_of, keep_later, names_of, opened, uploads


@require_http_methods(["GET", "HEAD", "POST"])
def time_import(request: HttpRequest) -> HttpResponse:
    """GET: choose files. POST files: what is in them. POST their token: look again, or keep."""
    if request.method != "POST":
        return page(request)
    token, said = request.POST.get("token", ""), wished(request)
    try:
        token = token or receive(request)
        parts = opened(token, said)
    except NotRead as error:
        return page(request, error=in_words(error), **asked(error, token, said))
    readings = [part.reading for part in parts if part.reading]
    if not readings:
        return page(request, error=_("None of these files can be read."), bad=bad(parts))
    chosen = choices(request, readings)
    if "keep" not in request.POST:
        return page(request, token=token, said=said, **shown(parts, chosen))
    if sum(len(reading.spent) for reading in readings) > LATER:
        keep_later(token, said, **chosen, ways=ways(request))
        return redirect("timelog:time_import_state", token=UUID(token))
    return keep(request, readings, token, chosen)


def asked(error: NotRead, token: str, said: dict[str, str]) -> dict[str, Any]:
    """What the page asks, when the file cannot be read without an answer."""
    if error.reason not in ASKS:
        return {}
    zones = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    zone = remembered_zone(error.format) or Days.of_the_studio().zone_name
    told = {"asks": error.reason, "token": token, "said": said, "people": error.choices}
    asks_zone = {"zones": zones, "zone": zone, "is_known": zone != "UTC"}
    return told | (asks_zone if error.reason == "zone" else {})


def keep(
    request: HttpRequest, readings: list[Reading], token: str, chosen: dict[str, Any]
) -> HttpResponse:
    """Keep what was looked at, and go where the author can see it."""
    found = bring_in_all(readings, file=names_of(token), **chosen, ways=ways(request))
    uploads.drop(token)
    return kept(request, next((each.batch for each in found if each.batch), None))


def kept(request: HttpRequest, batch: UUID | None) -> HttpResponse:
    """Say what was kept, and go where the author can see it."""
    if batch is None:
        messages.success(request, _("All of it was here already."))
        return redirect("timelog:time")
    entries = TimeEntry.objects.filter(batch=batch).aggregate(n=Count("pk"), last=Max("day"))
    words = ngettext("%(n)d entry brought in.", "%(n)d entries brought in.", entries["n"])
    undo = reverse("timelog:batch_delete", args=[batch])
    said = words % {"n": entries["n"]}
    if moved := len(ImportBatch.objects.values_list("moved", flat=True).get(pk=batch)):
        words = ngettext("%(n)d of yours made room.", "%(n)d of yours made room.", moved)
        said = f"{said}{gap()}{words % {'n': moved}}"
    messages.success(request, said, extra_tags=undo)
    return to_week_of(entries["last"]) if entries["last"] else redirect("timelog:kinds")


@require_safe
def time_import_state(request: HttpRequest, token: UUID) -> HttpResponse:
    """How far the worker is with a file; when it is done, where the author can see it."""
    job = job_of(token.hex)
    if job is None:
        raise Http404
    if job.state != Job.State.DONE:
        told = {"here": "time", "job": job, "failed": job.state == Job.State.FAILED}
        return render(request, "timelog/time_import_state.html", told, parts=("state",))
    there = kept(request, token if ImportBatch.objects.filter(pk=token).exists() else None)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(there["Location"])
    return there


@require_POST
def batch_delete(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Take an import back."""
    gone = take_back(batch)
    words = ngettext("%(n)d entry taken back.", "%(n)d entries taken back.", gone.entries)
    if gone.entries:
        messages.success(request, words % {"n": gone.entries})
    else:
        messages.error(request, _("That import was taken back already."))
    if gone.stayed:
        words = ngettext(
            "%(n)d entry had made room and was changed since; it stays as it is.",
            "%(n)d entries had made room and were changed since; they stay as they are.",
            gone.stayed,
        )
        messages.warning(request, words % {"n": gone.stayed})
    return redirect("timelog:time_import")


def page(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page, with what was found or what is wrong."""
    context = {
        "here": "time",
        "batches": [] if "found" in context else batches(),
        **context,
    }
    status = 422 if context.get("error") else 200
    return render(request, "timelog/time_import.html", context, status=status)


def batches() -> list[dict[str, Any]]:
    """The latest imports, each with the name of its file."""
    found = list(TimeEntry.objects.batches()[:12])
    told = ImportBatch.objects.in_bulk([each["batch"] for each in found])
    return [{**each, "file": getattr(told.get(each["batch"]), "called", "")} for each in found]


def ways(request: HttpRequest) -> dict[str, str]:
    """What is to be done where rows share time with others: of all, and of one by its mark."""
    said = {
        name.removeprefix("overlap").removeprefix("-"): value
        for name, value in request.POST.items()
        if name.partition("-")[0] == "overlap"
    }
    return {mark: way for mark, way in said.items() if way in WAYS}


def wished(request: HttpRequest) -> dict[str, str]:
    """What was said of the file: the order of dates, the sheet, the zone, whose rows."""
    order = request.POST.get("order", "")
    told = {name: request.POST.get(name, "")[:200] for name in ("sheet", "zone", "person")}
    return {"date_order": order if order in ORDERS else "", **told}


def choices(request: HttpRequest, readings: list[Reading]) -> dict[str, Any]:
    """Which kind each name is to be: one of the studio's, or a new one of a family."""
    own = {str(kind.pk): kind for kind in Kind.objects.all()}
    names = dict.fromkeys(name_of(each) for reading in readings for each in reading.spent)
    wanted: dict[str, Choice] = {}
    for number, name in enumerate(names):
        choice = request.POST.get(f"kind-{number}", "")
        if choice in own:
            wanted[name] = own[choice]
        elif choice in Kind.Family.values:
            wanted[name] = choice
    return {"wanted": wanted, "without_kind": own.get(request.POST.get("without_kind", ""))}


# --- what was sent --------------------------------------------------------------------------------
def receive(request: HttpRequest) -> str:
    """Lay the files down; the token that finds them again. Raises NotRead."""
    files = request.FILES.getlist("file")
    if not files:
        raise NotRead("none")
    if len(files) > MOST_FILES or sum(file.size or 0 for file in files) > LARGEST_TOGETHER:
        raise NotRead("many", f"{MOST_FILES}")
    for file in files:
        if (file.size or 0) > LARGEST:
            error = NotRead("large", f"{LARGEST // 1024 // 1024}")
            error.file = (file.name or "") if len(files) > 1 else ""
            raise error
    folder, token = uploads.begin()
    for file in files:
        lay(file, free(folder, clean(file.name or "")))
    return token


def free(folder: Path, name: str) -> Path:
    """Where a file may lie: under its name, or where that is taken with a number before its
    ending."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return path
