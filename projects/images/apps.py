"""images as a Django app."""

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """See the map in projects."""

    name = "projects.images"
    label = "images"
