"""What films show in the rooms below."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from projects.worlds.models import Entry
from projects.writing.models import Scene

from .models import Concept, Passage, ThreadLink, Wait


def open_waits(request: HttpRequest) -> list[Wait]:
    """All that wait, read once for a page."""
    known: list[Wait] | None = getattr(request, "_open_waits", None)
    if known is None:
        known = list(Wait.objects.for_pages())
        request._open_waits = known  # type: ignore[attr-defined]
    return known


def tools_waiting(request: HttpRequest, thing: Any) -> str:
    """What waits, by what it waits for: the awake first, then the longest."""
    waits = open_waits(request)
    order = {key: place for place, key in reversed(list(enumerate(map(key_of, waits))))}
    waits = sorted(waits, key=lambda wait: order[key_of(wait)])
    groups = [list(some) for _key, some in groupby(waits, key_of)]
    return render_to_string("videos/_tools_waiting.html", {"groups": groups}, request=request)


def key_of(wait: Wait) -> tuple[int, int | None]:
    """The capability, and the tool if one was named."""
    return wait.capability_id, wait.tool_id


def cell_waits(request: HttpRequest, cell: Any) -> str:
    """What one capability of one tool keeps waiting."""
    waits = [
        wait
        for wait in open_waits(request)
        if wait.capability_id == cell.capability.pk and wait.tool_id in (None, cell.tool.pk)
    ]
    said = render_to_string("videos/_cell_waits.html", {"waits": waits}, request=request)
    return said.strip("\n")  # it stands within a line


def passages_of_chapter(request: HttpRequest, scene: Scene) -> list[Passage]:
    """What is bound of the scene's chapter, read once for a page."""
    known: dict[int, list[Passage]] = request.__dict__.setdefault("_passages", {})
    if scene.chapter_id not in known:
        known[scene.chapter_id] = list(Passage.objects.of_chapter(scene.chapter_id))
    return known[scene.chapter_id]


def scene_margin(request: HttpRequest, scene: Scene) -> str:
    """What films are made from these words, and a way to bind more."""
    passages = [one for one in passages_of_chapter(request, scene) if one.scene_id == scene.pk]
    for passage in passages:
        passage.scene = scene  # the very text that is on the page; no other query
    context = {"scene": scene, "passages": passages}
    return render_to_string("videos/_scene_margin.html", context, request)


def scene_foot(request: HttpRequest, scene: Scene) -> str:
    """The shots made from the scene's chapter, along the foot; nothing when there is none."""
    passages = passages_of_chapter(request, scene)
    shots = list({one.shot_id: one for one in passages if one.shot_id}.values())
    if not shots:
        return ""
    return render_to_string("videos/_scene_foot.html", {"passages": shots}, request)


def thread_beads(request: HttpRequest, thread: Entry) -> str:
    """The films a thread runs through, as beads; all threads' links are read once for a page."""
    known: dict[int, list[ThreadLink]] | None = getattr(request, "_thread_links", None)
    if known is None:
        known = {}
        for link in ThreadLink.objects.select_related("concept"):
            known.setdefault(link.thread_id, []).append(link)
        request._thread_links = known  # type: ignore[attr-defined]
    context = {"links": known.get(thread.pk, [])}
    return render_to_string("videos/_thread_beads.html", context, request).strip("\n")


def thread_films(request: HttpRequest, entry: Entry) -> str:
    """On a thread's own page: its films, and a way to add one."""
    if entry.kind != Entry.Kind.THREAD:
        return ""
    links = list(entry.film_links.select_related("concept"))
    taken = {link.concept_id for link in links}
    concepts = [concept for concept in Concept.objects.defer("brief") if concept.pk not in taken]
    context = {"thread": entry, "links": links, "concepts": concepts}
    return render_to_string("videos/_thread_films.html", context, request)
