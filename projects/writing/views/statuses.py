"""The author's own words for how far a text is, in their order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.writing.models import Book, Status
from studio.lib.htmx import render


@require_http_methods(["GET", "HEAD", "POST"])
def statuses(request: HttpRequest, pk: int) -> HttpResponse:
    """The statuses of a book from begun to done; POST adds one as the last."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    error = ""
    if request.method == "POST":
        label = said(request)
        error = refusal(book, label)
        if not error:
            book.statuses.create(label=label)
            messages.success(request, _("%s added.") % label)
            return redirect("writing:statuses", book.pk)
    return page(request, book, error=error)


def page(request: HttpRequest, book: Book, error: str = "", wrong: int = 0) -> HttpResponse:
    """The list; `wrong` is the status the error is about, 0 the new one."""
    rows = book.statuses.with_use()
    context = {"here": "world", "book": book, "statuses": rows, "error": error, "wrong": wrong}
    return render(request, "writing/statuses.html", context, status=422 if error else 200)


@require_POST
def status_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a status another name."""
    status = get_object_or_404(Status.objects.select_related("book__world"), pk=pk)
    label = said(request)
    error = refusal(status.book, label, status)
    if error:
        return page(request, status.book, error, status.pk)
    status.label = label
    status.save(update_fields=["label"])
    messages.success(request, _("Saved."))
    return redirect("writing:statuses", status.book_id)


@require_POST
def status_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a status towards begun or towards done."""
    status = get_object_or_404(Status, pk=pk)
    status.move_by(-1 if request.POST.get("step") == "up" else 1)
    return redirect("writing:statuses", status.book_id)


@require_POST
def status_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a status; what had it gets `to`, another of the book's statuses, or none."""
    status = get_object_or_404(Status, pk=pk)
    to = request.POST.get("to", "")
    other = status.book.statuses.exclude(pk=pk).filter(pk=int(to) if to.isdecimal() else 0).first()
    status.give_way_to(other)
    messages.success(request, _("%s removed.") % status.label)
    return redirect("writing:statuses", status.book_id)


def said(request: HttpRequest) -> str:
    """The label in the form, on one line."""
    return " ".join(request.POST.get("label", "").replace("\x00", "").split())[:80]


def refusal(book: Book, label: str, own: Status | None = None) -> str:
    """Why a status cannot be called that; nothing when it can."""
    if not label:
        return _("A status needs a name.")
    others = book.statuses.exclude(pk=own.pk) if own else book.statuses.all()
    if others.filter(label=label).exists():
        return _("There is a status of that name already; choose another.")
    return ""
