"""The brief of a concept, and what it said before."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.videos.forms import BriefForm
from projects.videos.models import BriefRevision, Concept
from projects.writing.prose_diff import compare
from studio.lib.htmx import render


@require_http_methods(["GET", "HEAD", "POST"])
def brief_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the brief; each state of it is kept."""
    concept = get_object_or_404(Concept, pk=pk)
    form = BriefForm(request.POST or None, initial={"brief": concept.brief})
    if request.method == "POST" and form.is_valid():
        before = concept.brief_revisions.first()
        kept = BriefRevision.keep(concept, form.cleaned_data["brief"])
        undo = reverse("videos:brief_restore", args=[before.pk]) if before and kept else ""
        messages.success(request, _("Saved."), extra_tags=undo)
        return redirect("videos:concept", pk)
    context = {"here": "concepts", "concept": concept, "form": form}
    return render(request, "videos/brief_edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def brief_revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the brief said; ?number is compared with the one before it."""
    concept = get_object_or_404(Concept, pk=pk)
    rows = list(concept.brief_revisions.all())
    said = request.GET.get("number", "")
    shown = next((row for row in rows if str(row.number) == said), rows[0] if rows else None)
    if said and (shown is None or str(shown.number) != said):
        raise Http404
    before = next((row for row in rows if shown and row.number == shown.number - 1), None)
    context = {
        "here": "concepts",
        "concept": concept,
        "rows": rows,
        "shown": shown,
        "diff": compare(before.text if before else "", shown.text) if shown else None,
    }
    return render(request, "videos/brief_revisions.html", context)


@require_POST
def brief_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the brief say again what it said; as a new revision, so that nothing is lost."""
    revision = get_object_or_404(BriefRevision.objects.select_related("concept"), pk=pk)
    concept = revision.concept
    before = concept.brief_revisions.first()
    kept = BriefRevision.keep(concept, revision.text)
    undo = reverse("videos:brief_restore", args=[before.pk]) if before and kept else ""
    words = _("The brief says again what revision %d said.") % revision.number
    messages.success(request, words, extra_tags=undo)
    return redirect("videos:concept", concept.pk)
