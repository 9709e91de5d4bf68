"""writing as a Django app."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """See the map in projects."""

    name = "projects.writing"
    label = "writing"

    def ready(self) -> None:
        """Fill the slots of the rooms below; let a pass follow each revision."""
        from studio.lib.slots import register

        from . import after_revision, passes, slots

        register("world_books", slots.world_books)
        after_revision.follow(passes.after_revision)
