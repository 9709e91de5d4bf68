"""`manage.py runserver`: Django's server for work on the studio itself."""

from typing import Any

from django.contrib.staticfiles.management.commands.runserver import Command as Runserver
from django.db import connection


class Command(Runserver):
    """Looks for the database first: later, in a thread, it would end in a traceback."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        connection.ensure_connection()
        super().handle(*args, **options)
