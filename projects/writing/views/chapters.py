"""Pages of chapters, and of scenes as parts of a chapter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.writing.forms import ChapterForm, SceneForm
from projects.writing.models import Book, Chapter, Scene
from studio.lib.htmx import render

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_form
def chapter_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a chapter, with one empty scene to write in."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    last = book.chapters.in_reading_order().last()
    blank = Chapter(book=book, part=last.part if last else None)
    form = ChapterForm(request.POST or None, instance=blank)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        made.scenes.create()
        messages.success(request, _("%s begun.") % made.title)
        return redirect("writing:book", book.pk)
    context = {"here": "world", "book": book, "form": form}
    template = "writing/chapter_new.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_form
def chapter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands about a chapter."""
    found = get_object_or_404(Chapter.objects.with_book(), pk=pk)
    form = ChapterForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("writing:book", found.book_id)
    context = {"here": "world", "book": found.book, "chapter": found, "form": form}
    template = "writing/chapter_edit.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
def scene_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a scene to a chapter, and go and write it."""
    chapter = get_object_or_404(Chapter, pk=pk)
    return redirect("writing:scene_edit", chapter.scenes.create().pk)


@require_form
def scene_about(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands about a scene: title, status, synopsis, counterpart."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    form = SceneForm(request.POST or None, instance=scene)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("writing:book", scene.chapter.book_id)
    context = {"here": "world", "book": scene.chapter.book, "scene": scene, "form": form}
    template = "writing/scene_about.html"
    return render(request, template, context, status=422 if form.is_bound else 200)
