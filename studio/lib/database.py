"""Which database, and what to say when it cannot be used."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import OperationalError

from studio.lib.env import BadSetting

HOW = (
    "write it as postgres://name:password@host:5432/studio or sqlite:////folder/studio.sqlite3, "
    "with %40 for an @ inside a name or password"
)
# What the libraries say, and what it means for the person; the first that fits counts.
SQLITE = [
    ("unable to open database file", "cannot be opened; make its folder one you can write to"),
    ("not a database|malformed", "is damaged or is no database; move it away or restore a backup"),
    ("readonly database", "cannot be written to; make the file and its folder yours to write"),
    ("disk is full", "has no room left on its disk; make room there and run this again"),
    ("disk I/O error", "cannot be read or written (disk error); look after the disk it lies on"),
    ("database is locked", "is in use by another process; run this again when that has ended"),
]
MISSING = r"no such (table|column)"
# PostgreSQL speaks the server's language; its codes do not.
NO_TABLE, NO_COLUMN, NO_ROOM = "42P01", "42703", "53100"
UNREACHED = ("", "08", "28", "3D", "53", "57")  # connection, sign-in, no such database, full, down


def read_url(url: str, base: Path) -> dict[str, Any]:
    """Django's description of the database at `url`; a relative file lies below `base`."""
    try:
        parts = urlsplit(url)
        port = parts.port or ""
    except ValueError:
        raise BadSetting(f"DATABASE_URL cannot be read; {HOW}.") from None
    path = unquote(parts.path[1:])
    if parts.scheme == "sqlite" and path and not parts.netloc and not parts.query:
        return on_file(base / path)
    if parts.scheme in {"postgres", "postgresql"} and path and not parts.fragment:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": path,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": port,
            # A thread of the web keeps its connection, and asks whether it still holds.
            "CONN_MAX_AGE": 300,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 10} | dict(parse_qsl(parts.query)),
        }
    raise BadSetting(f"DATABASE_URL cannot be read; {HOW}.")


def on_file(path: Path) -> dict[str, Any]:
    """Django's description of the SQLite database in `path`.

    FULL, not NORMAL: NORMAL loses acknowledged commits at a power cut, and FULL costs nothing that
    can be measured here. IMMEDIATE, since a transaction that reads first and writes later fails
    with "database is locked" when another one was quicker. A thread keeps its connection: to open
    one reads the whole schema, and closing the last one writes the journal back (measured: 7 ms a
    request, more than most views take).
    """
    return {
        "ENGINE": "studio.lib.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,  # whether the file is still the one that was opened
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-20000;"
                "PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def explain(error: Exception, database: dict[str, Any]) -> str:
    """One sentence about `error`, as the person can act on it; nothing when it is our mistake."""
    said = " ".join(str(error).split())
    code = getattr(error.__cause__, "sqlstate", None) or ""
    if code in {NO_TABLE, NO_COLUMN} or re.search(MISSING, said):
        return "The database is not set up for this version; run `manage.py migrate` first."
    if database["ENGINE"].endswith("sqlite3"):
        for words, meaning in SQLITE:
            if re.search(words, said):
                return f"The database {database['NAME']} {meaning}."
        return ""
    if code == NO_ROOM:
        return "The database has no room left on its disk; make room there and run this again."
    if not isinstance(error, OperationalError) or code[:2] not in UNREACHED:
        return ""
    where = f"{database['HOST'] or 'this machine'}:{database['PORT'] or 5432}"
    return (
        f"The database at {where} cannot be reached ({reason(said)}); "
        "start it or correct DATABASE_URL."
    )


def reason(said: str) -> str:
    """The telling part of what the library said, without its advice."""
    said = said.partition(" Is the server running")[0]
    return re.split(r"FATAL: |\bfailed: |\[Errno -?\d+\] ", said)[-1].strip(" .:")
