"""Addresses of the public page, which anyone may read, and of the author's side of it."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path, register_converter

from . import views


class MediaName:
    """The name of a public picture: the digest of its bytes."""

    regex = "[0-9a-f]{64}\\.webp"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    to_url = to_python


register_converter(MediaName, "media")


def in_both(route: str, view: Callable[..., Any]) -> list[URLPattern]:
    """The same page in English, and in Chinese under /zh/."""
    return [
        path(f"progress/{route}", view, {"lang": "en"}, name=view.__name__),
        path(f"zh/progress/{route}", view, {"lang": "zh-hans"}, name=view.__name__),
    ]


app_name = "public"
urlpatterns = [
    # For everyone.
    *in_both("", views.progress),
    *in_both("feed.atom", views.progress_feed),
    *in_both("letters/", views.progress_letters),
    *in_both("letters/<slug:public_id>/", views.progress_letter),
    path("progress/media/<media:name>", views.progress_media, name="progress_media"),
    # For the author.
    path("letters/", views.letter_list, name="letter_list"),
    path("letters/new/", views.letter_new, name="letter_new"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/<int:pk>/edit/", views.letter_edit, name="letter_edit"),
    path("letters/<int:pk>/publish/", views.letter_publish, name="letter_publish"),
    path("letters/<int:pk>/withdraw/", views.letter_withdraw, name="letter_withdraw"),
    path("letters/<int:pk>/remove/", views.letter_remove, name="letter_remove"),
    path("letters/<int:pk>/bring-back/", views.letter_bring_back, name="letter_bring_back"),
    path("publish/", views.publish, name="publish"),
    path("publish/preview/", views.publish_preview, name="publish_preview"),
    path("publish/milestones/new/", views.milestone_new, name="milestone_new"),
    path("publish/<slug:name>/", views.piece, name="piece"),
    path("publish/<slug:name>/publish/", views.piece_publish, name="piece_publish"),
    path("publish/<slug:name>/withdraw/", views.piece_withdraw, name="piece_withdraw"),
    path("publish/<slug:name>/remove/", views.piece_remove, name="piece_remove"),
    path("publications/<int:pk>/restore/", views.publication_restore, name="publication_restore"),
]
