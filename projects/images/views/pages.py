"""The page of one picture, which several views answer with."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from projects.images.models import Image, Version
from studio.lib.htmx import render


def image_page(
    request: HttpRequest, image: Image, *, taken: Any = (), status: int = 200
) -> HttpResponse:
    """A picture and all its versions."""
    versions = list(image.versions.select_related("blob", "perhaps").order_by("number"))
    for version in versions:
        version.image = image
    return render(
        request,
        "images/image.html",
        {"here": "images", "image": image, "taken": taken, **versions_context(image, versions)},
        parts=("versions",),
        status=status,
    )


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
