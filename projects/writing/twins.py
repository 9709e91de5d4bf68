"""The same scene in the other language: where it is, what it may be, and a new one."""

from django.db import transaction

from .models import Book, Chapter, Scene


def book_of(scene: Scene) -> Book | None:
    """The twin of the scene's book, unless there is none or it is in the trash."""
    return Book.objects.filter(pk=scene.chapter.book.twin_id or 0).first()


def choices(scene: Scene) -> list[Scene]:
    """Scenes of the twin book in reading order: those that are free, and the present one."""
    rows = Scene.objects.filter(chapter__book=scene.chapter.book.twin_id or 0)
    rows = rows.select_related("chapter").without_text().in_reading_order()
    return [row for row in rows if row.counterpart_id in (None, scene.pk)]


def make(scene: Scene) -> Scene | None:
    """A scene for `scene` in the twin book, paired with it; None when there is no twin book.

    It stands where its neighbours' counterparts stand; else in the chapter of that title; else in
    a new one.
    """
    with transaction.atomic():
        book = book_of(scene)
        if book is None:
            return None
        chapter = beside(scene) or titled(scene, book) or begun(scene, book)
        bare = chapter.scenes.filter(chars=0, title="", counterpart=None).first()
        other = bare or chapter.scenes.create()
        scene.pair_with(other)
        return other


def beside(scene: Scene) -> Chapter | None:
    """The chapter that tells the other scenes of this one's chapter."""
    rows = Chapter.objects.filter(scenes__counterpart__chapter=scene.chapter_id)
    return rows.filter(book=scene.chapter.book.twin_id, scenes__trashed=None).first()


def titled(scene: Scene, book: Book) -> Chapter | None:
    """The chapter of the twin book that has this one's title as its other title, or its own."""
    chapter = scene.chapter
    found = book.chapters.filter(other_title=chapter.title).first()
    if found is None and chapter.other_title:
        found = book.chapters.filter(title=chapter.other_title).first()
    return found


def begun(scene: Scene, book: Book) -> Chapter:
    """A new chapter at the end of the twin book."""
    chapter = scene.chapter
    last = book.chapters.in_reading_order().last()
    return Chapter.objects.create(
        book=book,
        part=last.part if last else None,
        title=chapter.other_title or chapter.title,
        other_title=chapter.title if chapter.other_title else "",
        numbered=chapter.numbered,
    )
