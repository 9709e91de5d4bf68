"""worlds as a Django app."""

from django.apps import AppConfig


class WorldsConfig(AppConfig):
    """See the map in projects."""

    name = "projects.worlds"
    label = "worlds"
