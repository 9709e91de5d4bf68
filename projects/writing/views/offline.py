"""What a device keeps of the open book, to read and write it without a network."""

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from projects.writing.models import Book, Scene
from projects.writing.outline import Line, outline

STAMP = "X-Revision"  # of a page: while it stays, the words on it stay


@require_safe
def book_offline(request: HttpRequest, pk: int) -> JsonResponse:
    """The pages of a book: its own, each chapter for reading, each scene for writing."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    pages = [page("book", "writing:book", book.pk, book.title, "")]
    for line in outline(book).lines:
        number = f"{line.number} " if line.number else ""
        title = f"{number}{line.chapter.title}"
        pages.append(page("read", "writing:chapter", line.chapter.pk, title, stamp(line.scenes)))
        pages += [
            page(
                "write",
                "writing:scene_edit",
                scene.pk,
                in_chapter(title, line, scene),
                stamp([scene]),
            )
            for scene in line.scenes
        ]
    return JsonResponse({"title": book.title, "language": book.language, "pages": pages})


def page(kind: str, view: str, pk: int, title: str, stamped: str) -> dict[str, str]:
    """One of them."""
    return {"kind": kind, "url": reverse(view, args=[pk]), "title": title, "stamp": stamped}


def in_chapter(title: str, line: Line, scene: Scene) -> str:
    """What a scene is called in a list of the whole book."""
    if not line.shows_scenes:
        return title
    place = line.scenes.index(scene) + 1
    return f"{title} · {scene.title or place}"


def stamp(scenes: Iterable[Scene]) -> str:
    """Which words are on a page: the numbers of its scenes' revisions."""
    return ".".join(f"{scene.pk}-{scene.head}" for scene in scenes)
