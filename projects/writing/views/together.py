"""Scenes together: a chapter's in one piece, and one scene in two languages side by side."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.writing import twins
from projects.writing.models import Chapter, Scene
from projects.writing.outline import outline
from projects.writing.reading import blocks
from studio.lib.htmx import render


@require_safe
def chapter_write(request: HttpRequest, pk: int) -> HttpResponse:
    """All scenes of a chapter one under the other, each saved by itself."""
    found = get_object_or_404(Chapter.objects.with_book(), pk=pk)
    tree = outline(found.book)
    lines = tree.lines
    at = next(place for place, line in enumerate(lines) if line.chapter.pk == pk)
    scenes = list(Scene.objects.filter(chapter=found).for_reading())
    context = {
        "here": "writing",
        "book": found.book,
        "outline": tree,
        "line": lines[at],
        "scenes": [(scene, uuid4()) for scene in scenes],
        "before": lines[at - 1] if at else None,
        "after": lines[at + 1] if at + 1 < len(lines) else None,
    }
    return render(request, "writing/chapter_write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scene_counterpart(request: HttpRequest, pk: int) -> HttpResponse:
    """The same scene in the other language: read it, choose it, or make it in the twin book."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    twin = twins.book_of(scene)
    if request.method == "POST":
        return pair(request, scene)
    other = Scene.objects.with_chapter().filter(pk=scene.counterpart_id or 0).first()
    context = {
        "here": "writing",
        "scene": scene,
        "book": scene.chapter.book,
        "twin": twin,
        "other": other,
        "paragraphs": list(blocks(other.text)) if other else [],
        "choices": twins.choices(scene) if twin else [],
    }
    return render(request, "writing/scene_counterpart.html", context, parts=("counterpart",))


def pair(request: HttpRequest, scene: Scene) -> HttpResponse:
    """Pair with the scene that was chosen, with a new one, or with none."""
    said = request.POST.get("counterpart", "")
    if said == "new":
        other = twins.make(scene)
        if other is None:
            messages.error(request, _("This book has no twin; choose one on its page first."))
            return redirect("writing:scene_counterpart", scene.pk)
        messages.success(request, _("Begun in %s.") % other.chapter.book)
        return redirect("writing:scene_edit", other.pk)
    chosen = next((one for one in twins.choices(scene) if str(one.pk) == said), None)
    if said and chosen is None:
        messages.error(request, _("That scene is not there any more; choose another."))
        return redirect("writing:scene_counterpart", scene.pk)
    scene.pair_with(chosen)
    messages.success(request, _("Saved."))
    return redirect("writing:scene_edit", scene.pk)
