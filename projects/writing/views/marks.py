"""A scene, or a whole chapter, is done in the book's pass, or not yet."""

import json
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.writing.models import Book, Chapter, Scene
from projects.writing.nearby import nearby
from projects.writing.passes import PassRefused, review, unreview
from studio.lib.htmx import render

from .books import book_page
from .passes import board_page


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def scene_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a scene done; DELETE takes it back; GET is its line in the room."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    if request.method == "POST":
        return mark(request, scene.chapter.book, [scene], ("scene", pk), str(scene))
    if request.method == "DELETE":
        return unmark(request, scene.chapter.book, [scene], ("scene", pk), str(scene))
    return line(request, scene)


@require_POST
def scene_undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Not done yet after all: the twin of DELETE for forms."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    return unmark(request, scene.chapter.book, [scene], ("scene", pk), str(scene))


@require_http_methods(["POST", "DELETE"])
def chapter_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Call all scenes of a chapter done; DELETE takes them back."""
    chapter = get_object_or_404(Chapter.objects.with_book(), pk=pk)
    act = mark if request.method == "POST" else unmark
    scenes = list(chapter.scenes.without_text())
    return act(request, chapter.book, scenes, ("chapter", pk), chapter.title)


@require_POST
def chapter_undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Not done yet after all; ?since takes back only what was called done from then on."""
    chapter = get_object_or_404(Chapter.objects.with_book(), pk=pk)
    scenes = list(chapter.scenes.without_text())
    return unmark(request, chapter.book, scenes, ("chapter", pk), chapter.title)


def mark(
    request: HttpRequest, book: Book, scenes: list[Scene], what: tuple[str, int], title: str
) -> HttpResponse:
    """Done."""
    kind, pk = what

    def act() -> tuple[str, str]:
        at = review(book, scenes)
        undo = reverse(f"writing:{kind}_undone", args=[pk])
        since = urlencode({"since": at.isoformat()})
        return _("%(title)s is done in this pass.") % {"title": title}, f"{undo}?{since}"

    return answer(request, book, scenes, act)


def unmark(
    request: HttpRequest, book: Book, scenes: list[Scene], what: tuple[str, int], title: str
) -> HttpResponse:
    """Not done."""
    kind, pk = what

    def act() -> tuple[str, str]:
        unreview(book, scenes, moment(request.GET.get("since", "")))
        undo = reverse(f"writing:{kind}_done", args=[pk])
        return _("%(title)s is not done yet.") % {"title": title}, undo

    return answer(request, book, scenes, act)


def moment(said: str) -> datetime | None:
    """A moment from the address; None when it is none."""
    try:
        found = parse_datetime(said)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def answer(
    request: HttpRequest,
    book: Book,
    scenes: list[Scene],
    act: Callable[[], tuple[str, str]],
) -> HttpResponse:
    """Do it, then the part that asked with its toast, or the way back."""
    try:
        words, undo = act()
    except PassRefused as error:
        words, undo = str(error), ""
    target = request.headers.get("HX-Target", "")
    if target in ("pass-line", "outline", "board"):
        if target == "pass-line":
            response = line(request, scenes[0])
        elif target == "outline":
            whole = Book.objects.with_world().get(pk=book.pk)
            response = book_page(request, whole, swaps_edge=True)
        else:
            response = board_page(request, book.pk, newest_number(book))
        response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo}})
        return response
    messages.success(request, words, extra_tags=undo)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    place = f"#chapter-{scenes[0].chapter_id}" if scenes else ""
    return redirect(reverse("writing:book", args=[book.pk]) + place)


def newest_number(book: Book) -> int:
    """The number of the pass the book is in."""
    last = book.passes.order_by("-number").values_list("number", flat=True).first()
    return last or 1


def line(request: HttpRequest, scene: Scene) -> HttpResponse:
    """The scene's line in the room; a plain request goes to the room."""
    if request.headers.get("HX-Target") != "pass-line":
        return redirect("writing:scene_edit", scene.pk)
    tree = nearby(scene.chapter)
    scene.refresh_from_db(fields=["head", "updated"])
    context = {"scene": scene, "outline": tree, "stand": tree.stand(scene)}
    return render(request, "writing/_pass_line.html", context)
