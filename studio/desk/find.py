"""Find across all rooms: names first, then passages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.images.models import Image, Mark, Version
from projects.tools.models import Capability, Tool, Trial
from projects.videos.models import Concept, Shot
from projects.worlds.models import Entry, World
from projects.writing.models import Book, Chapter, Remark, Scene
from studio.desk.passage import Passage, passage
from studio.desk.sources import said_of
from studio.desk.words import Found, search

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
    """What has all words of `query` in its name or its text, by room; names first, then newest.

    The same on SQLite and PostgreSQL; see `words`.
    """
    wanted = query.strip()[:LONGEST]
    by_kind: dict[str, dict[int, Found]] = {}
    for found in search(wanted):
        by_kind.setdefault(found.kind, {}).setdefault(found.target, found)
    groups = [
        Group(name, [hit for kind in kinds for hit in _hits(kind, by_kind.get(kind, {}), wanted)])
        for name, kinds in (
            (_("Writing"), ("book", "chapter", "scene", "remark")),
            (_("World"), ("world", "entry")),
            (_("Pictures"), ("image", "version", "mark", "concept", "shot")),
            (_("Tools"), ("tool", "capability", "trial")),
        )
    ]
    return [group for group in groups if group.hits]


def _hits(kind: str, found: dict[int, Found], wanted: str) -> Iterator[Hit]:
    """The first of a kind, in the order they were found; what was deleted meanwhile is left out."""
    if not found:
        return
    rows, hit = SHOWN[kind]
    if kind in IN_TRASH:  # what is in the trash must not take the place of what is not
        live = set(rows().filter(pk__in=list(found)).values_list("pk", flat=True))
        found = {target: place for target, place in found.items() if target in live}
    shown = dict(islice(found.items(), MOST))
    there = {row.pk: row for row in rows().filter(pk__in=shown)}
    for target, place in shown.items():
        if target in there:
            yield hit(there[target], place, wanted)


def _book(book: Book, place: Found, wanted: str) -> Hit:
    return Hit("book", book.title, reverse("writing:book", args=[book.pk]), book.other_title)


def _chapter(chapter: Chapter, place: Found, wanted: str) -> Hit:
    url = reverse("writing:chapter", args=[chapter.pk])
    said = None if place.is_title else passage(chapter.synopsis, wanted)
    return Hit("pen", chapter.title, url, chapter.other_title, chapter.book.title, said)


def _scene(scene: Scene, place: Found, wanted: str) -> Hit:
    url = reverse("writing:scene_edit", args=[scene.pk])
    said = None
    if not place.is_title:
        said = passage(scene.text, wanted, place.start) or passage(scene.synopsis, wanted)
    title = scene.title or scene.chapter.title
    return Hit("pen", title, url, fact=scene.chapter.book.title, passage=said)


def _remark(remark: Remark, place: Found, wanted: str) -> Hit:
    url = reverse("writing:scene_edit", args=[remark.scene_id])
    title = remark.scene.title or remark.scene.chapter.title
    return Hit("history", title, url, fact=_("Remark"), passage=passage(remark.body, wanted))


def _world(world: World, place: Found, wanted: str) -> Hit:
    return Hit("orbit", world.title, reverse("worlds:world", args=[world.pk]), world.other_title)


def _entry(entry: Entry, place: Found, wanted: str) -> Hit:
    url = reverse("worlds:entry", args=[entry.pk])
    said = None
    if not place.is_title:
        said = passage(entry.summary, wanted) or passage(entry.body, wanted)
    return Hit("orbit", entry.title, url, entry.other_title, entry.get_kind_display(), said)


def _image(image: Image, place: Found, wanted: str) -> Hit:
    fact = _("v%d picked") % image.pick.number if image.pick else ""
    return Hit("image", image.title, reverse("images:image", args=[image.pk]), fact=fact)


def _version(version: Version, place: Found, wanted: str) -> Hit:
    url = reverse("images:image", args=[version.image_id])
    texts = [version.filename] if place.is_title else said_of(version)
    said = next(filter(None, (passage(text, wanted) for text in texts)), None)
    fact = _("picked") if version.is_picked else ""
    return Hit("image", f"{version.image.title} v{version.number}", url, fact=fact, passage=said)


def _mark(mark: Mark, place: Found, wanted: str) -> Hit:
    version = mark.version
    url = f"{reverse('images:image', args=[version.image_id])}#mark-{mark.pk}"
    title = f"{version.image.title} v{version.number}"
    return Hit("pin", title, url, fact=_("Mark"), passage=passage(mark.body, wanted))


def _concept(concept: Concept, place: Found, wanted: str) -> Hit:
    url = reverse("videos:concept", args=[concept.pk])
    said = None if place.is_title else passage(concept.brief, wanted)
    return Hit("film", str(concept), url, concept.other_title, passage=said)


def _shot(shot: Shot, place: Found, wanted: str) -> Hit:
    url = reverse("videos:shot", args=[shot.pk])
    return Hit("film", str(shot), url, fact=str(shot.concept))


def _tool(tool: Tool, place: Found, wanted: str) -> Hit:
    url = reverse("tools:tool_edit", args=[tool.pk])
    if not tool.retired:
        url = f"{reverse('tools:tools')}#tool-{tool.pk}"
    return Hit("tool", tool.name, url, fact=tool.version)


def _capability(capability: Capability, place: Found, wanted: str) -> Hit:
    url = reverse("tools:capability_edit", args=[capability.pk])
    if not capability.retired:
        url = f"{reverse('tools:tools')}#capability-{capability.pk}"
    return Hit("tool", capability.said, url, capability.other, capability.get_group_display())


def _trial(trial: Trial, place: Found, wanted: str) -> Hit:
    url = reverse("tools:cell", args=[trial.tool_id, trial.capability_id])
    return Hit(
        "tool", f"{trial.tool} · {trial.capability}", url, passage=passage(trial.note, wanted)
    )


SHOWN: dict[str, tuple[Callable[[], QuerySet[Any, Any]], Callable[[Any, Found, str], Hit]]] = {
    "book": (Book.objects.all, _book),
    "chapter": (lambda: Chapter.objects.select_related("book"), _chapter),
    "scene": (lambda: Scene.objects.select_related("chapter__book"), _scene),
    "remark": (
        lambda: Remark.objects.kept().filter(scene__trashed=None).select_related("scene__chapter"),
        _remark,
    ),
    "world": (World.objects.all, _world),
    "entry": (Entry.objects.all, _entry),
    "image": (lambda: Image.objects.select_related("pick"), _image),
    "version": (lambda: Version.objects.select_related("image"), _version),
    "mark": (lambda: Mark.objects.kept().select_related("version__image"), _mark),
    "concept": (Concept.objects.all, _concept),
    "shot": (lambda: Shot.objects.select_related("concept"), _shot),
    "tool": (Tool.objects.all, _tool),
    "capability": (Capability.objects.all, _capability),
    "trial": (lambda: Trial.objects.kept().select_related("tool", "capability"), _trial),
}
IN_TRASH = {"book", "chapter", "scene", "remark", "mark"}
