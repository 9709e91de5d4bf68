"""Pages of rewrite passes: the book's passes, and the board of one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.writing import board
from projects.writing import passes as verbs
from projects.writing.current_pass import current_passes
from projects.writing.forms import PassForm
from projects.writing.models import Book, Pass
from projects.writing.outline import Outline, outline
from projects.writing.pass_words import pass_name, state_name
from projects.writing.passes import PassRefused
from projects.writing.progress import percent
from studio.lib.htmx import render

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_form
def passes(request: HttpRequest, pk: int) -> HttpResponse:
    """The book's passes with what they were for; POST begins the next one."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    if request.method == "POST":
        form = PassForm(request.POST)
        if form.is_valid():
            made = verbs.begin(book, form.cleaned_data["purpose"])
            undo = reverse("writing:pass_undo", args=[book.pk, made.number])
            words = _("%(pass)s begun.") % {"pass": pass_name(made.number)}
            messages.success(request, words, extra_tags=undo)
            return redirect("writing:pass_board", book.pk, made.number)
    else:
        form = PassForm()
    tree = outline(book)
    newest = tree.current.rewrite if tree.current else None
    next_number = newest.number + 1 if newest else 2
    context = {
        "here": "world",
        "book": book,
        "outline": tree,
        "newest": newest,
        "first": newest is None or (newest.number == 1 and newest.is_open),
        "began": book.created,
        "history": list(book.passes.order_by("-number")) if newest else [],
        "name": pass_name(newest.number if newest else 1),
        "next_name": pass_name(next_number),
        "form": form,
    }
    return render(request, "writing/passes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "DELETE"])
def pass_board(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Where every scene stands in a pass; DELETE takes back one in which nothing was done.

    ?show=untouched, work or done shows only those.
    """
    if request.method == "DELETE":
        return undone(request, pk, number)
    return board_page(request, pk, number)


@require_safe
def book_edge(request: HttpRequest, pk: int) -> HttpResponse:
    """The book from the side, small: the room asks for it when its page is there already."""
    tree = outline(get_object_or_404(Book.objects.with_world(), pk=pk))
    context = {"bars": tree.small_edge, "said": tree.pass_sentence, "small": True}
    return render(request, "writing/_edge.html", context)


def board_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The board."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    current = current_passes(Pass.objects.filter(book=book, number=number)).get(book.pk)
    if current is None:
        raise Http404
    tree = outline(book, current)
    found = board.rows(tree)
    counts = board.tally(found)
    show = request.POST.get("show", request.GET.get("show", ""))
    show = show if show in counts else ""
    tabs: list[tuple[str, str, int]] = [("", pgettext("scenes", "All"), len(found))]
    tabs += [(state, state_name(state), n) for state, n in counts.items()]
    context = {
        "here": "world",
        "book": book,
        "outline": tree,
        "rewrite": tree.current and tree.current.rewrite,
        "name": pass_name(number),
        "share": share_of(tree),
        "tabs": tabs,
        "show": show,
        "rows": [row for row in found if not show or row.state == show],
        "stale": sum(row.stand.is_stale for row in found),
        "board_url": reverse("writing:pass_board", args=[book.pk, number]),
    }
    return render(request, "writing/pass_board.html", context, parts=("board",))


def share_of(tree: Outline) -> int | None:
    """How far the pass is in percent of the book's characters; None for an open first draft."""
    share = tree.share
    return None if share is None else percent(round(share * 1_000_000), 1_000_000)


@require_form
def pass_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say what a pass is for; the first draft gets its row by it."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    found = book.passes.filter(number=number).first()
    if found is None and (number != 1 or book.passes.exists()):
        raise Http404
    form = PassForm(initial={"purpose": found.purpose if found else ""})
    if request.method == "POST":
        form = PassForm(request.POST)
        if form.is_valid():
            found = found or verbs.begin_first(book)
            found.purpose = form.cleaned_data["purpose"]
            found.save(update_fields=["purpose"])
            messages.success(request, _("Saved."))
            return redirect("writing:passes", book.pk)
    context = {"here": "world", "book": book, "name": pass_name(number), "form": form}
    template = "writing/pass_edit.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def pass_close(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """End a pass; Undo goes on with it."""
    found = get_object_or_404(Pass.objects.select_related("book"), book=pk, number=number)
    if found.is_open:
        verbs.close(found)
        undo = reverse("writing:pass_reopen", args=[pk, number])
        words = _("%(pass)s closed.") % {"pass": pass_name(number)}
        messages.success(request, words, extra_tags=undo)
    return redirect("writing:passes", pk)


@require_POST
def pass_reopen(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Go on with the last pass."""
    found = get_object_or_404(Pass.objects.select_related("book"), book=pk, number=number)
    try:
        verbs.reopen(found)
    except PassRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(pass)s is open again.") % {"pass": pass_name(number)})
    return redirect("writing:passes", pk)


@require_POST
def pass_undo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take back the opening of a pass: the twin of DELETE for forms."""
    return undone(request, pk, number)


def undone(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take the pass back, or say why not."""
    found = get_object_or_404(Pass.objects.select_related("book"), book=pk, number=number)
    try:
        verbs.take_back(found)
    except PassRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(pass)s taken back.") % {"pass": pass_name(number)})
    return redirect("writing:passes", pk)


@require_safe
def pass_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A pass by its id: on to its board."""
    found: Any = get_object_or_404(Pass, pk=pk)
    return redirect("writing:pass_board", found.book_id, found.number)
