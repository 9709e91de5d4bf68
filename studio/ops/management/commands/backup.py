"""`manage.py backup FILE`: everything in one file, proven before it takes its place."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from studio.ops.archive.writing import CannotWrite, write
from studio.store.models import Setting
from studio.store.remote import CHUNK, Unreachable, digest_of


class Command(BaseCommand):
    """The studio may go on running meanwhile; an earlier FILE stays until the new one is whole."""

    help = "Write one archive of all rows and originals, with checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", help="a file, a folder to put it in, or s3://BUCKET/NAME of the set account"
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Write it and say what is in it."""
        try:
            if file.startswith("s3://"):
                with TemporaryDirectory(dir=settings.STUDIO_DATA / "spool") as folder:
                    written = write(Path(folder) / "studio.zip")
                    size = written.path.stat().st_size
                    send(written.path, *place_in_bucket(file))
            else:
                path = Path(file)
                if path.is_dir():
                    path /= named_by_the_day()
                written = write(path)
                size = path.stat().st_size
        except (CannotWrite, Unreachable) as error:
            raise CommandError(str(error)) from error
        kept = {"at": timezone.now().isoformat(), "where": file, "size": size}
        Setting.write("storage.backup", kept)
        self.stdout.write(
            f"{written.rows:,} rows and {written.files:,} originals, {size / 2**20:,.1f} MB, "
            f"in {file}\nroot {written.root}"
        )


def named_by_the_day() -> str:
    """throughline-2026-11-19.zip."""
    return f"throughline-{date.today():%Y-%m-%d}.zip"


def place_in_bucket(address: str) -> tuple[str, str]:
    """s3://bucket/a/b.zip -> bucket, a/b.zip; a name by the day where none is given."""
    bucket, _, name = address.removeprefix("s3://").partition("/")
    if not bucket:
        raise CannotWrite("Write it as s3://BUCKET/NAME.")
    return bucket, name if name and not name.endswith("/") else name + named_by_the_day()


def send(path: Path, bucket: str, name: str) -> None:
    """Store it there and prove it by reading it back."""
    from studio.store import bucket as there

    there.write(name, path, bucket)
    with path.open("rb") as file:
        sent = digest_of(iter(lambda: file.read(CHUNK), b""))
    if digest_of(there.read(name, bucket)) != sent:
        raise CannotWrite(f"s3://{bucket}/{name} did not come out whole; run it again.")
