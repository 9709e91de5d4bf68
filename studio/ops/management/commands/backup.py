"""`manage.py backup FILE`: everything in one file, proven before it takes its place."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studio.ops.archive.writing import CannotWrite, write


class Command(BaseCommand):
    """The studio may go on running meanwhile; an earlier FILE stays until the new one is whole."""

    help = "Write one archive of all rows and originals, with checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file, or a folder to put it in")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write it and say what is in it."""
        if file.is_dir():
            file /= f"throughline-{date.today():%Y-%m-%d}.zip"
        try:
            written = write(file)
        except CannotWrite as error:
            raise CommandError(str(error)) from error
        size = written.path.stat().st_size
        self.stdout.write(
            f"{written.rows:,} rows and {written.files:,} originals, {size / 2**20:,.1f} MB, "
            f"in {written.path}\nroot {written.root}"
        )
