"""Marks on versions: made, said otherwise, done, taken away; and all of a picture's as a file."""

import csv
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.images.forms import MarkForm
from projects.images.marked import marks_of
from projects.images.models import Image, Mark, Trace, Version

from .pages import image_page

# A cell of a spreadsheet that begins so would be run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_POST
def mark_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a place on version `v` of a picture."""
    image = get_object_or_404(Image, pk=pk)
    version = numbered(image, request.POST.get("v", ""))
    form = MarkForm(request.POST)
    if version is None:
        return refused(request, image, _("There is no such version; choose one of the list."))
    if not form.is_valid():
        return refused(request, image, form.sentence)
    said = form.cleaned_data
    mark = Mark.objects.draw(
        version, said["shape"], said["points"], kind=said["kind"], body=said["body"]
    )
    words = _("Approved on v%d.") if mark.is_lock else _("Marked on v%d.")
    return answer(request, version, words % version.number, made=mark.pk)


@require_POST
def mark_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it in other words, as another kind, or at another place."""
    mark = found(pk)
    form = MarkForm(request.POST, instance=mark)
    if not form.is_valid():
        return refused(request, mark.version.image, form.sentence)
    said = form.cleaned_data
    mark.say(said["body"], said["kind"])
    if said["points"]:
        mark.redraw(said["shape"], said["points"])
    return answer(request, mark.version, _("Saved."), made=mark.pk)


@require_http_methods(["POST", "DELETE"])
def mark_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a to-do off; DELETE, or its POST twin with `undo`, opens it again."""
    mark = found(pk)
    if not mark.is_todo:
        return refused(request, mark.version.image, _("Only a to-do can be done."))
    here = reverse("images:mark_done", args=[pk])
    if request.method == "POST" and "undo" not in {**request.GET, **request.POST}:
        mark.resolve()
        return answer(request, mark.version, _("Done."), f"{here}?undo=1")
    mark.reopen()
    return answer(request, mark.version, _("Open again."), here)


@require_http_methods(["POST", "DELETE"])
def mark_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mark away; Undo brings it back."""
    mark = found(pk)
    mark.remove()
    undo = reverse("images:mark_restore", args=[pk])
    return answer(request, mark.version, _("Removed."), undo)


@require_POST
def mark_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a mark back."""
    mark = found(pk, Mark.objects.all())
    mark.restore()
    return answer(request, mark.version, _("It is back."), made=pk)


@require_http_methods(["POST", "DELETE"])
def trace_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed is meant so; DELETE, or its POST twin with `undo`, warns again."""
    trace = get_object_or_404(Trace.objects.select_related("version__image"), pk=pk)
    here = reverse("images:trace_settle", args=[pk])
    if request.method == "POST" and "undo" not in {**request.GET, **request.POST}:
        trace.settle()
        return answer(request, trace.version, _("It is meant so."), f"{here}?undo=1")
    trace.unsettle()
    return answer(request, trace.version, _("It is watched again."), here)


@require_safe
def image_marks(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """All marks of a picture as CSV or JSON, with the pick."""
    image = get_object_or_404(Image, pk=pk)
    versions = list(image.versions.order_by("number"))
    for version in versions:
        version.image = image
    rows = [row_of(marked) for marked in marks_of(image, versions)]
    pick = next((version.number for version in versions if version.is_picked), None)
    if format == "json":
        body = {"image": image.title, "pick": pick, "marks": rows}
        response: HttpResponse = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.write("\ufeff")  # so that spreadsheets read the Chinese
        writer = csv.DictWriter(response, [*COLUMNS, "picked"])
        writer.writeheader()
        for row in rows:
            safe = {name: cell(row[name]) for name in COLUMNS}
            writer.writerow(safe | {"picked": "yes" if row["version"] == pick else ""})
    response["Content-Disposition"] = f'attachment; filename="marks-{image.pk}.{format}"'
    return response


COLUMNS = ("number", "version", "kind", "text", "done", "shape", "points", "created", "found")


def row_of(marked: Any) -> dict[str, Any]:
    """A mark in plain words; `found` tells what became of it on which version."""
    mark = marked.mark
    return {
        "number": marked.number,
        "version": marked.version.number,
        "kind": mark.kind,
        "text": mark.body,
        "done": mark.done.isoformat() if mark.done else "",
        "shape": mark.shape,
        "points": mark.points,
        "created": mark.created.isoformat(),
        "found": {f"v{trace.version.number}": trace.verdict for trace in marked.traces.values()},
    }


def cell(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(FORMULA) else text


def found(pk: int, rows: Any = None) -> Mark:
    """The mark with its version and picture, or 404."""
    rows = Mark.objects.kept() if rows is None else rows
    mark: Mark = get_object_or_404(rows.select_related("version__image"), pk=pk)
    return mark


def numbered(image: Image, number: str) -> Version | None:
    """The version with this number."""
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    return image.versions.select_related("image").filter(number=int(number)).first()


def refused(request: HttpRequest, image: Image, sentence: str) -> HttpResponse:
    """One sentence, and nothing has changed."""
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=422)
    if "HX-Target" in request.headers:
        response = HttpResponse(status=204)
        response["HX-Trigger"] = json.dumps({"toast": {"text": sentence}})
        return response
    return image_page(request, image, mark_error=sentence, status=422)


def answer(
    request: HttpRequest, version: Version, words: str, undo: str = "", made: int | None = None
) -> HttpResponse:
    """The list as it is now, the new state as JSON, or the way back; each with its toast."""
    if wants_json(request):
        return JsonResponse({"text": words, "undo": undo or None, "mark": made})
    if "HX-Target" in request.headers:
        response = (
            image_page(request, version.image)
            if request.headers["HX-Target"] in ("marks", "versions")
            else HttpResponse(status=204)
        )
        response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo or None}})
        return response
    messages.success(request, words, extra_tags=undo)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect(f"{reverse('images:image', args=[version.image_id])}#marks")


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a person's browser."""
    return request.accepts("application/json") and not request.accepts("text/html")
