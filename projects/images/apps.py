"""images as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def read_what_is_old(**_: Any) -> None:
    """Pictures that older readers read, or none, are read again by a worker."""
    from studio.store.models import Job

    from .models import Version
    from .tasks import read_recipes

    waiting = Job.objects.unfinished().filter(task=read_recipes.module_path)
    if Version.objects.to_read_again().exists() and not waiting.exists():
        read_recipes.enqueue()


def follow_what_is_old(**_: Any) -> None:
    """Marks whose places were found by older rules are looked for anew by a worker."""
    from .models import Image, Trace

    for image in Image.objects.filter(pk__in=Trace.objects.outdated().values("version__image")):
        image.look_for_marks()


class ImagesConfig(AppConfig):
    """See the map in projects."""

    name = "projects.images"
    label = "images"

    def ready(self) -> None:
        """Fill the slots of the room below."""
        from studio.lib.slots import register
        from studio.store import chores

        from . import slots
        from .tasks import drop_old_exports

        register("trial_acts", slots.trial_acts)
        register("trial_evidence", slots.trial_evidence)
        chores.register(drop_old_exports)
        post_migrate.connect(read_what_is_old, sender=self)
        post_migrate.connect(follow_what_is_old, sender=self)
