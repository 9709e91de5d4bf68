"""Milestones: set, change, remove, bring back."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from studio.lib.htmx import render
from timelog.forms import MilestoneForm
from timelog.models import Kind, Milestone
from timelog.views.kinds import kinds_page

UNDO = "timelog.undo.milestone"


@require_POST
def milestone_new(request: HttpRequest) -> HttpResponse:
    """Set a milestone."""
    form = MilestoneForm(request.POST, auto_id="milestone_%s")
    if not form.is_valid():
        return kinds_page(request, milestone_form=form)
    Milestone.objects.add(**form.cleaned_data)
    messages.success(request, _("Added."))
    return redirect("timelog:kinds")


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move it, name it, or let it count other kinds."""
    milestone = get_object_or_404(Milestone, pk=pk)
    form = MilestoneForm(request.POST or None, instance=milestone)
    if request.method == "POST" and form.is_valid():
        milestone.change(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("timelog:kinds")
    context = {"here": "time", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "timelog/milestone_edit.html", context, status=status)


@require_POST
def milestone_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a milestone, and offer to bring it back."""
    removed = get_object_or_404(Milestone, pk=pk).remove()
    token = signing.dumps(removed, salt=UNDO, compress=True)
    undo = reverse("timelog:milestone_bring_back", args=[token])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect("timelog:kinds")


@require_POST
def milestone_bring_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo a removal."""
    try:
        Milestone.bring_back(signing.loads(token, salt=UNDO, max_age=24 * 3600))
    except (signing.BadSignature, Kind.DoesNotExist):
        messages.error(request, _("That can no longer be undone."))
    else:
        messages.success(request, _("It is back."))
    return redirect("timelog:kinds")
