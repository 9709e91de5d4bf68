"""The store as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(using: str, **_: Any) -> None:
    """Sign-in limits count in the database cache, whose table no migration makes."""
    call_command("createcachetable", database=using, verbosity=0)


class StoreConfig(AppConfig):
    """Lies between the floor and the work."""

    name = "studio.store"
    label = "store"

    def ready(self) -> None:
        post_migrate.connect(make_cache_table, sender=self)
