"""writing as a Django app."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """See the map in projects."""

    name = "projects.writing"
    label = "writing"

    def ready(self) -> None:
        """Fill the slots of the rooms below; thin old revisions; let a pass follow each new one."""
        from studio.lib.slots import register
        from studio.store import chores

        from . import after_move, after_revision, passes, pointing, slots, tasks
        from .models import Remark, Standing
        from .models.anchored import go_along, keep_places

        register("world_books", slots.world_books)
        after_revision.follow(passes.after_revision)
        after_revision.follow(keep_places(Remark))
        after_move.follow(go_along(Remark))
        pointing.register(Remark.numbers_in)
        pointing.register(Standing.numbers_in)
        chores.register(tasks.thin_lately)
