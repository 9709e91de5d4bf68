"""Entries by hand: add, change, remove."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from studio.lib.htmx import render
from timelog.entry_form import EntryForm
from timelog.forms_detours import ChooseForm
from timelog.models import Kind, TimeChange, TimeEntry
from timelog.state import Hours
from timelog.views.overlaps import Asked, written
from timelog.views.week import iso_week, time_page


@require_POST
def entry_new(request: HttpRequest) -> HttpResponse:
    """Add an entry."""
    hours = Hours.of(request)
    form = EntryForm(request.POST, days=hours.days)
    if not form.is_valid():
        return time_page(request, form, status=422)
    try:
        change = written(fields_of(form), form.stretch, request.POST.get("overlap", ""), hours)
    except Asked as asked:
        return time_page(request, form, status=422, more={"ways": asked.ways})
    return done(request, _("Added."), change, form.cleaned_data["day"])


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry."""
    found = get_object_or_404(TimeEntry.objects.closed().select_related("kind"), pk=pk)
    hours = Hours.of(request)
    form = EntryForm.about(found, request.POST or None, hours.days)
    context: dict[str, Any] = {"here": "time", "form": form, "entry": found}
    if request.method == "POST" and form.is_valid():
        way = request.POST.get("overlap", "")
        try:
            change = written(fields_of(form), form.stretch, way, hours, found)
        except Asked as asked:
            context["ways"] = asked.ways
        else:
            return done(request, _("Saved."), change, form.cleaned_data["day"])
    context |= {"neighbours": found.neighbours(), "days": found.by_day(hours.days)}
    if found.kind.family == Kind.Family.DETOUR:
        context["choosing"] = ChooseForm(initial={"detour": found.detour_id})
    status = 422 if form.is_bound else 200
    return render(request, "timelog/entry_edit.html", context, status=status)


def fields_of(form: EntryForm) -> dict[str, Any]:
    """What a valid form says, as `place` takes it."""
    data = form.cleaned_data
    return {
        "kind": data["kind"],
        "day": data["day"],
        "seconds": data["length"],
        "note": data["note"],
    }


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
    return done(request, _("Removed."), found.remove(), found.day)


def done(request: HttpRequest, words: str, change: TimeChange | None, day: date) -> HttpResponse:
    """The week of `day`, with what was done and its Undo."""
    messages.success(request, words, extra_tags=undo_of(change))
    return to_week_of(day)


def undo_of(change: TimeChange | None) -> str:
    """The address that undoes it."""
    return reverse("timelog:change_undo", args=[change.pk]) if change else ""


def to_week_of(day: date) -> HttpResponse:
    """The page of the week of `day`."""
    return redirect(f"{reverse('timelog:time')}?week={iso_week(day)}")
