"""videos as a Django app."""

from django.apps import AppConfig


class VideosConfig(AppConfig):
    """See the map in projects."""

    name = "projects.videos"
    label = "videos"

    def ready(self) -> None:
        """Fill the slots of the rooms below."""
        from studio.lib.slots import register

        from . import slots

        register("tools_waiting", slots.tools_waiting)
        register("cell_waits", slots.cell_waits)
