"""Find across all rooms: names first, then passages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.images.models import Image
from projects.videos.models import Concept, Shot
from projects.worlds.models import Entry, World
from projects.writing.models import Book, Chapter, Scene
from studio.desk.passage import Passage, passage

MOST = 8  # of each kind
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    icon: str
    title: str
    url: str
    other: str = ""
    fact: str = ""
    passage: Passage | None = None


@dataclass(frozen=True)
class Group:
    """Hits of one room."""

    name: str
    hits: list[Hit] = field(default_factory=list)


def find(query: str) -> list[Group]:
    """What has `query` in its name or its text, by room. The same on SQLite and PostgreSQL."""
    wanted = query.strip()[:LONGEST]
    if not wanted:
        return []
    groups = [
        Group(_("Writing"), [*_books(wanted), *_chapters(wanted), *_passages(wanted)]),
        Group(_("World"), [*_worlds(wanted), *_entries(wanted)]),
        Group(_("Pictures"), [*_images(wanted), *_concepts(wanted), *_shots(wanted)]),
    ]
    return [group for group in groups if group.hits]


def _titled(rows: QuerySet[Any, Any], wanted: str) -> QuerySet[Any, Any]:
    """Those with `wanted` in one of their two titles."""
    named = Q(title__icontains=wanted) | Q(other_title__icontains=wanted)
    return rows.filter(named).order_by("title", "pk")[:MOST]


def _books(wanted: str) -> Iterator[Hit]:
    for book in _titled(Book.objects.all(), wanted):
        yield Hit("book", book.title, reverse("writing:book", args=[book.pk]), book.other_title)


def _chapters(wanted: str) -> Iterator[Hit]:
    for chapter in _titled(Chapter.objects.select_related("book"), wanted):
        url = reverse("writing:chapter", args=[chapter.pk])
        yield Hit("pen", chapter.title, url, chapter.other_title, chapter.book.title)


def _passages(wanted: str) -> Iterator[Hit]:
    rows = Scene.objects.select_related("chapter__book").filter(
        Q(text__icontains=wanted) | Q(title__icontains=wanted)
    )
    for scene in rows.order_by("-updated")[:MOST]:
        url = reverse("writing:scene_edit", args=[scene.pk])
        title = scene.title or scene.chapter.title
        yield Hit(
            "pen", title, url, fact=scene.chapter.book.title, passage=passage(scene.text, wanted)
        )


def _worlds(wanted: str) -> Iterator[Hit]:
    for world in _titled(World.objects.all(), wanted):
        url = reverse("worlds:world", args=[world.pk])
        yield Hit("orbit", world.title, url, world.other_title)


def _entries(wanted: str) -> Iterator[Hit]:
    named = (
        Q(title__icontains=wanted)
        | Q(other_title__icontains=wanted)
        | Q(aliases__name__icontains=wanted)
    )
    for entry in Entry.objects.filter(named).distinct().order_by("title", "pk")[:MOST]:
        url = reverse("worlds:entry", args=[entry.pk])
        yield Hit("orbit", entry.title, url, entry.other_title, entry.get_kind_display())


def _images(wanted: str) -> Iterator[Hit]:
    rows = Image.objects.filter(title__icontains=wanted).order_by("title", "pk")
    for image in rows[:MOST]:
        yield Hit("image", image.title, reverse("images:image", args=[image.pk]))


def _concepts(wanted: str) -> Iterator[Hit]:
    for concept in _titled(Concept.objects.all(), wanted):
        url = reverse("videos:concept", args=[concept.pk])
        yield Hit("film", str(concept), url, concept.other_title)


def _shots(wanted: str) -> Iterator[Hit]:
    rows = Shot.objects.select_related("concept").filter(title__icontains=wanted)
    for shot in rows.order_by("concept__number", "number")[:MOST]:
        url = reverse("videos:shot", args=[shot.pk])
        yield Hit("film", str(shot), url, fact=str(shot.concept))
