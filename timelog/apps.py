"""timelog as a Django app."""

from django.apps import AppConfig


class TimelogConfig(AppConfig):
    """See the map in projects."""

    name = "timelog"
    label = "timelog"
