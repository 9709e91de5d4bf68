"""Uploads that were looked at and wait for a yes.

An author sees what a file holds before any of it is kept. In between the file lies in the spool,
in a folder named by a token that only the page knows; after a day it is swept away.
"""

import re
import shutil
import time
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

KEPT = 24 * 3600  # seconds
_unsafe = re.compile(r"[/\\\x00-\x1f:]+")


class Uploads:
    """The uploads of one room."""

    def __init__(self, room: str) -> None:
        self.room = room

    @property
    def spool(self) -> Path:
        """Where they wait."""
        return Path(settings.STUDIO_DATA) / "spool" / self.room

    def begin(self) -> tuple[Path, str]:
        """The folder for an upload, and the token that finds it again; old ones are removed."""
        self.sweep()
        token = uuid4().hex
        folder = self.spool / token
        folder.mkdir(parents=True)
        return folder, token

    def find(self, token: str) -> Path | None:
        """The file or folder that lies under `token`; None when it has waited too long."""
        try:
            return next(iter((self.spool / UUID(token).hex).iterdir()), None)
        except (ValueError, OSError):
            return None

    def files(self, token: str) -> list[Path]:
        """The files that lie under `token`, by name; none when they have waited too long."""
        try:
            return sorted((self.spool / UUID(token).hex).iterdir())
        except (ValueError, OSError):
            return []

    def drop(self, token: str) -> None:
        """Remove what lies under `token`."""
        try:
            shutil.rmtree(self.spool / UUID(token).hex, ignore_errors=True)
        except ValueError:
            return

    def sweep(self) -> None:
        """Remove uploads nobody said yes to."""
        for folder in self.spool.glob("*"):
            if time.time() - folder.stat().st_mtime > KEPT:
                shutil.rmtree(folder, ignore_errors=True)


def lay(file: "UploadedFile[bytes]", path: Path) -> Path:
    """Write an upload to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path


def clean(name: str) -> str:
    """A file name that stays in its folder and fits a disk (255 bytes); never empty."""
    safe = Path(_unsafe.sub(" ", name).strip(" .") or "file")
    ending = safe.suffix if len(safe.suffix) <= 12 else ""
    stem = safe.name.removesuffix(ending).encode()[:200].decode(errors="ignore")
    return stem.rstrip() + ending
