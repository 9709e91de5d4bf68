"""videos as a Django app."""

from django.apps import AppConfig


class VideosConfig(AppConfig):
    """See the map in projects."""

    name = "projects.videos"
    label = "videos"
