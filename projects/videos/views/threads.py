"""Threads of the world that films take up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.videos.models import Concept, ThreadLink
from projects.worlds.models import Entry


@require_POST
def thread_link(request: HttpRequest) -> HttpResponse:
    """Let a film take up a thread; asked for twice, it is done once."""
    thread = get_object_or_404(Entry, kind=Entry.Kind.THREAD, pk=number(request, "thread"))
    concept = get_object_or_404(Concept, pk=number(request, "concept"))
    ThreadLink.objects.get_or_create(thread=thread, concept=concept)
    said = _("%(film)s takes up “%(thread)s”.") % {"film": concept, "thread": thread}
    messages.success(request, said)
    return back(request, thread)


@require_POST
def thread_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a film leave a thread."""
    link = get_object_or_404(ThreadLink.objects.select_related("thread", "concept"), pk=pk)
    link.delete()
    said = _("%(film)s no longer takes up “%(thread)s”.")
    messages.success(request, said % {"film": link.concept, "thread": link.thread})
    return back(request, link.thread)


def number(request: HttpRequest, name: str) -> int:
    """The id in a field, or 0, which is nobody's."""
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def back(request: HttpRequest, thread: Entry) -> HttpResponse:
    """To the page it was asked from, else the thread's own."""
    where = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(where, allowed_hosts=None):
        return redirect(where)
    return redirect("worlds:entry", thread.pk)
