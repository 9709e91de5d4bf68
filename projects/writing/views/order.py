"""The addresses that move books in a world, and parts, chapters and scenes in a book."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.worlds.models import World
from projects.writing import order, shelf_order
from projects.writing.models import Book, Chapter
from projects.writing.outline import outline
from projects.writing.slots import books_of
from projects.writing.tree_order import Nowhere, Place
from projects.writing.views.books import book_page
from studio.lib.htmx import render

STEPS = {"up": -1, "down": 1}


@require_POST
def book_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Move `what` one `step` ("up", "down"), or `to` a place ("part-3:chapter-9").

    A form's buttons and Undo say it in the query. `version` is the order the page showed: when the
    book stands in another one by now, nothing moves and the answer is 409 with the fresh outline.
    """
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    said = Said.of(request)
    try:
        moved = order.move(book, said.version, said.what, to=said.to, step=said.step)
    except order.StaleTree:
        words = _("The book was rearranged elsewhere; nothing was moved. It stands so now.")
        return book_page(request, book, sentence=words, status=409)
    except Nowhere:
        words = _("There is no such place in this book any more; nothing was moved.")
        return book_page(request, book, sentence=words, status=422)
    words, undo = told(moved, reverse("writing:book_order", args=[book.pk]))
    if request.headers.get("HX-Target") == "outline":
        return toasted(book_page(request, book), words, undo)
    messages.success(request, words, extra_tags=undo)
    return redirect(f"{reverse('writing:book', args=[book.pk])}?arrange")


@require_POST
def world_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a book among the books of its world: said and answered as for what is in a book."""
    world = get_object_or_404(World, pk=pk)
    said = Said.of(request)
    sentence, status, words, undo = "", 200, "", ""
    try:
        moved = shelf_order.move(world, said.version, said.what, to=said.to, step=said.step)
        words, undo = told(moved, reverse("writing:world_order", args=[world.pk]))
    except order.StaleTree:
        sentence, status = _("The books were rearranged elsewhere; nothing was moved."), 409
    except Nowhere:
        sentence, status = _("There is no such book here any more; nothing was moved."), 422
    if request.headers.get("HX-Target") == "books":
        context = books_of(world, arrange="plain" not in request.GET, sentence=sentence)
        response = render(request, "writing/_world_books.html#shelf", context, status=status)
        return toasted(response, words, undo) if words else response
    if sentence:
        messages.error(request, sentence)
    else:
        messages.success(request, words, extra_tags=undo)
    return redirect(f"{reverse('worlds:world', args=[world.pk])}?arrange")


@dataclass(frozen=True)
class Said:
    """What a page asks to move, and where to."""

    version: str
    what: str
    step: int
    to: Place | None

    @classmethod
    def of(cls, request: HttpRequest) -> "Said":
        """From the query and the form."""
        said = {**request.GET.dict(), **request.POST.dict()}
        step = STEPS.get(said.get("step", ""), 0)
        holder, _colon, before = said.get("to", "").partition(":")
        to = None if step else (holder, before)
        return cls(said.get("version", ""), said.get("what", ""), step, to)


def told(moved: order.Moved, address: str) -> tuple[str, str]:
    """What became of it, and the address that takes it back."""
    words = _("%(title)s is now %(number)d of %(total)d.") % {
        "title": moved.thing,
        "number": moved.number,
        "total": moved.total,
    }
    if not moved.changed:
        return words, ""
    what = f"{type(moved.thing).__name__.lower()}-{moved.thing.pk}"
    back = {"what": what, "to": ":".join(moved.back), "version": moved.version}
    return words, f"{address}?{urlencode(back)}"


def toasted(response: HttpResponse, words: str, undo: str) -> HttpResponse:
    """The answer with its toast."""
    response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo}})
    return response


@require_safe
def chapter_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Every place of the book a chapter may go to; the form posts to the book's order."""
    found = get_object_or_404(Chapter.objects.with_book(), pk=pk)
    tree = outline(found.book)
    groups = [
        (group.part, [line.chapter for line in group.lines if line.chapter != found])
        for group in tree.groups
    ]
    if tree.groups and tree.groups[0].part is not None:
        groups.insert(0, (None, []))
    context = {
        "here": "world",
        "book": found.book,
        "chapter": found,
        "outline": tree,
        "groups": groups,
    }
    return render(request, "writing/chapter_move.html", context)
