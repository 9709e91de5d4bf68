"""Detours: named, closed, later said to have paid off or not; nothing is lost by removing one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studio.lib.htmx import render
from timelog.forms_detours import ChooseForm, DetourForm, JudgeForm
from timelog.ledger import ledger
from timelog.models import Detour, Intention, TimeEntry
from timelog.state import Hours
from timelog.views.entries import to_week_of

SHOWN = 50  # nameless entries on the page; naming takes all of them


@require_safe
def detours(request: HttpRequest) -> HttpResponse:
    """All of them, what became of them, and hours that have no name yet."""
    return detours_page(request, DetourForm(initial={"began": Hours.of(request).today}))


def detours_page(request: HttpRequest, form: DetourForm) -> HttpResponse:
    """The page, with the form for a new one as it stands."""
    today = Hours.of(request).today
    rows = list(Detour.objects.with_totals(today.year))
    nameless = TimeEntry.objects.unnamed().order_by("-day", "-pk").select_related("kind")
    unnamed = TimeEntry.objects.unnamed().total()
    context: dict[str, Any] = {
        "here": "time",
        "form": form,
        "today": today,
        "open": [row for row in rows if row.is_open],
        "closed": [row for row in rows if not row.is_open],
        "ledger": ledger(((row.paid_off, row.seconds) for row in rows), unnamed),
        "unnamed": list(nameless[:SHOWN]),
        "intentions": Intention.objects.order_by("-pk"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "timelog/detours.html", context, status=status)


@require_POST
def detour_new(request: HttpRequest) -> HttpResponse:
    """Give one a name; if asked, it takes the nameless hours since it began."""
    form = DetourForm(request.POST)
    if not form.is_valid():
        return detours_page(request, form)
    with transaction.atomic():
        detour = form.save()
        taken = TimeEntry.objects.give(detour) if form.cleaned_data["gather"] else 0
    words = ngettext(
        "Named. %(n)d entry went to it.", "Named. %(n)d entries went to it.", taken
    ) % {"n": taken}
    messages.success(request, words if taken else _("Named."))
    return redirect("timelog:detours")


@require_http_methods(["GET", "HEAD", "POST"])
def detour(request: HttpRequest, pk: int) -> HttpResponse:
    """One detour with its hours; change its name, why, and days."""
    found = get_object_or_404(Detour, pk=pk)
    form = DetourForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("timelog:detour", pk)
    entries = found.entries.closed().select_related("kind").order_by("-day", "-pk")
    context = {
        "here": "time",
        "form": form,
        "detour": Detour.objects.with_totals(Hours.of(request).today.year).get(pk=pk),
        "entries": entries[:200],
        "judging": JudgeForm(initial={"outcome": found.outcome}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "timelog/detour.html", context, status=status)


@require_POST
def detour_give(request: HttpRequest) -> HttpResponse:
    """Give the ticked hours that have no name to one of the detours."""
    form = ChooseForm(request.POST)
    ticked = [int(each) for each in request.POST.getlist("entry") if each.isdecimal()]
    if not form.is_valid() or form.cleaned_data["detour"] is None:
        messages.error(request, _("Choose one of the detours."))
    elif not ticked:
        messages.error(request, _("Tick the hours that belong to it."))
    else:
        nameless = TimeEntry.objects.unnamed().filter(pk__in=ticked[:1000])
        given = nameless.update(detour=form.cleaned_data["detour"])
        words = ngettext("%(n)d entry given.", "%(n)d entries given.", given) % {"n": given}
        messages.success(request, words)
    return redirect("timelog:detours")


@require_POST
def detour_close(request: HttpRequest, pk: int) -> HttpResponse:
    """It has ended today."""
    get_object_or_404(Detour, pk=pk).close(Hours.of(request).today)
    undo = reverse("timelog:detour_reopen", args=[pk])
    messages.success(request, _("Closed. Whether it paid off can be said later."), extra_tags=undo)
    return redirect("timelog:detours")


@require_POST
def detour_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It goes on after all."""
    get_object_or_404(Detour, pk=pk).reopen()
    messages.success(request, _("It goes on."))
    return redirect("timelog:detours")


@require_POST
def detour_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether it paid off; or neither."""
    found = get_object_or_404(Detour, pk=pk)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether it paid off, in at most 300 characters."))
        return redirect("timelog:detour", pk)
    given = form.cleaned_data
    found.judge(given["paid_off"], given["outcome"], Hours.of(request).today)
    messages.success(request, _("Saved."))
    return redirect("timelog:detours")


@require_POST
def detour_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take its name away; the hours stay."""
    get_object_or_404(Detour, pk=pk).remove()
    undo = reverse("timelog:detour_bring_back", args=[pk])
    messages.success(request, _("Removed. Its hours stay, without a name."), extra_tags=undo)
    return redirect("timelog:detours")


@require_POST
def detour_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo that."""
    get_object_or_404(Detour.everything, pk=pk).bring_back()
    messages.success(request, _("It is back."))
    return redirect("timelog:detours")


@require_POST
def entry_detour(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which detour an entry belongs to, or none."""
    found = get_object_or_404(TimeEntry.objects.closed(), pk=pk)
    form = ChooseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the detours."))
        return redirect("timelog:entry_edit", pk)
    TimeEntry.objects.filter(pk=pk).update(detour=form.cleaned_data["detour"])
    messages.success(request, _("Saved."))
    return to_week_of(found.day)
