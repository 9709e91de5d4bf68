"""One address that moves parts, chapters and scenes of a book; and pages that say where to."""

import json
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.writing import order
from projects.writing.models import Book, Chapter
from projects.writing.outline import outline
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
    said = {**request.GET.dict(), **request.POST.dict()}
    step = STEPS.get(said.get("step", ""), 0)
    to: Place | None = None
    if not step:
        holder, _colon, before = said.get("to", "").partition(":")
        to = holder, before
    try:
        moved = order.move(book, said.get("version", ""), said.get("what", ""), to=to, step=step)
    except order.StaleTree:
        words = _("The book was rearranged elsewhere; nothing was moved. It stands so now.")
        return book_page(request, book, sentence=words, status=409)
    except Nowhere:
        words = _("There is no such place in this book any more; nothing was moved.")
        return book_page(request, book, sentence=words, status=422)
    return answer(request, book, moved)


def answer(request: HttpRequest, book: Book, moved: order.Moved) -> HttpResponse:
    """The outline as it is now, or the way back to it; each with its toast."""
    words = _("%(title)s is now %(number)d of %(total)d.") % {
        "title": moved.thing,
        "number": moved.number,
        "total": moved.total,
    }
    undo = ""
    if moved.changed:
        what = f"{type(moved.thing).__name__.lower()}-{moved.thing.pk}"
        back = {"what": what, "to": ":".join(moved.back), "version": moved.version}
        undo = f"{reverse('writing:book_order', args=[book.pk])}?{urlencode(back)}"
    if request.headers.get("HX-Target") == "outline":
        response = book_page(request, book)
        response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo}})
        return response
    messages.success(request, words, extra_tags=undo)
    return redirect(f"{reverse('writing:book', args=[book.pk])}?arrange")


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
