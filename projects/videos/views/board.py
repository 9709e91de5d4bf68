"""The board of all concepts, and how they move on it."""

import json
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.videos.models import Column, Concept, StageChange, leads
from studio.lib.htmx import render

TOLD = ("making", "released")  # the columns that say more than a title


class Standing(NamedTuple):
    """A column and what stands in it."""

    column: Column
    concepts: list[Concept]


@require_safe
def concept_list(request: HttpRequest) -> HttpResponse:
    """All concepts, by stage."""
    return board(request, Concept.COLUMNS)


def board(request: HttpRequest, columns: Iterable[Column]) -> HttpResponse:
    """The page; for htmx, only these `columns`, each for its own place."""
    stages = [stage for column in columns for stage in column.stages]
    concepts = list(
        Concept.objects.filter(stage__in=stages).with_counts().with_covers().on_the_board()
    )
    told = leads(one for one in concepts if one.column.key in TOLD)
    for one in concepts:
        one.lead = told.get(one.pk)  # type: ignore[attr-defined]
    standing = [
        Standing(column, [one for one in concepts if one.stage in column.stages])
        for column in columns
    ]
    context = {
        "here": "concepts",
        "concepts": concepts,
        "columns": standing,
        "stages": Concept.Stage.choices,
        "moved": request.method == "POST",
    }
    return render(request, "videos/concept_list.html", context, parts=("board",))


@require_POST
def concept_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a concept: `stage` is a stage or a column; `before` the concept it is to stand before,
    or nothing to stand last. The query says the same for Undo, which is a bare form."""
    concept = get_object_or_404(Concept, pk=pk)
    asked = request.POST if "stage" in request.POST else request.GET
    said, before = asked.get("stage", ""), asked.get("before")
    stages = {column.key: column for column in Concept.COLUMNS}
    if said in stages:
        stage = concept.stage if concept.stage in stages[said].stages else stages[said].stages[0]
    elif said in Concept.Stage.values:
        stage = said
    else:
        messages.error(request, _("There is no such stage. Choose one from the menu."))
        return redirect("videos:concept_list")
    left = concept.column
    after_it = followed_by(concept)
    with transaction.atomic():
        change = concept.move_to(stage)
        if before is not None:
            concept.stand_before(key_said(before))
    undo = reverse("videos:concept_move", args=[concept.pk])
    if change:
        undo = reverse("videos:stage_undo", args=[change.pk])
    query = urlencode({"stage": concept.stage, "before": after_it or ""})
    name = concept.get_stage_display()
    words = _("%(concept)s is in %(stage)s.") if change else _("%(concept)s has a new place.")
    words = words % {"concept": concept, "stage": name}
    return answer(request, concept, {left, concept.column}, words, f"{undo}?{query}")


@require_POST
def stage_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a move back; ?before is the concept it stood before."""
    change = get_object_or_404(StageChange.objects.select_related("concept"), pk=pk)
    concept, before = change.concept, request.GET.get("before", "")
    with transaction.atomic():
        undone = change.undo()
        if undone:
            concept.stand_before(key_said(before))
    if undone:
        words = _("%(concept)s is back in %(stage)s.")
        words = words % {"concept": concept, "stage": concept.get_stage_display()}
        messages.success(request, words)
    else:
        messages.error(request, _("It has moved on since. Move it on the board."))
    return redirect(reverse("videos:concept_list") + f"#concept-{concept.pk}")


def key_said(said: str) -> int | None:
    """A key from an address or a form; none when it is no number."""
    return int(said) if said.isdecimal() and len(said) < 19 else None


def followed_by(concept: Concept) -> int | None:
    """The key of the concept that stands after it in its column."""
    column = Concept.objects.in_column(concept.column.key)
    places = list(column.values_list("pk", flat=True))
    following = places[places.index(concept.pk) + 1 :]
    return following[0] if following else None


def answer(
    request: HttpRequest, concept: Concept, changed: set[Column], words: str, undo: str
) -> HttpResponse:
    """The columns that changed, or the way back to the board; each with its toast."""
    if request.headers.get("HX-Target") == "board":
        columns = [column for column in Concept.COLUMNS if column in changed]
        response = board(request, columns)
        response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo}})
        return response
    messages.success(request, words, extra_tags=undo)
    return redirect(reverse("videos:concept_list") + f"#concept-{concept.pk}")
