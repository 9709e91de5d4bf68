"""The floor as a Django app, for its template tags."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """No models."""

    name = "studio.lib"
    label = "lib"
