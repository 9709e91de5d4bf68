"""Addresses of the writing room."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import (
    books,
    chapters,
    cutting,
    manuscripts,
    marks,
    offline,
    order,
    passes,
    reading,
    remarks,
    revisions,
    scenes,
    statuses,
    together,
    trash,
    worked,
)


class Kind(StringConverter):
    """What can be in the trash."""

    regex = "|".join(trash.KINDS)


register_converter(Kind, "thing")

app_name = "writing"
urlpatterns = [
    # The room, and its books.
    path("writing/", books.writing, name="writing"),
    path("writing/worked/", worked.worked, name="worked"),
    path("worlds/<int:pk>/books/new/", books.book_new, name="book_new"),
    path("books/<int:pk>/", books.book, name="book"),
    path("books/<int:pk>/edit/", books.book_edit, name="book_edit"),
    path("books/<int:pk>/read/", reading.book_read, name="book_read"),
    # Its rewrite passes.
    path("books/<int:pk>/edge/", passes.book_edge, name="book_edge"),
    path("books/<int:pk>/passes/", passes.passes, name="passes"),
    path("books/<int:pk>/passes/<int:number>/", passes.pass_board, name="pass_board"),
    path("books/<int:pk>/passes/<int:number>/edit/", passes.pass_edit, name="pass_edit"),
    path("books/<int:pk>/passes/<int:number>/close/", passes.pass_close, name="pass_close"),
    path("books/<int:pk>/passes/<int:number>/reopen/", passes.pass_reopen, name="pass_reopen"),
    path("books/<int:pk>/passes/<int:number>/undo/", passes.pass_undo, name="pass_undo"),
    path("passes/<int:pk>/", passes.pass_link, name="pass_link"),
    path("scenes/<int:pk>/done/", marks.scene_done, name="scene_done"),
    path("scenes/<int:pk>/undone/", marks.scene_undone, name="scene_undone"),
    path("chapters/<int:pk>/done/", marks.chapter_done, name="chapter_done"),
    path("chapters/<int:pk>/undone/", marks.chapter_undone, name="chapter_undone"),
    path("books/<int:pk>/offline/", offline.book_offline, name="book_offline"),
    path("worlds/<int:pk>/order/", order.world_order, name="world_order"),
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
    # What is said beside them.
    path("scenes/<int:pk>/remarks/", remarks.scene_remarks, name="scene_remarks"),
    path("scenes/<int:pk>/remarks/<int:remark>/", remarks.remark_delete, name="remark_delete"),
    path("remarks/<int:pk>/edit/", remarks.remark_edit, name="remark_edit"),
    path("remarks/<int:pk>/done/", remarks.remark_done, name="remark_done"),
    path("remarks/<int:pk>/requote/", remarks.remark_requote, name="remark_requote"),
    path("remarks/<int:pk>/restore/", remarks.remark_restore, name="remark_restore"),
    path("books/<int:pk>/remarks/", remarks.book_remarks, name="book_remarks"),
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
