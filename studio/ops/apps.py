"""ops as a Django app."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Roof: reads everything, nobody imports it."""

    name = "studio.ops"
    label = "ops"
