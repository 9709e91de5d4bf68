"""Split, join and move scenes; and take it back."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.writing import cutting
from projects.writing.models import Chapter, Scene
from projects.writing.reading import blocks
from studio.lib.htmx import render

UNDO = "writing.cutting"
DAY = 24 * 3600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def scene_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a scene after `at` characters of revision `base`; GET shows where one may."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    if request.method != "POST":
        return split_page(request, scene)
    at, base = number(request.POST.get("at")), number(request.POST.get("base"))
    try:
        second, undo = cutting.split(scene, at, base)
    except cutting.NotNow as error:
        if not request.accepts("text/html"):
            return JsonResponse({"error": str(error)}, status=409)
        return split_page(request, scene, str(error), status=409)
    messages.success(request, _("Split in two; this is the second scene."), extra_tags=said(undo))
    there = reverse("writing:scene_edit", args=[second.pk])
    return redirect(there) if request.accepts("text/html") else JsonResponse({"scene": there})


def split_page(
    request: HttpRequest, scene: Scene, error: str = "", status: int = 200
) -> HttpResponse:
    """The scene's paragraphs, each with a button that begins a new scene there."""
    starts, start = [], 0
    for line in scene.text.split("\n"):
        starts.append(start)
        start += len(line) + 1
    places = [(starts[block.line], block) for block in blocks(scene.text)]
    context = {
        "here": "writing",
        "scene": scene,
        "book": scene.chapter.book,
        "places": places,
        "error": error,
    }
    return render(request, "writing/scene_split.html", context, status=status)


@require_POST
def scene_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Append the next scene of the chapter to this one."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    try:
        _scene, undo = cutting.join(scene)
    except cutting.NotNow as error:
        messages.error(request, str(error))
    else:
        words = _("The next scene is part of this one now.")
        messages.success(request, words, extra_tags=said(undo))
    return redirect("writing:scene_edit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def scene_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a scene to another chapter, of any book of its world in the same language."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    world, error = scene.chapter.book.world, ""
    chapters = Chapter.objects.filter(book__world=world, book__trashed=None).with_book()
    if request.method == "POST":
        chapter = chapters.filter(pk=number(request.POST.get("chapter"))).first()
        try:
            if chapter is None:
                raise cutting.NotNow(_("That chapter is not there any more; choose another."))
            undo = cutting.send(scene, chapter)
        except cutting.NotNow as refused:
            error = str(refused)
        else:
            words = _("%(scene)s is in %(chapter)s now.")
            words = words % {"scene": title_of(scene), "chapter": chapter}
            messages.success(request, words, extra_tags=said(undo))
            return redirect("writing:scene_edit", scene.pk)
    tongue = scene.chapter.book.language.split("-")[0]
    rows = chapters.filter(book__language__startswith=tongue).for_choice()
    context = {
        "here": "writing",
        "scene": scene,
        "book": scene.chapter.book,
        "chapters": rows,
        "error": error,
    }
    return render(request, "writing/scene_move.html", context, status=422 if error else 200)


@require_POST
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo a split, a join or a move."""
    try:
        scene = cutting.take_back(signing.loads(token, salt=UNDO, max_age=DAY))
    except signing.BadSignature:
        messages.error(request, _("That can no longer be undone."))
        return redirect("writing:writing")
    except cutting.NotNow as error:
        messages.error(request, str(error))
        return redirect("writing:writing")
    messages.success(request, _("It is as it was before."))
    return redirect("writing:scene_edit", scene.pk)


def said(undo: cutting.Undo) -> str:
    """The address that undoes it."""
    token = signing.dumps(undo, salt=UNDO, compress=True)
    return reverse("writing:take_back", args=[token])


def title_of(scene: Scene) -> str:
    """A scene's own title, or the word for one."""
    return scene.title or _("The scene")


def number(value: str | None) -> int:
    """A number from a form; -1 for what is none."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else -1
