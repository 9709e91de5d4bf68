"""writing as a Django app."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """See the map in projects."""

    name = "projects.writing"
    label = "writing"
