"""The page of one picture, which several views answer with."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from projects.images.family import Family
from projects.images.marked import marks_context
from projects.images.models import Decision, Image, Version
from studio.lib.htmx import render

PICKS_SHOWN = 20


def image_page(
    request: HttpRequest,
    image: Image,
    *,
    taken: Any = (),
    mark_error: str = "",
    status: int = 200,
) -> HttpResponse:
    """A picture and all its versions."""
    versions = list(image.versions.select_related("blob", "perhaps").order_by("number"))
    for version in versions:
        version.image = image
    newest = next((version for version in reversed(versions) if version.has_previews), None)
    context = {
        "here": "images",
        "image": image,
        "taken": taken,
        "mark_error": mark_error,
        "mark_said": request.POST.get("body", "") if mark_error else "",
        "live": True,
        "picks": picks_of(image),
        "page_keys": "images/_image_keys.html",
        "family": Family.of(image, versions),
        **versions_context(image, versions),
        **marks_context(image, versions, newest),
    }
    parts = ("versions", "marks")
    return render(request, "images/image.html", context, parts=parts, status=status)


def versions_context(image: Image, versions: list[Version]) -> dict[str, Any]:
    """What the list of versions and its progress line show."""
    waiting = [version for version in versions if version.reading == Version.Reading.WAITING]
    return {
        "versions": versions,
        "picked": next((version for version in versions if version.is_picked), None),
        "shown": sum(version.has_previews for version in versions),
        "last": max((version.pk for version in versions), default=0),
        "waiting": waiting,
        "waiting_ids": ",".join(str(version.pk) for version in waiting),
        "ready_count": len(versions) - len(waiting),
    }


def picks_of(image: Image) -> list[Decision]:
    """When which version was picked, the newest first; nothing where there is no going back."""
    picks = list(Decision.objects.of_picks(image)[:PICKS_SHOWN])
    return picks if len(picks) > 1 else []
