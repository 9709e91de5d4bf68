"""What the writing room shows on pages below it."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from projects.worlds.models import World

from .shelf import shelf, totals


def world_books(request: HttpRequest, world: World) -> str:
    """The books of a world, on its page."""
    volumes = shelf(world)
    context = {
        "world": world,
        "volumes": volumes,
        "totals": totals(volumes),
        "chapters": sum(len(volume.chapters) for volume in volumes),
        "toned": any(volume.toned for volume in volumes),
        "passing": any(volume.current for volume in volumes),
        "arrange": "arrange" in request.GET and len(volumes) > 1,
    }
    return render_to_string("writing/_world_books.html", context, request=request)
