"""desk as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def find_what_is_old(**_: Any) -> None:
    """A studio whose places were made by other rules, or never, has them made by a worker."""
    from studio.desk import index
    from studio.desk.sources import SOURCES
    from studio.desk.tasks import find_everything_again
    from studio.store.models import Job, Setting

    if not index.is_old():
        return
    if not any(source.model._base_manager.exists() for source in SOURCES):
        Setting.write(index.KEPT, index.VERSION)
    elif not Job.objects.unfinished().filter(task=find_everything_again.module_path).exists():
        find_everything_again.enqueue()


class DeskConfig(AppConfig):
    """Roof: reads everything, nobody imports it."""

    name = "studio.desk"
    label = "desk"

    def ready(self) -> None:
        from studio.desk import follow

        follow.listen()
        post_migrate.connect(find_what_is_old, sender=self)
