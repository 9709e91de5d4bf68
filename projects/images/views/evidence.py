"""Versions as evidence of a test: choose them, take them back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.images.models import Evidence, Version
from projects.tools.models import Trial
from studio.lib.htmx import render

PER_PAGE = 24


@require_safe
def trial_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions to choose from, the newest first; ?q looks for a picture by its title."""
    trial = found(pk)
    wanted = request.GET.get("q", "").strip()[:100]
    # What was set aside is among them: it often shows best what a tool cannot do.
    versions = Version.objects.with_previews().select_related("image").order_by("-pk")
    page = Paginator(versions.filter(image__title__icontains=wanted), PER_PAGE)
    context = {
        "here": "tools",
        "trial": trial,
        "chosen": set(Evidence.objects.filter(trial=trial).values_list("version", flat=True)),
        "wanted": wanted,
        "page": page.get_page(request.GET.get("page")),
    }
    return render(request, "images/trial_evidence.html", context)


@require_http_methods(["POST", "DELETE"])
def evidence(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """Let a version show what a test came to; DELETE takes it back."""
    trial, version = found(pk), get_object_or_404(Version, pk=version_pk)
    if request.method == "DELETE":
        return taken_back(request, trial, version)
    Evidence.objects.get_or_create(trial=trial, version=version)
    undo = reverse("images:evidence_remove", args=[pk, version_pk])
    messages.success(request, _("v%d shows it.") % version.number, extra_tags=undo)
    return redirect("tools:cell", trial.tool_id, trial.capability_id)


@require_POST
def evidence_remove(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """Take it back: what DELETE does, for a form."""
    return taken_back(request, found(pk), get_object_or_404(Version, pk=version_pk))


def taken_back(request: HttpRequest, trial: Trial, version: Version) -> HttpResponse:
    """The version stays; it shows the test no longer."""
    Evidence.objects.filter(trial=trial, version=version).delete()
    undo = reverse("images:evidence", args=[trial.pk, version.pk])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect("tools:cell", trial.tool_id, trial.capability_id)


def found(pk: int) -> Trial:
    """The test with its tool and capability, or 404."""
    return get_object_or_404(Trial.objects.kept().select_related("tool", "capability"), pk=pk)
