"""Bring hours in: choose a file, look at what is in it, keep it, and take it back."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

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
from timelog.among import stretch_of
from timelog.bring_in import bring_in, take_back
from timelog.found import Choice, Found, look, name_of, remembered_zone, wishes
from timelog.incoming import FORMATS, LARGEST, NotRead, Reading, Spent, read
from timelog.incoming.dates import ORDERS
from timelog.models import ImportBatch, Kind, TimeEntry
from timelog.overlap import fixes
from timelog.reasons import ASKS, of_doubt, of_file, of_row, of_whole
from timelog.settling import WAYS
from timelog.views.entries import to_week_of
from timelog.views.overlaps import as_stretch
from timelog.waiting_file import LATER, job_of, keep_later, uploads, waiting

SHOWN = 20  # rows
LISTED = 200  # lines of what was not read
TOGETHER = 100  # overlaps, each with a choice of its own


@require_http_methods(["GET", "HEAD", "POST"])
def time_import(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST a file: what is in it. POST its token: look again, or keep."""
    if request.method != "POST":
        return page(request)
    token, said = request.POST.get("token", ""), wished(request)
    try:
        source = waiting(token) if token else None
        if source is None:
            source, token = receive(request)
        reading = read(source.read_bytes(), "", wishes(**said), source.name)
    except NotRead as error:
        return page(request, error=of_file(error, on_the_page=True), **asked(error, token, said))
    if "keep" in request.POST and len(reading.spent) > LATER:
        keep_later(token, said, **choices(request, reading), ways=ways(request))
        return redirect("timelog:time_import_state", token=UUID(token))
    if "keep" in request.POST:
        return keep(request, reading, token, source.name)
    return page(request, token=token, said=said, **shown(reading, choices(request, reading)))


def asked(error: NotRead, token: str, said: dict[str, str]) -> dict[str, Any]:
    """What the page asks, when the file cannot be read without an answer."""
    if error.reason not in ASKS:
        return {}
    zones = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    zone = remembered_zone(error.format) or Days.of_the_studio().zone_name
    told = {"asks": error.reason, "token": token, "said": said, "people": error.choices}
    return told | ({"zones": zones, "zone": zone} if error.reason == "zone" else {})


def keep(request: HttpRequest, reading: Reading, token: str, file: str) -> HttpResponse:
    """Keep what was looked at, and go where the author can see it."""
    found = bring_in(reading, file=file, **choices(request, reading), ways=ways(request))
    uploads.drop(token)
    return kept(request, found.batch)


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
    return [{**each, "file": getattr(told.get(each["batch"]), "file", "")} for each in found]


def shown(reading: Reading, chosen: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a file."""
    found = look(reading, **chosen)
    new = {id(each) for _, each in found.new}
    days = [each.day for each in reading.spent]
    return {
        "found": found,
        "title": FORMATS[reading.format].title,
        "rows": [
            (each, id(each) in new or each.so_far, *when(each)) for each in reading.spent[:SHOWN]
        ],
        "more": max(0, len(reading.spent) - SHOWN),
        "months": months(found.months),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "twice": sorted((each.line, of_doubt(each)) for each in found.doubts)[:LISTED],
        "together": together(found),
        "together_more": max(0, len(found.overlapping) - TOGETHER),
        "remarks": [of_whole(each) for each in reading.asides],
        "refused": [(each.line, of_row(each)) for each in reading.refused[:LISTED]],
        "refused_more": max(0, len(reading.refused) - LISTED),
        "left_out": [(each.line, of_row(each)) for each in reading.left_out[:LISTED]],
        "own_kinds": Kind.objects.in_use(),
        "families": Kind.Family.choices,
    }


def together(found: Found) -> list[dict[str, Any]]:
    """Rows that share time with others, by line: when both are, and the ways that leave something
    of each."""
    shown = found.overlapping[:TOGETHER]
    entries = TimeEntry.objects.select_related("kind").in_bulk([each.entry for each in shown])
    told = []
    for each in sorted(shown, key=lambda each: each.row.line):
        other = each.other or entries.get(each.entry)
        if other is not None:
            stretch = as_stretch(other) if isinstance(other, TimeEntry) else stretch_of(other)
            told.append(
                {
                    "over": each,
                    "row": stretch_of(each.row),
                    "other": stretch,
                    "entry": entries.get(each.entry),
                    "ways": fixes(stretch_of(each.row), [stretch]),
                }
            )
    return told


def ways(request: HttpRequest) -> dict[str, str]:
    """What is to be done where rows share time with others: of all, and of one by its mark."""
    said = {
        name.removeprefix("overlap").removeprefix("-"): value
        for name, value in request.POST.items()
        if name.partition("-")[0] == "overlap"
    }
    return {mark: way for mark, way in said.items() if way in WAYS}


def when(each: Spent) -> tuple[datetime | None, datetime | None]:
    """A row's start and end by the clock of its zone."""
    zone = ZoneInfo(each.zone) if each.zone else None
    start, end = (at and at.astimezone(zone).replace(tzinfo=None) for at in (each.start, each.end))
    return start, end


def months(sums: list[tuple[str, int]]) -> list[tuple[date, int, float]]:
    """The first day of each month, its seconds, and how long its bar is in percent."""
    most = max((seconds for _, seconds in sums), default=0)
    return [
        (date.fromisoformat(f"{month}-01"), seconds, round(100 * seconds / most, 2))
        for month, seconds in sums
    ]


def wished(request: HttpRequest) -> dict[str, str]:
    """What was said of the file: the order of dates, the sheet, the zone, whose rows."""
    order = request.POST.get("order", "")
    told = {name: request.POST.get(name, "")[:200] for name in ("sheet", "zone", "person")}
    return {"date_order": order if order in ORDERS else "", **told}


def choices(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """Which kind each name is to be: one of the studio's, or a new one of a family."""
    own = {str(kind.pk): kind for kind in Kind.objects.all()}
    names = dict.fromkeys(name_of(each) for each in reading.spent)
    wanted: dict[str, Choice] = {}
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
        raise NotRead("large", f"{LARGEST // 1024 // 1024}")
    folder, token = uploads.begin()
    return lay(file, folder / clean(file.name or "")), token
