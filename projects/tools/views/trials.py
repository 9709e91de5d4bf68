"""Tests: log, correct, remove, bring back, remind later."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.tools.forms import TrialForm
from projects.tools.models import Trial
from studio.lib.htmx import render

from .matrix import found, matrix_page


@require_POST
def trial_new(request: HttpRequest, tool_pk: int, capability_pk: int) -> HttpResponse:
    """Log a test."""
    tool, capability = found(tool_pk, capability_pk)
    form = TrialForm(request.POST, instance=Trial(tool=tool, capability=capability))
    if not form.is_valid():
        return matrix_page(request, tool, capability, form)
    new = form.save()
    words = _("%(tool)s: %(state)s.") % {"tool": tool, "state": new.get_state_display()}
    messages.success(request, words, extra_tags=reverse("tools:trial_delete", args=[new.pk]))
    return to_cell_of(new)


@require_http_methods(["GET", "HEAD", "POST"])
def trial_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a test."""
    old = kept(pk)
    form = TrialForm(request.POST or None, instance=old)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved."))
        return to_cell_of(form.save())
    context = {"here": "tools", "trial": old, "form": form}
    return render(request, "tools/trial_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["DELETE"])
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove it."""
    return removed(request, pk)


@require_POST
def trial_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove it: what DELETE does, for a form."""
    return removed(request, pk)


def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a test, and offer to bring it back."""
    old = kept(pk)
    old.remove()
    undo = reverse("tools:trial_bring_back", args=[pk])
    messages.success(request, _("Removed."), extra_tags=undo)
    return to_cell_of(old)


@require_POST
def trial_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    old = Trial.objects.filter(pk=pk).first()
    if old is None:
        messages.error(request, _("That can no longer be undone."))
        return redirect("tools:tools")
    old.bring_back()
    messages.success(request, _("It is back."))
    return to_cell_of(old)


@require_POST
def trial_again(request: HttpRequest, pk: int, day: date) -> HttpResponse:
    """Test again on another day."""
    old = kept(pk)
    before = old.again_on
    old.test_again(day)
    words = _("Test again on %(day)s.") % {"day": date_format(day, "DATE_FORMAT")}
    undo = reverse("tools:trial_again", args=[pk, before]) if before else ""
    messages.success(request, words, extra_tags=undo)
    return to_cell_of(old)


def kept(pk: int) -> Trial:
    """The test with its tool and capability, or 404."""
    return get_object_or_404(Trial.objects.kept().select_related("tool", "capability"), pk=pk)


def to_cell_of(one: Trial) -> HttpResponse:
    """The history it stands in."""
    return redirect("tools:cell", one.tool_id, one.capability_id)
