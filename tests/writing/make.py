"""Worlds, books, chapters and scenes for tests."""

from typing import Any

from projects.worlds.models import Entry, World
from projects.writing.models import Book, Chapter, Revision, Scene


def world(title: str = "The Computational Universe", **fields: Any) -> World:
    fields = {"other_title": "计算宇宙", **fields}
    return World.objects.create(title=title, **fields)


def entry(title: str = "Wen Zhao", **fields: Any) -> Entry:
    fields = {"world": fields.get("world") or world(), "kind": "person", **fields}
    return Entry.objects.create(title=title, **fields)


def book(title: str = "The Quiet Lattice", **fields: Any) -> Book:
    fields = {"world": fields.get("world") or world(), **fields}
    return Book.objects.create(title=title, **fields)


def chapter(title: str = "The Lattice Remembers", **fields: Any) -> Chapter:
    fields = {"book": fields.get("book") or book(), **fields}
    return Chapter.objects.create(title=title, **fields)


def scene(text: str = "", **fields: Any) -> Scene:
    fields = {"chapter": fields.get("chapter") or chapter(), **fields}
    made = Scene.objects.create(**fields)
    if text:
        made.revise(text, base=0)
    return made


def revision(of: Scene, text: str, **options: Any) -> Revision:
    of.revise(text, base=of.head, **options)
    return of.revisions.get(number=of.head)
