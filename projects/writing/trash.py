"""What is in the trash of a world, as one list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from projects.worlds.models import World
from studio.lib.text import Counts

from .models import Book, Chapter, Part, Scene


@dataclass(frozen=True)
class Thrown:
    """One thing in the trash: its kind as in addresses, the thing, its book, where it stood."""

    kind: str
    thing: Any
    book: Book
    place: str
    counts: Counts

    @property
    def when(self) -> datetime:
        """When it went there."""
        moment: datetime = self.thing.trashed
        return moment

    @property
    def length(self) -> str:
        """How much text is in it; nothing when there is none."""
        return self.book.in_words(self.counts) if self.counts.chars else ""


def of_world(world: World) -> list[Thrown]:
    """All things that can be brought back on their own, newest first, in four queries.

    What went there inside another thing comes back with it and is not listed.
    """
    books = Book.everything.filter(world=world).in_bulk()
    chapters = {
        chapter.pk: chapter
        for chapter in Chapter.everything.filter(book__world=world).defer("synopsis", "notes")
    }
    scenes = list(
        Scene.everything.filter(chapter__book__world=world, trashed__isnull=False).without_text()
    )
    parts = Part.everything.filter(book__world=world, trashed__isnull=False)
    sums: dict[tuple[str, int], Counts] = {}
    found = []
    for scene in scenes:
        chapter = chapters[scene.chapter_id]
        scene.chapter, chapter.book = chapter, books[chapter.book_id]
        for key in (("chapters", chapter.pk), ("books", chapter.book_id)):
            sums[key] = sums.get(key, Counts()) + scene.counts
        if scene.trashed != chapter.trashed:
            place = f"{chapter.book.title}, {chapter.title}"
            found.append(Thrown("scenes", scene, chapter.book, place, scene.counts))
    for chapter in chapters.values():
        book = books[chapter.book_id]
        if chapter.trashed and chapter.trashed != book.trashed:
            counts = sums.get(("chapters", chapter.pk), Counts())
            found.append(Thrown("chapters", chapter, book, book.title, counts))
    for part in parts:
        book = books[part.book_id]
        if part.trashed != book.trashed:
            found.append(Thrown("parts", part, book, book.title, Counts()))
    for book in books.values():
        if book.trashed:
            counts = sums.get(("books", book.pk), Counts())
            found.append(Thrown("books", book, book, "", counts))
    return sorted(found, key=lambda one: one.when, reverse=True)


def one(thing: Any) -> Thrown | None:
    """A thing with what is said of it in the list."""
    book = thing if isinstance(thing, Book) else None
    book = book or (thing.chapter.book if isinstance(thing, Scene) else thing.book)
    return next((found for found in of_world(book.world) if found.thing == thing), None)
