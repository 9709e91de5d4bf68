"""What a scene, a chapter, a picture, a shot or a film took: a line on its own page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from timelog.models import TimeLink

Renderer = Callable[[HttpRequest, Any], str]


def of_scene(request: HttpRequest, scene: Any) -> str:
    """Hours on a scene; those of its chapter are read once for a page."""
    known: dict[int, dict[int, int]] = request.__dict__.setdefault("_hours_of_scenes", {})
    if scene.chapter_id not in known:
        known[scene.chapter_id] = TimeLink.objects.by_scene(scene.chapter_id)
    return said(request, known[scene.chapter_id].get(scene.pk, 0), scene)


def of_chapter(request: HttpRequest, chapter: Any) -> str:
    """Hours on the scenes of a chapter."""
    return said(request, sum(TimeLink.objects.by_scene(chapter.pk).values()), chapter)


def of_image(request: HttpRequest, image: Any) -> str:
    """Hours on a picture, and its versions."""
    seconds = TimeLink.objects.filter(image=image.pk).seconds()
    return said(request, seconds, image, image.versions.count() if seconds else 0)


def of_shot(request: HttpRequest, shot: Any) -> str:
    """Hours on a shot and its pictures."""
    return said(request, TimeLink.objects.of_shot(shot.pk).seconds(), shot)


def of_concept(request: HttpRequest, concept: Any) -> str:
    """Hours on a film, its shots and their pictures."""
    return said(request, TimeLink.objects.of_concept(concept.pk).seconds(), concept)


def said(request: HttpRequest, seconds: int, thing: Any, versions: int = 0) -> str:
    """The line; nothing where no minute is known."""
    if seconds < 60:
        return ""
    context = {"seconds": seconds, "thing": thing, "versions": versions}
    return render_to_string("timelog/_cost.html", context, request)
