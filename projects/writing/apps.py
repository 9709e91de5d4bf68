"""writing as a Django app."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """See the map in projects."""

    name = "projects.writing"
    label = "writing"

    def ready(self) -> None:
        """Fill the slots of the rooms below; thin old revisions, but none a remark points at."""
        from studio.lib.slots import register
        from studio.store import chores

        from . import pointing, slots, tasks
        from .models import Remark

        register("world_books", slots.world_books)
        pointing.register(Remark.numbers_in)
        chores.register(tasks.thin_lately)
