"""Bring an archive back into an empty studio: all of it, or nothing."""

import errno
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction

from projects.images.models import Version
from projects.images.tasks import derive
from projects.writing.models import reckon_all
from studio.ops.archive import FORMAT, rows, verify
from studio.ops.archive.writing import CHUNK
from studio.store.models.blob import place_of
from studio.store.signals import rows_replaced
from studio.store.spool import Incoming

_file = re.compile(r"files/([0-9a-f]{64})")


class CannotRestore(Exception):
    """Nothing was changed; the message says why and what to do."""


@dataclass
class Restored:
    """What came back."""

    counts: dict[str, int] = field(default_factory=dict)
    files: int = 0
    root: str = ""
    proven: bool = True

    @property
    def rows(self) -> int:
        """How many rows of all kinds."""
        return sum(self.counts.values())


def restore(path: Path, report: Callable[[int, int], None] = lambda done, total: None) -> Restored:
    """Restore the archive at `path`. Raises CannotRestore, and then nothing was changed."""
    if not path.is_file():
        raise CannotRestore(f"{path} is not there; give the file that `manage.py backup` wrote.")
    if not rows.is_empty():
        raise CannotRestore(
            "This studio is not empty; restore into a new one, with STUDIO_DATA naming an empty "
            "folder (and DATABASE_URL an empty database)."
        )
    if wrong := verify.problems(path):
        more = f" ({len(wrong)} problems)" if len(wrong) > 1 else ""
        raise CannotRestore(f"{wrong[0]}{more} Nothing was restored; use another copy.")
    with zipfile.ZipFile(path) as archive:
        manifest = read_manifest(archive)
        members = [info for info in archive.infolist() if _file.fullmatch(info.filename)]
        check_room(sum(info.file_size for info in members))
        placed: list[Path] = []
        try:
            done = place_files(archive, members, placed, report)
            with transaction.atomic():
                counts = insert_rows(archive)
                if "rows/writing.Effort.jsonl" not in archive.namelist():
                    reckon_all()  # an older studio had not measured its revisions
                proven = prove(archive, manifest)
                rows_replaced.send(sender=None)
                for blob in Version.objects.values_list("blob", flat=True).distinct():
                    derive.enqueue(blob)
        except (CannotRestore, OSError, DatabaseError, ValueError) as error:
            for place in placed:
                place.unlink(missing_ok=True)
            raise because(error) from error
    return Restored(counts, done, manifest["root"], proven)


def because(error: Exception) -> CannotRestore:
    """One sentence for a person."""
    if isinstance(error, CannotRestore):
        return error
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CannotRestore("There is no room left in STUDIO_DATA; make room and restore again.")
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    return CannotRestore(f"The archive does not fit this studio ({first}); nothing was restored.")


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What the archive says of itself, if this studio can read it."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        made_with = {app: set(names) for app, names in manifest["migrations"].items()}
        version = int(manifest["format"])
        str(manifest["root"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CannotRestore(
            "This is no archive of Throughline; give the file that `manage.py backup` wrote."
        ) from None
    ours = {app: set(names) for app, names in rows.migrations().items()}
    newer = any(names - ours.get(app, set()) for app, names in made_with.items())
    if version > FORMAT or newer:
        raise CannotRestore(
            f"The archive was made by a newer studio ({manifest.get('studio', 'unknown')}); "
            "bring this one up to date first."
        )
    return manifest


def check_room(size: int) -> None:
    """Refuse early what cannot fit."""
    free = shutil.disk_usage(settings.STUDIO_DATA).free
    if size > free:
        raise CannotRestore(
            f"The originals need {size // 2**20:,} MB and {settings.STUDIO_DATA} has "
            f"{free // 2**20:,} MB free; make room and restore again."
        )


def place_files(
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    placed: list[Path],
    report: Callable[[int, int], None],
) -> int:
    """Make every original durable at its place; new ones are noted in `placed`."""
    total, done = sum(info.file_size for info in members), 0
    for info in members:
        sha256 = info.filename.removeprefix("files/")
        place = place_of(sha256)
        with Incoming(settings.STUDIO_DATA / "spool") as incoming, archive.open(info) as source:
            while chunk := source.read(CHUNK):
                incoming.write(chunk)
            if incoming.sha256 != sha256:
                raise CannotRestore(f"{info.filename} is damaged; use another copy.")
            if not place.exists():
                incoming.settle(place)
                placed.append(place)
        done += info.file_size
        report(done, total)
    return len(members)


def insert_rows(archive: zipfile.ZipFile) -> dict[str, int]:
    """All rows, under the keys they had."""
    rows.clear_what_was_born()
    there = set(archive.namelist())
    counts = {}
    for model in rows.archived():
        name = f"rows/{model._meta.label}.jsonl"
        if name in there:  # an older studio had no such table
            counts[model._meta.label] = rows.insert(model, member_lines(archive, name))
    rows.count_on()
    return counts


def member_lines(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The lines of a member, one after the other."""
    with archive.open(name) as file:
        yield from file


def prove(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> bool:
    """Whether the rows now here are byte for byte those of the archive.

    An archive from before a migration has other columns and cannot be compared: then False.
    """
    if manifest["migrations"] != rows.migrations():
        return False
    sums = verify.read_sums(archive)
    for model in rows.archived():
        if rows.digest(model) != sums.get(f"rows/{model._meta.label}.jsonl"):
            raise CannotRestore(
                f"The rows of {model._meta.label} did not come back as they were; "
                "nothing was restored."
            )
    return True
