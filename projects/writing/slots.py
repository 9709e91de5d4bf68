"""What the writing room shows on pages below it."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from projects.worlds.models import World

from .shelf import shelf, totals
from .shelf_order import version_of


def world_books(request: HttpRequest, world: World) -> str:
    """The books of a world, on its page."""
    context = books_of(world, arrange="arrange" in request.GET)
    return render_to_string("writing/_world_books.html", context, request=request)


def books_of(world: World, *, arrange: bool = False, sentence: str = "") -> dict[str, Any]:
    """What is shown of a world's books, with a sentence when something could not be done."""
    volumes = shelf(world)
    shown = [
        (each.book.pk, each.twin.book.pk) if each.twin else (each.book.pk,) for each in volumes
    ]
    return {
        "world": world,
        "volumes": volumes,
        "totals": totals(volumes),
        "chapters": sum(len(volume.chapters) for volume in volumes),
        "toned": any(volume.toned for volume in volumes),
        "passing": any(volume.current for volume in volumes),
        "version": version_of(shown),
        "arrange": arrange and len(volumes) > 1,
        "sentence": sentence,
    }
