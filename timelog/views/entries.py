"""Entries by hand: add, change, remove, bring back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from studio.lib.htmx import render
from timelog.forms import EntryForm, said
from timelog.forms_detours import ChooseForm
from timelog.models import Kind, TimeEntry
from timelog.views.week import iso_week, time_page

UNDO = "timelog.undo"


@require_POST
def entry_new(request: HttpRequest) -> HttpResponse:
    """Add an entry."""
    form = EntryForm(request.POST)
    if not form.is_valid():
        return time_page(request, form, status=422)
    data = form.cleaned_data
    TimeEntry.objects.log(data["kind"], data["day"], data["length"], data["note"])
    messages.success(request, _("Added."))
    return to_week_of(data["day"])


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry."""
    found = get_object_or_404(TimeEntry.objects.closed(), pk=pk)
    initial = {
        "kind": found.kind_id,
        "day": found.day,
        "note": found.note,
        "length": said(found.seconds),
    }
    form = EntryForm(request.POST or None, initial=initial, kept=found.kind)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        # 2h40 in the form stands for the seconds that were measured, until it is changed.
        same = request.POST["length"].strip() == initial["length"]
        length = found.seconds if same and found.seconds else data["length"]
        found.change(kind=data["kind"], day=data["day"], seconds=length, note=data["note"])
        messages.success(request, _("Saved."))
        return to_week_of(data["day"])
    context: dict[str, Any] = {"here": "time", "form": form, "entry": found}
    if found.kind.family == Kind.Family.DETOUR:
        context["choosing"] = ChooseForm(initial={"detour": found.detour_id})
    status = 422 if form.is_bound else 200
    return render(request, "timelog/entry_edit.html", context, status=status)


@require_http_methods(["DELETE"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove it."""
    return removed(request, pk)


@require_POST
def entry_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove it: what DELETE does, for a form."""
    return removed(request, pk)


def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an entry, and offer to bring it back."""
    found = get_object_or_404(TimeEntry.objects.closed(), pk=pk)
    token = signing.dumps(found.remove(), salt=UNDO, compress=True)
    undo = reverse("timelog:entry_bring_back", args=[token])
    messages.success(request, _("Removed."), extra_tags=undo)
    return to_week_of(found.day)


@require_POST
def entry_bring_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo a removal."""
    try:
        back = TimeEntry.bring_back(signing.loads(token, salt=UNDO, max_age=24 * 3600))
    except (signing.BadSignature, Kind.DoesNotExist):
        messages.error(request, _("That can no longer be undone."))
        return redirect("timelog:time")
    messages.success(request, _("It is back."))
    return to_week_of(back.day)


def to_week_of(day: date) -> HttpResponse:
    """The page of the week of `day`."""
    return redirect(f"{reverse('timelog:time')}?week={iso_week(day)}")
