"""voice as a Django app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """See the map in projects."""

    name = "projects.voice"
    label = "voice"
