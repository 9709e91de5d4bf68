"""Addresses of pictures and their versions."""

from django.urls import path, register_converter

from . import views
from .models.rendition import THUMBS


class ThumbName:
    """The name of a small copy."""

    regex = "|".join(THUMBS)

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    to_url = to_python


class MarksFormat:
    """How the marks of a picture are written."""

    regex = "csv|json"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    to_url = to_python


register_converter(ThumbName, "thumb")
register_converter(MarksFormat, "marks")

app_name = "images"
urlpatterns = [
    path("images/", views.image_list, name="image_list"),
    path("images/new/", views.image_new, name="image_new"),
    path("images/<int:pk>/", views.image, name="image"),
    path("images/<int:pk>/edit/", views.image_edit, name="image_edit"),
    path("images/<int:pk>/progress/", views.image_progress, name="image_progress"),
    path("images/<int:pk>/versions/", views.version_new, name="version_new"),
    path("images/<int:pk>/compare/", views.image_compare, name="image_compare"),
    path("images/<int:pk>/compare/changes/", views.changes, name="changes"),
    path("images/<int:pk>/compare/heat/", views.heat, name="heat"),
    path("versions/<int:pk>/pick/", views.version_pick, name="version_pick"),
    path("versions/<int:pk>/unpick/", views.version_unpick, name="version_unpick"),
    path("versions/<int:pk>/reject/", views.version_reject, name="version_reject"),
    path("versions/<int:pk>/clear/", views.version_clear, name="version_clear"),
    path("decisions/<int:pk>/undo/", views.decision_undo, name="decision_undo"),
    path("versions/<int:pk>/note/", views.version_note, name="version_note"),
    path("versions/<int:pk>/remove/", views.version_remove, name="version_remove"),
    path("images/<int:pk>/marks/", views.mark_new, name="mark_new"),
    path("images/<int:pk>/marks.<marks:format>", views.image_marks, name="image_marks"),
    path("marks/<int:pk>/edit/", views.mark_edit, name="mark_edit"),
    path("marks/<int:pk>/done/", views.mark_done, name="mark_done"),
    path("marks/<int:pk>/remove/", views.mark_remove, name="mark_remove"),
    path("marks/<int:pk>/restore/", views.mark_restore, name="mark_restore"),
    path("traces/<int:pk>/settle/", views.trace_settle, name="trace_settle"),
    # What a version was made from.
    path("versions/<int:pk>/parents/", views.version_parents, name="version_parents"),
    path("versions/<int:pk>/parents/<int:parent_pk>/", views.version_parent, name="version_parent"),
    path(
        "versions/<int:pk>/parents/<int:parent_pk>/refuse/",
        views.version_parent_refuse,
        name="version_parent_refuse",
    ),
    path(
        "versions/<int:pk>/parents/<int:parent_pk>/forget/",
        views.version_parent_forget,
        name="version_parent_forget",
    ),
    # Which picture a file belongs to: proposed, accepted, changed.
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/confirm/", views.proposals_confirm, name="proposals_confirm"),
    path("proposals/doubt/", views.proposals_doubt, name="proposals_doubt"),
    path("versions/<int:pk>/confirm/", views.version_confirm, name="version_confirm"),
    path("versions/<int:pk>/doubt/", views.version_doubt, name="version_doubt"),
    path("versions/<int:pk>/move/", views.version_move, name="version_move"),
    path("versions/<int:pk>/back/", views.version_back, name="version_back"),
    # What versions show of a test of a tool.
    path("trials/<int:pk>/evidence/", views.trial_evidence, name="trial_evidence"),
    path("trials/<int:pk>/evidence/<int:version_pk>/", views.evidence, name="evidence"),
    path(
        "trials/<int:pk>/evidence/<int:version_pk>/remove/",
        views.evidence_remove,
        name="evidence_remove",
    ),
    # To take along.
    path("exports/", views.export_list, name="export_list"),
    path("exports/new/", views.export_new, name="export_new"),
    path("exports/<int:pk>/", views.export, name="export"),
    path("exports/<int:pk>/file/", views.export_file, name="export_file"),
    path("exports/<int:pk>/again/", views.export_again, name="export_again"),
    path("exports/<int:pk>/remove/", views.export_remove, name="export_remove"),
    # Files on their way in: from pages, and from tools with a token.
    path("uploads/known/", views.upload_known, name="upload_known"),
    path("uploads/<uuid:key>/", views.upload, name="upload"),
    path("api/versions/", views.api_versions, name="api_versions"),
    # Bytes.
    path("versions/<int:pk>/original/", views.original, name="original"),
    path("versions/<int:pk>/renditions/<thumb:name>/", views.rendition, name="rendition"),
    path("versions/<int:pk>/tiles.json", views.tile_index, name="tile_index"),
    path("versions/<int:pk>/tiles/", views.tiles, name="tiles"),
]
