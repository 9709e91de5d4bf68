"""`manage.py restore FILE`: everything back, into an empty studio."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from studio.ops.archive.reading import CannotRestore, restore


class Command(BaseCommand):
    """From SQLite or PostgreSQL, into either. When anything is wrong, nothing is changed."""

    help = "Restore an archive that `backup` wrote onto an empty studio."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Restore it and say what came back."""
        call_command("migrate", verbosity=0, interactive=False)
        try:
            back = restore(file)
        except CannotRestore as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{back.rows:,} rows and {back.files:,} originals are back.")
        if back.proven:
            self.stdout.write(f"root {back.root}")
        else:
            self.stdout.write("The archive is from an earlier version; its rows were brought up.")
        if not get_user_model().objects.exists():
            self.stdout.write("Start the studio: its one-time link lets you choose a passphrase.")
