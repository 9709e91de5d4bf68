"""public as a Django app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Roof: reads everything, nobody imports it."""

    name = "studio.public"
    label = "public"
