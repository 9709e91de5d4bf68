"""The order of a whole book, changed by one verb that refuses what was made from an older one."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from .models import Book, Chapter, Part, Scene
from .tree_order import Nowhere, Place, Tree, find, moved, place_of, stepped, version

KINDS: dict[str, type[Part] | type[Chapter] | type[Scene]] = {
    "part": Part,
    "chapter": Chapter,
    "scene": Scene,
}


class StaleTree(ValueError):
    """The book stands in another order than the page showed."""


@dataclass(frozen=True)
class Moved:
    """What was moved: where it had stood, its number now, of how many, and in what."""

    thing: Any
    back: Place
    now: Place
    number: int
    total: int
    version: str

    @property
    def changed(self) -> bool:
        """Whether it stands elsewhere now."""
        return self.back != self.now


def trees(book: Book, *, all_rows: bool = False) -> dict[str, Tree]:
    """The book's parts, chapters and scenes as keys: {"part": …, "chapter": …, "scene": …}."""
    part_rows = Part.everything if all_rows else Part.objects
    chapter_rows = Chapter.everything if all_rows else Chapter.objects
    scene_rows = Scene.everything if all_rows else Scene.objects
    parts = list(
        part_rows.filter(book=book).order_by("position", "pk").values_list("pk", flat=True)
    )
    chapters: dict[int | None, list[int]] = defaultdict(list)
    own = chapter_rows.filter(book=book).order_by("position", "pk")
    for pk, part in own.values_list("pk", "part"):
        chapters[part].append(pk)
    scenes: dict[int, list[int]] = defaultdict(list)
    found = scene_rows.filter(chapter__book=book).order_by("position", "pk")
    for pk, chapter in found.values_list("pk", "chapter"):
        scenes[chapter].append(pk)
    return as_trees(
        [(part, [(pk, scenes[pk]) for pk in chapters[part]]) for part in (None, *parts)]
    )


def as_trees(groups: list[tuple[int | None, list[tuple[int, list[int]]]]]) -> dict[str, Tree]:
    """From [(part, [(chapter, [scene, …]), …]), …]; the first part is None."""
    lines = [line for _part, lines in groups for line in lines]
    return {
        "part": [("", [f"part-{part}" for part, _lines in groups if part])],
        "chapter": [
            (f"part-{part}" if part else "", [f"chapter-{pk}" for pk, _scenes in lines])
            for part, lines in groups
        ],
        "scene": [(f"chapter-{pk}", [f"scene-{one}" for one in own]) for pk, own in lines],
    }


def version_of(book: Book) -> str:
    """The version of the book's order as it stands."""
    return version(trees(book).values())


def move(book: Book, seen: str, what: str, *, to: Place | None = None, step: int = 0) -> Moved:
    """Move `what` ("chapter-7") to a place, or one step on (1) or back (-1).

    `seen` is the version of the order the author saw; StaleTree when it has changed since, and
    nothing is moved then. Nowhere when there is no such thing or place.
    """
    kind = what.partition("-")[0]
    if kind not in KINDS:
        raise Nowhere
    with transaction.atomic():
        Book.objects.select_for_update().get(pk=book.pk)
        before = trees(book)
        if version(before.values()) != seen:
            raise StaleTree
        tree = before[kind]
        back = place_of(tree, what)
        place = to if to is not None else stepped(tree, what, step)
        after = moved(tree, what, place)
        if after != tree:
            # The trash keeps its places among the others, so that it comes back to them.
            write(kind, moved(trees(book, all_rows=True)[kind], what, place))
        at, number = find(after, what)
        return Moved(
            thing=KINDS[kind].objects.get(pk=key_of(what)),
            back=back,
            now=place_of(after, what),
            number=number + 1,
            total=len(after[at][1]),
            version=version_of(book),
        )


def write(kind: str, tree: Tree) -> None:
    """Give every row of the tree its number, and what was moved its new holder."""
    model: Any = KINDS[kind]
    rows = model.everything.in_bulk([key_of(key) for _holder, keys in tree for key in keys])
    changed, number = [], 0
    for holder, keys in tree:
        if kind == "scene":
            number = 0  # scenes are numbered in their chapter, chapters through the book
        for key in keys:
            number += 1
            row = rows[key_of(key)]
            before = (row.position, getattr(row, f"{HOLDERS[kind]}_id"))
            row.position = number
            if kind != "part":
                setattr(row, f"{HOLDERS[kind]}_id", key_of(holder) if holder else None)
            if before != (row.position, getattr(row, f"{HOLDERS[kind]}_id")):
                changed.append(row)
    fields = ["position"] if kind == "part" else ["position", HOLDERS[kind]]
    model.everything.bulk_update(changed, fields)


HOLDERS = {"part": "book", "chapter": "part", "scene": "chapter"}


def key_of(said: str) -> int:
    """chapter-7 -> 7; Nowhere for what is no key."""
    _kind, _dash, number = said.partition("-")
    if not number.isdecimal() or len(number) > 18:
        raise Nowhere
    return int(number)
