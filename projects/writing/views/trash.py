"""The trash: into it, out of it, and for ever."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.worlds.models import World
from projects.writing import trash
from projects.writing.models import Book, Chapter, Part, Scene, StillInTrash
from studio.lib.htmx import render

KINDS: dict[str, type[Book] | type[Part] | type[Chapter] | type[Scene]] = {
    "books": Book,
    "parts": Part,
    "chapters": Chapter,
    "scenes": Scene,
}


@require_POST
def thing_trash(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Put a book, part, chapter or scene into the trash; the toast brings it back."""
    thing: Any = get_object_or_404(KINDS[kind].objects.all(), pk=pk)
    said = str(thing)
    thing.trash()
    undo = reverse("writing:thing_restore", args=[kind, pk])
    messages.success(request, _("%s is in the trash.") % said, extra_tags=undo)
    return redirect(home_of(thing))


@require_POST
def thing_restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take it out of the trash again, to where it stood."""
    thing: Any = get_object_or_404(KINDS[kind].everything.all(), pk=pk)
    try:
        thing.bring_back()
    except StillInTrash as error:
        messages.error(request, str(error))
        return redirect("writing:world_trash", book_of(thing).world_id)
    messages.success(request, _("%s is back.") % thing)
    return redirect(home_of(thing))


@require_http_methods(["GET", "HEAD", "POST"])
def thing_delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask, and then delete for ever what is in the trash."""
    thing = get_object_or_404(KINDS[kind].everything.exclude(trashed=None), pk=pk)
    world = book_of(thing).world
    if request.method == "POST":
        said = str(thing)
        thing.delete()
        messages.success(request, _("%s was deleted for ever.") % said)
        return redirect("writing:world_trash", world.pk)
    found = trash.one(thing)
    context = {"here": "world", "world": world, "thing": thing, "kind": kind, "found": found}
    return render(request, "writing/thing_delete.html", context)


@require_safe
def world_trash(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a world has in its trash, newest first."""
    world = get_object_or_404(World, pk=pk)
    context = {"here": "world", "world": world, "things": trash.of_world(world)}
    return render(request, "writing/trash.html", context)


@require_safe
def book_trash(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken out of one book."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    things = [one for one in trash.of_world(book.world) if one.book == book]
    context = {"here": "world", "world": book.world, "book": book, "things": things}
    return render(request, "writing/trash.html", context)


def book_of(thing: Any) -> Book:
    """The book it belongs to, or is."""
    if isinstance(thing, Book):
        return thing
    book: Book = thing.chapter.book if isinstance(thing, Scene) else thing.book
    return book


def home_of(thing: Any) -> str:
    """Where it is listed: a book in its world, all else in its book."""
    book = book_of(thing)
    if isinstance(thing, Book) or book.trashed:
        return reverse("worlds:world", args=[book.world_id])
    return f"{reverse('writing:book', args=[book.pk])}?arrange"
