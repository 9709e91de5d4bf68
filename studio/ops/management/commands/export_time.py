"""`manage.py export_time FILE`: all hours as a table, as JSON or as a calendar."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timelog.outgoing import FORMATS
from timelog.takeout import records


class Command(BaseCommand):
    """Writes beside the file first, so that one that was there is whole until the new one is."""

    help = "Write all hours to a file; its ending tells the format: " + ", ".join(FORMATS) + "."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write it."""
        format = FORMATS.get(file.suffix.lower().removeprefix("."))
        if format is None:
            endings = ", ".join(f".{name}" for name in FORMATS)
            raise CommandError(f"Give the file one of these endings: {endings}.")
        part = file.with_name(f".{file.name}.part")
        try:
            with part.open("w", encoding="utf-8", newline="") as out:
                for piece in format.write(records()):
                    out.write(piece)
            part.replace(file)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise CommandError(f"{file} cannot be written ({error.strerror}).") from error
        self.stdout.write(f"All hours are in {file}.")
