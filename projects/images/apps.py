"""images as a Django app."""

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """See the map in projects."""

    name = "projects.images"
    label = "images"

    def ready(self) -> None:
        """Fill the slots of the room below."""
        from studio.lib.slots import register

        from . import slots

        register("trial_acts", slots.trial_acts)
        register("trial_evidence", slots.trial_evidence)
