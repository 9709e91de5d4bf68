"""A film's picks to take along: the storyboard on paper, or the originals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from projects.images.exporting import Offer, Offered, not_picked, take_along
from projects.images.models import Image, Version
from projects.videos.models import Concept, Passage, ShotImage
from studio.lib.text import excerpt

QUOTED = 160  # characters of a passage


@require_http_methods(["GET", "HEAD", "POST"])
def concept_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of a film in the order of its shots; those without a pick are not chosen yet."""
    concept = get_object_or_404(Concept, pk=pk)
    rows = list(
        ShotImage.objects.filter(shot__concept=concept)
        .select_related("shot")
        .order_by("shot__number", "position", "pk")
    )
    images = Image.objects.filter(pk__in=[row.image_id for row in rows]).with_covers().in_bulk()
    covers = [image.cover for image in images.values() if image.cover]  # type: ignore[attr-defined]
    versions = Version.objects.filter(pk__in=covers).select_related("image", "blob")
    shown = {version.image_id: version for version in versions}
    quotes = quoted(concept)
    seen = [row for row in rows if row.image_id in shown]
    offers = [offer_of(row, shown[row.image_id], quotes.get(row.shot_id, "")) for row in seen]
    done = {row.shot_id for row in seen if shown[row.image_id].is_picked}
    lacking = [
        f"{number:02d}"
        for number in concept.shots.exclude(pk__in=done).values_list("number", flat=True)
    ]
    back = reverse("videos:concept", args=[pk])
    return take_along(request, Offered(str(concept), back, offers, "concepts", lacking))


def quoted(concept: Concept) -> dict[int, str]:
    """The first words bound to each shot."""
    rows = Passage.objects.kept().filter(concept=concept, shot__isnull=False).order_by("-pk")
    return {
        shot: excerpt(quote, QUOTED) for shot, quote in rows.values_list("shot", "quote") if shot
    }


def offer_of(row: ShotImage, version: Version, quote: str) -> Offer:
    """One picture of one shot."""
    shot, title = row.shot, version.image.title
    heading = f"{shot.number:02d} {shot.title}"
    if title != shot.title:
        heading += f" · {title}"
    mark = f"v{version.number}" if version.is_picked else not_picked(version)
    number = f"{shot.number:02d}"
    return Offer(version, heading, mark, version.note, quote, title, number, version.is_picked)
