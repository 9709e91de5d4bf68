"""desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Roof: reads everything, nobody imports it."""

    name = "studio.desk"
    label = "desk"
