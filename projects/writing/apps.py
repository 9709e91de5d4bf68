"""writing as a Django app."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """See the map in projects."""

    name = "projects.writing"
    label = "writing"

    def ready(self) -> None:
        """Fill the slots of the rooms below."""
        from studio.lib.slots import register

        from . import slots

        register("world_books", slots.world_books)
