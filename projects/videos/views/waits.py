"""What shots and concepts wait for: begin, change, take up, give up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.videos.forms import WaitForm
from projects.videos.models import Concept, Shot, Wait
from studio.lib.htmx import render

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_form
def wait_new(request: HttpRequest) -> HttpResponse:
    """Wait for a capability; ?shot or ?concept says what waits."""
    thing = asked(request)
    wait = Wait(shot=thing) if isinstance(thing, Shot) else Wait(concept=thing)
    form = WaitForm(request.POST or None, instance=wait)
    if request.method == "POST" and form.is_valid():
        begun = Wait.begin(thing, **form.cleaned_data)
        awake: Any = Wait.objects.awake().filter(pk=begun.pk).first()
        words = _("%s can do it already.") % awake.woken_by if awake else _("It waits.")
        messages.success(request, words, extra_tags=reverse("videos:wait_dismiss", args=[begun.pk]))
        return to_page_of(thing)
    context = {"here": "concepts", "form": form, "thing": thing, "back": page_of(thing)}
    return render(request, "videos/wait_new.html", context, status=422 if form.is_bound else 200)


def asked(request: HttpRequest) -> Shot | Concept:
    """The shot or concept that is to wait, or 404."""
    shot, concept = request.GET.get("shot", ""), request.GET.get("concept", "")
    if shot.isdecimal() and len(shot) < 19:
        return get_object_or_404(Shot.objects.select_related("concept"), pk=shot)
    if concept.isdecimal() and len(concept) < 19:
        return get_object_or_404(Concept, pk=concept)
    raise Http404


@require_form
def wait_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what it waits for, since when, or what is noted about it."""
    wait = found(pk)
    thing = wait.thing
    form = WaitForm(request.POST or None, instance=wait)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return to_page_of(thing)
    context = {"here": "concepts", "form": form, "thing": thing, "back": page_of(thing)}
    context["wait"] = wait
    return render(request, "videos/wait_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["POST", "DELETE"])
def wait_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what waited; DELETE lets it wait again."""
    wait = found(pk)
    if request.method == "DELETE":
        return resumed(request, wait)
    wait.take_up()
    return ended(request, wait, _("Taken up."))


@require_http_methods(["POST", "DELETE"])
def wait_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop waiting; DELETE lets it wait again."""
    wait = found(pk)
    if request.method == "DELETE":
        return resumed(request, wait)
    wait.dismiss()
    return ended(request, wait, _("It waits no longer."))


@require_POST
def wait_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it wait again: what DELETE does, for a form."""
    return resumed(request, found(pk))


def resumed(request: HttpRequest, wait: Wait) -> HttpResponse:
    """Let it wait again."""
    wait.resume()
    messages.success(request, _("It waits again."))
    return to_page_of(wait.thing)


def ended(request: HttpRequest, wait: Wait, words: str) -> HttpResponse:
    """Say what happened, where the person was or where the work is."""
    messages.success(request, words, extra_tags=reverse("videos:wait_resume", args=[wait.pk]))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return to_page_of(wait.thing)


def found(pk: int) -> Wait:
    """The wait with what waits, or 404."""
    rows = Wait.objects.select_related("shot__concept", "concept", "capability", "tool")
    return get_object_or_404(rows, pk=pk)


def page_of(thing: Shot | Concept) -> str:
    """The address of what waits."""
    return reverse("videos:shot" if isinstance(thing, Shot) else "videos:concept", args=[thing.pk])


def to_page_of(thing: Shot | Concept) -> HttpResponse:
    """To what waits."""
    return redirect(page_of(thing))
