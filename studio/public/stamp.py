"""When something was last published or withdrawn, as every process can see without a query.

The stamp is a small file beside the public media. It is written inside the transaction that
changes what is public and again when that is committed; should a process die between the two, a
page that was printed in between is at most PRINT_LASTS old (see `printed`).
"""

import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction


def folder() -> Path:
    """Where everything public lies, and nothing else does."""
    return Path(settings.STUDIO_DATA) / "public"


def read() -> tuple[int, int]:
    """A value that differs after every change."""
    try:
        seen = os.stat(f"{settings.STUDIO_DATA}/public/stamp")  # noqa: PTH116 (on every request)
    except FileNotFoundError:
        return (0, 0)
    return (seen.st_ino, seen.st_mtime_ns)


def turn() -> None:
    """Something public changed, or will when this transaction is committed."""
    write()
    transaction.on_commit(write)


def write() -> None:
    """A new file in the place of the old one: a new number of the file, whatever the clock says."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    part = place / f"stamp.{uuid4().hex}"
    part.write_text(part.name)
    part.replace(place / "stamp")
