"""How many hours of writing a book still needs, told from how it grew beside the hours so far.

A draft grows toward its target length; in a rewrite the pass goes through all of it. Either way:
the hours it took so far, times what is left, by what is done. All hours of writing count, since
entries do not say which book they went into.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from projects.writing.models import Book, Pass, Revision, Scene

LOOK_BACK = timedelta(days=182)
LEAST_DONE = 0.01  # of the whole; of less a pace says nothing


class Way(NamedTuple):
    """A book's way: hours of writing left, and how far it is, in its own unit; `number` of the
    pass, or 0 for the first draft."""

    book: int
    title: str
    language: str
    hours: float
    done: int
    all: int
    number: int


def way_of_the_book(now: datetime, hours_since: Callable[[date], float]) -> Way | None:
    """The way of the book that was worked on last among those that are on one; None without.

    `hours_since` gives the hours of writing from a day on.
    """
    touched = Book.objects.annotate(worked=Max("chapters__scenes__worked"))
    on_a_way = Q(target__isnull=False) | Q(passes__closed=None, passes__number__gt=1)
    books = touched.filter(on_a_way).exclude(worked=None).order_by("-worked", "-pk").distinct()
    ways = (_pass(book, hours_since) or _draft(book, now, hours_since) for book in books[:10])
    return next((way for way in ways if way), None)


def _pass(book: Book, hours_since: Callable[[date], float]) -> Way | None:
    """Of a rewrite: the scenes that have a revision made in the open pass are behind it."""
    open_pass = Pass.objects.open_in(book.pk).filter(number__gt=1).first()
    if open_pass is None:
        return None
    scenes = Scene.objects.filter(chapter__book=book)
    rewritten = scenes.filter(pk__in=open_pass.revisions.values("scene"))
    done, whole = _length(rewritten, book), _length(scenes, book)
    return _way(book, hours_since(open_pass.opened.date()), done, done, whole, open_pass.number)


def _draft(book: Book, now: datetime, hours_since: Callable[[date], float]) -> Way | None:
    """Of a draft: what has been added in the last half year; what was brought in is not work."""
    if not book.target:
        return None
    start = now - LOOK_BACK
    unit = book.counts_in
    known = Revision.objects.filter(scene=OuterRef("pk")).exclude(kind=Revision.Kind.CONFLICT)
    known = known.filter(Q(created__lt=start) | Q(kind=Revision.Kind.IMPORT))
    before = Coalesce(Subquery(known.order_by("-number").values(unit)[:1]), 0)
    scenes = Scene.objects.filter(chapter__book=book).annotate(before=before)
    rows = scenes.values_list(F(unit), "before")
    whole = sum(length for length, _before in rows)
    grown = sum(length - before for length, before in rows)
    return _way(book, hours_since(start.date()), grown, whole, book.target, 0)


def _way(book: Book, hours: float, gained: int, done: int, whole: int, number: int) -> Way | None:
    left = whole - done
    if hours <= 0 or left <= 0 or gained < LEAST_DONE * whole:
        return None
    needed = round(hours * left / gained, 1)
    return Way(book.pk, book.title, book.language, needed, done, whole, number)


def _length(scenes: "QuerySet[Any]", book: Book) -> int:
    return sum(scenes.values_list(book.counts_in, flat=True))
