"""Addresses of the writing room."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import (
    books,
    chapters,
    cutting,
    manuscripts,
    order,
    reading,
    revisions,
    scenes,
    statuses,
    together,
    trash,
)


class Kind(StringConverter):
    """What can be in the trash."""

    regex = "|".join(trash.KINDS)


register_converter(Kind, "thing")

app_name = "writing"
urlpatterns = [
    # The room, and its books.
    path("writing/", books.writing, name="writing"),
    path("worlds/<int:pk>/books/new/", books.book_new, name="book_new"),
    path("books/<int:pk>/", books.book, name="book"),
    path("books/<int:pk>/edit/", books.book_edit, name="book_edit"),
    path("books/<int:pk>/place/", books.book_place, name="book_place"),
    path("books/<int:pk>/read/", reading.book_read, name="book_read"),
    path("books/<int:pk>/order/", order.book_order, name="book_order"),
    # The author's own words for how far a text is.
    path("books/<int:pk>/statuses/", statuses.statuses, name="statuses"),
    path("statuses/<int:pk>/edit/", statuses.status_edit, name="status_edit"),
    path("statuses/<int:pk>/place/", statuses.status_place, name="status_place"),
    path("statuses/<int:pk>/remove/", statuses.status_remove, name="status_remove"),
    # The trash.
    path("worlds/<int:pk>/trash/", trash.world_trash, name="world_trash"),
    path("books/<int:pk>/trash/", trash.book_trash, name="book_trash"),
    path("trash/<thing:kind>/<int:pk>/", trash.thing_trash, name="thing_trash"),
    path("trash/<thing:kind>/<int:pk>/restore/", trash.thing_restore, name="thing_restore"),
    path("trash/<thing:kind>/<int:pk>/delete/", trash.thing_delete, name="thing_delete"),
    # Parts.
    path("books/<int:pk>/parts/new/", books.part_new, name="part_new"),
    path("parts/<int:pk>/edit/", books.part_edit, name="part_edit"),
    # Chapters; /chapters/<id>/ is for reading.
    path("books/<int:pk>/chapters/new/", chapters.chapter_new, name="chapter_new"),
    path("chapters/<int:pk>/", reading.chapter, name="chapter"),
    path("chapters/<int:pk>/edit/", chapters.chapter_edit, name="chapter_edit"),
    path("chapters/<int:pk>/move/", order.chapter_move, name="chapter_move"),
    path("chapters/<int:pk>/write/", together.chapter_write, name="chapter_write"),
    # Scenes.
    path("chapters/<int:pk>/scenes/new/", chapters.scene_new, name="scene_new"),
    path("scenes/<int:pk>/about/", chapters.scene_about, name="scene_about"),
    path("scenes/<int:pk>/split/", cutting.scene_split, name="scene_split"),
    path("scenes/<int:pk>/join/", cutting.scene_join, name="scene_join"),
    path("scenes/<int:pk>/move/", cutting.scene_move, name="scene_move"),
    path("scenes/back/<str:token>/", cutting.take_back, name="take_back"),
    path("scenes/<int:pk>/edit/", scenes.scene_edit, name="scene_edit"),
    path("scenes/<int:pk>/counterpart/", together.scene_counterpart, name="scene_counterpart"),
    path("scenes/<int:pk>/details/", scenes.scene_details, name="scene_details"),
    path("scenes/<int:pk>/remarks/", scenes.remark_new, name="remark_new"),
    path("scenes/<int:pk>/remarks/<int:remark>/", scenes.remark_delete, name="remark_delete"),
    # What the words were.
    path("scenes/<int:pk>/revisions/", revisions.scene_revisions, name="scene_revisions"),
    path("scenes/<int:pk>/revisions/settle/", revisions.conflict_settle, name="conflict_settle"),
    path("scenes/<int:pk>/revisions/<int:number>/", revisions.revision, name="revision"),
    path(
        "scenes/<int:pk>/revisions/<int:number>/restore/",
        revisions.revision_restore,
        name="revision_restore",
    ),
    # The manuscript in.
    path("worlds/<int:pk>/import/", manuscripts.manuscript_import, name="manuscript_import"),
]
