"""Pages of concepts and shots."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.videos.cards import running_time
from projects.videos.forms import ConceptForm, ShotForm
from projects.videos.models import Concept, Passage, Shot, Wait
from projects.worlds.models import Entry
from studio.lib.htmx import render


@require_http_methods(["GET", "HEAD", "POST"])
def concept_new(request: HttpRequest) -> HttpResponse:
    """Begin a concept."""
    form = ConceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        concept = Concept.objects.create_next(**form.cleaned_data)
        messages.success(request, _("Concept %02d begun.") % concept.number)
        return redirect("videos:concept", concept.pk)
    context = {"here": "concepts", "form": form}
    return render(request, "videos/concept_new.html", context, status=422 if form.is_bound else 200)


@require_safe
def concept(request: HttpRequest, pk: int) -> HttpResponse:
    """One concept: its stage, its strip, its brief, its shots."""
    return concept_page(request, get_object_or_404(Concept, pk=pk), ShotForm())


def concept_page(request: HttpRequest, found: Concept, form: ShotForm) -> HttpResponse:
    """The page of a concept, with the form for the next shot."""
    shots = Shot.objects.filter(concept=found).cards()
    context = {
        "here": "concepts",
        "concept": found,
        "stages": found.stages(),
        "stage_index": Concept.Stage.values.index(found.stage),
        "shots": shots,
        "waits": Wait.objects.for_pages().of(found),
        "quotes": quoted(Passage.objects.with_scenes().filter(concept=found)),
        "threads": threads_of(found),
        "picked": sum(card.state == "picked" for card in shots),
        "running_time": running_time(shots),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "videos/concept.html", context, parts=("shots",), status=status)


def threads_of(concept: Concept) -> dict[str, Any]:
    """The threads it takes up, and those it could."""
    links = list(concept.thread_links.select_related("thread"))
    taken = {link.thread_id for link in links}
    threads = Entry.objects.without_body().filter(kind=Entry.Kind.THREAD)
    return {"links": links, "others": [each for each in threads if each.pk not in taken]}


def quoted(passages: Iterable[Passage]) -> list[list[Passage]]:
    """The passages, those of the same words together."""
    together: dict[tuple[int | None, str], list[Passage]] = {}
    for passage in passages:
        together.setdefault((passage.scene_id, passage.quote), []).append(passage)
    return list(together.values())


@require_http_methods(["GET", "HEAD", "POST"])
def concept_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a concept's titles, stage and brief."""
    found = get_object_or_404(Concept, pk=pk)
    form = ConceptForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("videos:concept", found.pk)
    context = {"here": "concepts", "form": form, "concept": found}
    return render(
        request, "videos/concept_edit.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def shot_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a shot after the last one."""
    found = get_object_or_404(Concept, pk=pk)
    form = ShotForm(request.POST)
    if not form.is_valid():
        return concept_page(request, found, form)
    new = found.add_shot(form.cleaned_data["title"], form.cleaned_data["seconds"])
    messages.success(request, _("Shot %02d added.") % new.number)
    return redirect("videos:concept", found.pk)


@require_safe
def shot(request: HttpRequest, pk: int) -> HttpResponse:
    """One shot and its pictures."""
    found = get_object_or_404(Shot.objects.select_related("concept"), pk=pk)
    rows = found.images.order_by("in_shots__position").annotate(
        version_count=Count("versions", filter=Q(versions__state="kept"), distinct=True),
        picked_number=F("pick__number"),
    )
    pictures = list(rows.with_covers())
    context = {
        "here": "concepts",
        "shot": found,
        "pictures": pictures,
        "picked": sum(picture.pick_id is not None for picture in pictures),
        "waits": Wait.objects.for_pages().of(found),
        "quotes": quoted(Passage.objects.with_scenes().filter(shot=found)),
    }
    return render(request, "videos/shot.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def shot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a shot's title and length."""
    found = get_object_or_404(Shot.objects.select_related("concept"), pk=pk)
    form = ShotForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("videos:shot", found.pk)
    context = {"here": "concepts", "form": form, "shot": found}
    return render(request, "videos/shot_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def shot_image_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a picture of a shot; its versions are added on the picture's own page."""
    image = get_object_or_404(Shot, pk=pk).add_image()
    return redirect("images:image", image.pk)
