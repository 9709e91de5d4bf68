"""Addresses of the writing room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from .views import books, chapters, reading


def soon(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand-in until the editor, the revisions and the import stand; then it goes."""
    return HttpResponse("")


app_name = "writing"
urlpatterns = [
    # The room, and its books.
    path("writing/", books.writing, name="writing"),
    path("worlds/<int:pk>/books/new/", books.book_new, name="book_new"),
    path("books/<int:pk>/", books.book, name="book"),
    path("books/<int:pk>/edit/", books.book_edit, name="book_edit"),
    path("books/<int:pk>/place/", books.book_place, name="book_place"),
    path("books/<int:pk>/read/", reading.book_read, name="book_read"),
    # Parts.
    path("books/<int:pk>/parts/new/", books.part_new, name="part_new"),
    path("parts/<int:pk>/edit/", books.part_edit, name="part_edit"),
    path("parts/<int:pk>/place/", books.part_place, name="part_place"),
    # Chapters; /chapters/<id>/ is for reading.
    path("books/<int:pk>/chapters/new/", chapters.chapter_new, name="chapter_new"),
    path("chapters/<int:pk>/", reading.chapter, name="chapter"),
    path("chapters/<int:pk>/edit/", chapters.chapter_edit, name="chapter_edit"),
    path("chapters/<int:pk>/place/", chapters.chapter_place, name="chapter_place"),
    # Scenes.
    path("chapters/<int:pk>/scenes/new/", chapters.scene_new, name="scene_new"),
    path("scenes/<int:pk>/about/", chapters.scene_about, name="scene_about"),
    path("scenes/<int:pk>/place/", chapters.scene_place, name="scene_place"),
    path("scenes/<int:pk>/edit/", soon, name="scene_edit"),
    path("scenes/<int:pk>/revisions/", soon, name="scene_revisions"),
    # The manuscript in.
    path("worlds/<int:pk>/import/", soon, name="manuscript_import"),
]
