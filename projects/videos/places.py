"""Where a picture stands in the films: on its own page, in compare, in the list of pictures."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from projects.images.destinations import Destination
from projects.images.models import Image

from .models import Concept, Shot, ShotImage


@dataclass(frozen=True)
class Place:
    """One shot a picture is for; `before` and `after` are pictures of the shots beside it."""

    shot: Shot
    before: int | None
    after: int | None


def places_of(image: int) -> list[Place]:
    """The shots of a picture, in two queries however many there are."""
    shots = list(Shot.objects.filter(images=image).select_related("concept"))
    rows = ShotImage.objects.filter(shot__concept__in={shot.concept_id for shot in shots})
    films: dict[int, dict[int, int]] = {shot.concept_id: {} for shot in shots}
    for film, number, picture in rows.order_by("shot__number", "position").values_list(
        "shot__concept", "shot__number", "image"
    ):
        films[film].setdefault(number, picture)  # of several pictures of a shot the first
    places = []
    for shot in shots:
        pictures = films[shot.concept_id]
        before = [pictures[number] for number in pictures if number < shot.number]
        after = [pictures[number] for number in pictures if number > shot.number]
        places.append(Place(shot, next(reversed(before), None), next(iter(after), None)))
    return places


def image_margin(request: HttpRequest, image: Image) -> str:
    """The shots a picture is for; in compare with the way to the shots before and after."""
    here = request.resolver_match
    context = {
        "places": places_of(image.pk),
        "compares": here is not None and here.url_name == "image_compare",
    }
    return render_to_string("videos/_image_margin.html", context, request)


def image_caption(request: HttpRequest, image: Image) -> str:
    """The film a picture of a list is for; read once for all of the list."""
    known: dict[int, Shot] | None = getattr(request, "_films_of_images", None)
    if known is None:
        shown = image.beside or [image.pk]
        rows = ShotImage.objects.filter(image__in=shown).select_related("shot__concept")
        known = {row.image_id: row.shot for row in rows.order_by("-shot__number")}
        request._films_of_images = known  # type: ignore[attr-defined]
    shot = known.get(image.pk)
    return render_to_string("videos/_image_caption.html", {"shot": shot}, request) if shot else ""


def shot_pictures(pk: int) -> Destination | None:
    """Files for a shot join its pictures, or begin one of it."""
    shot = Shot.objects.filter(pk=pk).first()
    if shot is None:
        return None
    return Destination(
        None, shot.images.all(), shot.show, address=reverse("videos:shot", args=[shot.pk])
    )


def concept_pictures(number: int) -> Destination | None:
    """Files for a concept, by its number, join the pictures of the shots they name."""
    concept = Concept.objects.filter(number=number).first()
    if concept is None:
        return None
    return Destination(
        None, concept.pictures(), concept.show, address=reverse("videos:concept", args=[concept.pk])
    )
