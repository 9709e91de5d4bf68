"""Pages of books: the outline, the words one after another, and what stands about a book."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.worlds.models import World
from projects.writing.forms import BookForm, PartForm
from projects.writing.models import Book, Part, Scene
from projects.writing.outline import outline
from projects.writing.worked import of_book, settings
from studio.lib.htmx import render

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def writing(request: HttpRequest) -> HttpResponse:
    """Back to the last scene; before there is one, what to begin with."""
    last = Scene.objects.last_worked()
    if last is not None:
        return redirect("writing:scene_edit", last.pk)
    context = {
        "here": "writing",
        "books": Book.objects.select_related("world").order_by("world", "position"),
        "world": World.objects.first(),
    }
    return render(request, "writing/writing.html", context)


@require_form
def book_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a book in a world."""
    world = get_object_or_404(World, pk=pk)
    form = BookForm(request.POST or None, instance=Book(world=world, language=world.language))
    if request.method == "POST" and form.is_valid():
        made = form.save()
        messages.success(request, _("%s begun.") % made.title)
        return redirect("writing:book", made.pk)
    context = {"here": "world", "world": world, "form": form}
    return render(request, "writing/book_new.html", context, status=422 if form.is_bound else 200)


@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A book's outline; ?arrange moves things, ?synopses says what happens in them."""
    return book_page(request, get_object_or_404(Book.objects.with_world(), pk=pk))


def book_page(
    request: HttpRequest,
    found: Book,
    *,
    sentence: str = "",
    status: int = 200,
    swaps_edge: bool = False,
) -> HttpResponse:
    """The outline, with a sentence when something could not be done to it.

    `swaps_edge` brings the edge above it along.
    """
    synopses = "synopses" in request.GET
    tree = outline(found, synopses=synopses)
    days, _kept = settings()
    year, work = of_book(found, days.today())
    for line in tree.lines:
        line.work = work.get(line.chapter.pk)
    context = {
        "here": "world",
        "page_keys": "writing/_outline_keys.html",
        "book": found,
        "outline": tree,
        "year": year,
        "arrange": "arrange" in request.GET
        or (request.method == "POST" and "plain" not in request.GET and not swaps_edge),
        "synopses": synopses,
        "sentence": sentence,
        "swaps_edge": swaps_edge,
    }
    return render(request, "writing/book.html", context, parts=("outline",), status=status)


@require_form
def book_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands about a book."""
    found = get_object_or_404(Book.objects.with_world(), pk=pk)
    form = BookForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("writing:book", found.pk)
    context = {"here": "world", "book": found, "form": form}
    return render(request, "writing/book_edit.html", context, status=422 if form.is_bound else 200)


@require_form
def part_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a part of a book."""
    found = get_object_or_404(Book, pk=pk)
    form = PartForm(request.POST or None, instance=Part(book=found))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("writing:book", found.pk)
    context = {"here": "world", "book": found, "form": form}
    return render(request, "writing/part_new.html", context, status=422 if form.is_bound else 200)


@require_form
def part_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a part another title."""
    part = get_object_or_404(Part.objects.select_related("book"), pk=pk)
    form = PartForm(request.POST or None, instance=part)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("writing:book", part.book_id)
    context = {"here": "world", "book": part.book, "part": part, "form": form}
    return render(request, "writing/part_edit.html", context, status=422 if form.is_bound else 200)
