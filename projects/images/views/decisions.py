"""Versions are picked and set aside, each time with a way back to exactly how it was."""

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.images.models import Decision, Trace, Version

from .versions import answer, found


@require_http_methods(["POST", "DELETE"])
def version_pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle on a version; DELETE leaves the choice open again."""
    version = found(pk)
    if request.method == "DELETE":
        return unpicked(request, version)
    return told(request, version, version.pick(), _("v%d picked."), broken(version))


@require_POST
def version_unpick(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the choice open again: the twin of DELETE for forms."""
    return unpicked(request, found(pk))


def unpicked(request: HttpRequest, version: Version) -> HttpResponse:
    """Take the pick back."""
    return told(request, version, version.unpick(), _("v%d is no longer the pick."))


@require_POST
def version_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a version aside."""
    version = found(pk)
    return told(request, version, version.reject(), _("v%d set aside."))


@require_POST
def version_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Neither picked nor set aside."""
    version = found(pk)
    return told(request, version, version.clear(), _("v%d is open again."))


@require_POST
def decision_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back: the pick and the version are what they were before it."""
    rows = Decision.objects.select_related("version__image")
    decision = get_object_or_404(rows, pk=pk)
    version = decision.version
    if decision.undo():
        words = _("Taken back: v%d is as it was.") % version.number
    else:
        words = _("It was decided anew since. Choose on the picture\u2019s page.")
    return answer(request, found(version.pk), words)


def broken(version: Version) -> str:
    """The areas that were approved before and that this version changed, in words."""
    traces = Trace.objects.broken().filter(version=version).select_related("mark")
    return _(", ").join(trace.mark.named for trace in traces)


def told(
    request: HttpRequest, version: Version, decision: Model | None, words: str, areas: str = ""
) -> HttpResponse:
    """Say what was decided; what was so already has nothing to undo."""
    undo = reverse("images:decision_undo", args=[decision.pk]) if decision else None
    words = words % version.number
    if areas:
        both = {"said": words, "areas": areas}
        words = _("%(said)s It changed what you approved: %(areas)s.") % both
    return answer(request, version, words, undo)
