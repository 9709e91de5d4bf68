"""writing as a Django app."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """See the map in projects."""

    name = "projects.writing"
    label = "writing"

    def ready(self) -> None:
        """Fill the slots of the rooms below."""
        from studio.lib.slots import register

        from . import after_revision, slots
        from .models import Remark
        from .models.anchored import keep_places

        register("world_books", slots.world_books)
        after_revision.follow(keep_places(Remark))
