"""voice as a Django app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """See the map in projects."""

    name = "projects.voice"
    label = "voice"

    def ready(self) -> None:
        """Fill the slots of the rooms below."""
        from studio.lib.slots import register

        from . import slots

        register("scene_margin", slots.scene_margin)
