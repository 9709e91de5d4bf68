"""Remarks and to-dos: beside the text they are on, and all of a book's."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.writing.models import Book, Remark, Scene
from projects.writing.models.anchored import quoted
from studio.lib.htmx import render

from .scenes import remarks_of

LONGEST_QUOTE, LONGEST_BODY = 2000, 4000  # characters
CHOICES = {
    "open": pgettext_lazy("to-dos", "Open"),
    "todos": gettext_lazy("To-dos"),
    "remarks": gettext_lazy("Remarks"),
    "done": pgettext_lazy("to-dos", "Done"),
    "lost": gettext_lazy("At risk or lost"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def scene_remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said beside a scene; POST adds a remark, on the quoted words if there are any."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    if request.method == "POST":
        body = said(request, "body", LONGEST_BODY)
        if not body:
            error = _("A remark needs a word or two.")
            return beside(request, scene, error=error)
        quote = said(request, "quote", LONGEST_QUOTE)
        start = request.POST.get("start", "")
        near = int(start) if start.isdecimal() and len(start) < 10 else 0
        # The words may have been typed since the last save: then the remark is on words to come.
        place = quoted(scene.text, quote, near) if quote else None
        place = place or {"quote": quote, "start": near, "end": near, "state": lost_if(quote)}
        scene.remarks.create(body=body, kind=kind_of(request), revision=scene.head, **place)
        return answer(request, scene, _("Noted."))
    return beside(request, scene)


@require_POST
def remark_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it in other words, or make it a to-do or a remark."""
    remark = found(pk)
    body = said(request, "body", LONGEST_BODY)
    if not body:
        return beside(request, remark.scene, error=_("A remark needs a word or two."))
    remark.say(body, kind_of(request))
    return answer(request, remark.scene, _("Saved."))


@require_http_methods(["POST", "DELETE"])
def remark_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a to-do off; DELETE, or its POST twin with `undo`, opens it again."""
    remark = found(pk)
    done = request.method == "POST" and "undo" not in request.POST
    remark.tick(done)
    return answer(request, remark.scene, _("Done.") if done else _("Open again."))


@require_http_methods(["POST", "DELETE"])
def remark_delete(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Take a remark away; Undo brings it back."""
    gone = get_object_or_404(Remark.objects.kept().select_related("scene"), pk=remark, scene=pk)
    gone.remove()
    undo = reverse("writing:remark_restore", args=[gone.pk])
    where = came_from(request)
    return answer(request, gone.scene, _("Removed."), f"{undo}?from={where}" if where else undo)


@require_POST
def remark_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a remark back."""
    remark = found(pk)
    remark.restore()
    return answer(request, remark.scene, _("It is back."))


@require_POST
def remark_requote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words that stand there now for the quoted ones."""
    remark = found(pk)
    scene = remark.scene
    place = quoted(scene.text, remark.words, remark.start) if remark.words.strip() else None
    if place is None:
        return beside(request, scene, error=_("These words are lost; there are no new ones."))
    for name, value in place.items():
        setattr(remark, name, value)
    remark.revision = scene.head
    remark.save()
    return answer(request, scene, _("It is on the new words now."))


@require_safe
def book_remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """All remarks and to-dos of a book, in the order of its words; ?show chooses."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    every = Remark.objects.of_book(book)
    numbers = every.tally()
    show = request.GET.get("show", "open")
    show = show if show in CHOICES else "open"
    context = {
        "here": "world",
        "book": book,
        "remarks": list(every.showing(show)),
        "show": show,
        "choices": [(name, label, numbers[name]) for name, label in CHOICES.items()],
    }
    return render(request, "writing/book_remarks.html", context)


def found(pk: int) -> Remark:
    """The remark with its scene, or 404."""
    rows = Remark.objects.select_related("scene__chapter__book__world")
    return get_object_or_404(rows, pk=pk)


def said(request: HttpRequest, name: str, most: int) -> str:
    """A field of the form, cleaned."""
    words = request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")
    return words.strip()[:most]


def kind_of(request: HttpRequest) -> str:
    """A remark, unless a to-do was asked for."""
    return Remark.Kind.TODO if request.POST.get("kind") == "todo" else Remark.Kind.REMARK


def lost_if(quote: str) -> str:
    """Words that are not there yet are looked for at each revision; no words are never lost."""
    return Remark.State.LOST if quote else Remark.State.INTACT


def came_from(request: HttpRequest) -> str:
    """The page it was asked from, where that is not the manuscript: "book" or "scene"."""
    where = request.GET.get("from", "")
    return where if where in ("book", "scene") else ""


def beside(request: HttpRequest, scene: Scene, *, error: str = "") -> HttpResponse:
    """The remarks as they are now: the part beside the manuscript, or a page of their own."""
    context: dict[str, Any] = {
        "here": "writing",
        "scene": scene,
        "book": scene.chapter.book,
        "chapter": scene.chapter,
        "remarks": remarks_of(scene),
        "error": error,
    }
    template, status = "writing/scene_remarks.html", 422 if error else 200
    return render(request, template, context, parts=("remarks",), status=status)


def answer(request: HttpRequest, scene: Scene, words: str, undo: str = "") -> HttpResponse:
    """The part that changed, or the page it was asked from; each with its toast."""
    if request.headers.get("HX-Target") == "remarks":
        response = beside(request, scene)
        if undo:
            response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo}})
        return response
    messages.success(request, words, extra_tags=undo)
    where = came_from(request)
    if where == "book":
        return redirect("writing:book_remarks", scene.chapter.book_id)
    return redirect("writing:scene_remarks" if where == "scene" else "writing:scene_edit", scene.pk)
