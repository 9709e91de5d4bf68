"""Words of a scene that films are made from: bind them, and let them go."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.videos.models import Concept, Passage, Shot
from projects.videos.models.passage import NotThere
from projects.videos.passage_form import PassageForm
from projects.writing.models import Scene
from studio.lib.htmx import render


@require_http_methods(["GET", "HEAD", "POST"])
def passage_new(request: HttpRequest) -> HttpResponse:
    """Bind words: ?scene, ?shot or ?concept says from where it is asked."""
    thing = asked(request)
    instead = replaced(request)
    first: dict[str, Any] = {name: request.GET.get(name, "") for name in ("quote", "start")}
    if instead is not None:
        first |= {"scene": instead.scene_id, "bound_to": instead.bound_to}
        first["quote"] = first["quote"] or instead.quote
    form = PassageForm(thing, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        passage = form.save()
        if instead is not None and instead.pk != passage.pk:
            instead.remove()
        words = _("Bound to %s.") % (passage.shot or passage.concept)
        return answer(request, thing, words, reverse("videos:passage_delete", args=[passage.pk]))
    context = {"here": "concepts", "form": form, "thing": thing, "back": page_of(thing)}
    context["instead"] = instead
    if isinstance(thing, Scene):
        context |= {"here": "writing", "scene": thing, "passages": of_scene(thing)}
    status = 422 if form.is_bound else 200
    return render(request, "videos/passage_new.html", context, parts=("passages",), status=status)


@require_POST
def passage_requote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words that stand in the scene now for the quoted ones."""
    passage = found(pk)
    try:
        passage.quote_anew()
    except NotThere:
        return answer(request, where(request, passage), _("These words are lost; bind again."), "")
    return answer(request, where(request, passage), _("Bound to the new words."), "")


@require_POST
def passage_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a passage go; Undo binds it again."""
    passage = found(pk)
    passage.remove()
    undo = reverse("videos:passage_restore", args=[pk])
    return answer(request, where(request, passage), _("No longer bound."), undo)


@require_POST
def passage_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bind a passage again."""
    passage = found(pk)
    passage.restore()
    return answer(request, where(request, passage), _("Bound again."), "")


def found(pk: int) -> Passage:
    """The passage with what it belongs to, or 404."""
    rows = Passage.objects.select_related("concept", "shot__concept", "scene__chapter")
    return get_object_or_404(rows, pk=pk)


def replaced(request: HttpRequest) -> Passage | None:
    """The passage that is bound again: ?instead says which."""
    key = request.GET.get("instead", "")
    if not key.isdecimal() or len(key) > 18:
        return None
    return Passage.objects.kept().filter(pk=key).first()


def where(request: HttpRequest, passage: Passage) -> Any:
    """The page it was asked from: the scene's for htmx, else the shot's or the concept's."""
    if request.headers.get("HX-Target") == "passages" and passage.scene:
        return passage.scene
    return passage.shot or passage.concept


def asked(request: HttpRequest) -> Any:
    """The scene, shot or concept the words are to be bound for, or 404."""
    rows: dict[str, Any] = {
        "scene": Scene.objects.with_chapter(),
        "shot": Shot.objects.select_related("concept"),
        "concept": Concept.objects.all(),
    }
    for name, some in rows.items():
        said = request.GET.get(name, "")
        if said.isdecimal() and len(said) < 19:
            return get_object_or_404(some, pk=said)
    raise Http404


def of_scene(scene: Scene) -> list[Passage]:
    """What is bound of a scene."""
    passages = list(Passage.objects.of_chapter(scene.chapter_id).filter(scene=scene))
    for passage in passages:
        passage.scene = scene
    return passages


def page_of(thing: Any) -> str:
    """The address of a scene, a shot or a concept."""
    if isinstance(thing, Scene):
        return reverse("writing:scene_edit", args=[thing.pk])
    return reverse("videos:shot" if isinstance(thing, Shot) else "videos:concept", args=[thing.pk])


def answer(request: HttpRequest, thing: Any, words: str, undo: str) -> HttpResponse:
    """What is bound of the scene now, or the page it was asked from; each with its toast."""
    if isinstance(thing, Scene) and request.headers.get("HX-Target") == "passages":
        context = {"scene": thing, "passages": of_scene(thing)}
        response = render(request, "videos/passage_new.html", context, parts=("passages",))
        response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo}})
        return response
    messages.success(request, words, extra_tags=undo)
    return redirect(page_of(thing))
