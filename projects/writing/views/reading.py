"""Pages for reading: a chapter, or the book from page to page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from projects.writing.models import Book, Chapter, Scene
from projects.writing.outline import Line, outline
from studio.lib.htmx import render

from .offline import STAMP, stamp

AT_ONCE = 120_000  # characters of a book in one answer; the rest follows when it is reached


@require_safe
def chapter(request: HttpRequest, pk: int) -> HttpResponse:
    """A chapter as a reader sees it, beside the outline of its book."""
    found = get_object_or_404(Chapter.objects.with_book(), pk=pk)
    tree = outline(found.book)
    lines = tree.lines
    at = next(place for place, line in enumerate(lines) if line.chapter.pk == pk)
    scenes = list(Scene.objects.filter(chapter=found).for_reading())
    other = next((scene.partner for scene in scenes if scene.partner), None)
    context = {
        "here": "writing",
        "book": found.book,
        "outline": tree,
        "line": lines[at],
        "scenes": scenes,
        "before": lines[at - 1] if at else None,
        "after": lines[at + 1] if at + 1 < len(lines) else None,
        "other": other,
    }
    response = render(request, "writing/chapter.html", context)
    response[STAMP] = stamp(scenes)
    return response


@require_safe
def book_read(request: HttpRequest, pk: int) -> HttpResponse:
    """A book from page to page; ?from is the chapter to go on with."""
    book = get_object_or_404(Book.objects.with_world(), pk=pk)
    tree = outline(book)
    pages, rest = portion(tree.lines, request.GET.get("from", ""))
    keys = [line.chapter.pk for line in pages]
    scenes: dict[int, list[Scene]] = {key: [] for key in keys}
    for scene in Scene.objects.filter(chapter__in=keys).for_reading():
        scenes[scene.chapter_id].append(scene)
    context = {
        "here": "writing",
        "book": book,
        "outline": tree,
        "pages": [(line, scenes[line.chapter.pk]) for line in pages],
        "rest": rest,
        "begins": not request.GET.get("from"),
    }
    return render(request, "writing/book_read.html", context, parts=("pages",))


def portion(lines: list[Line], start: str) -> tuple[list[Line], Line | None]:
    """The chapters to show now, from the one with the key `start`, and the next after them."""
    first = next((at for at, line in enumerate(lines) if str(line.chapter.pk) == start), 0)
    shown, chars = 0, 0
    for line in lines[first:]:
        if shown and chars + line.counts.chars > AT_ONCE:
            break
        shown += 1
        chars += line.counts.chars
    end = first + shown
    return lines[first:end], lines[end] if end < len(lines) else None
