"""tools as a Django app."""

from django.apps import AppConfig


class ToolsConfig(AppConfig):
    """See the map in projects."""

    name = "projects.tools"
    label = "tools"
