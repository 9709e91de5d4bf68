"""The database, brought up to date before anything serves from it."""

from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from studio.lib.env import BadSetting


def bring_up() -> None:
    """Apply what migrations are missing; refuse a damaged database and one from the future."""
    check_pages()
    executor = MigrationExecutor(connection)
    if newer := from_the_future(executor.loader):
        raise BadSetting(
            f"The database was written by a newer version of the studio ({newer}); "
            "install that version or restore a backup of this one."
        )
    # Nothing to do is the usual case, and finding out is quicker than doing it again.
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions")


def from_the_future(loader: MigrationLoader) -> str:
    """The first migration that was applied and is not known here."""
    known = set(loader.disk_migrations or {})
    for migration in (loader.disk_migrations or {}).values():
        known.update(migration.replaces)
    ours = loader.migrated_apps
    strange = sorted(key for key in loader.applied_migrations or {} if key not in known)
    return next((f"{app}.{name}" for app, name in strange if app in ours), "")


def check_pages() -> None:
    """Refuse an SQLite file whose pages do not hold together: writing on would lose more."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        found: Any = cursor.execute("PRAGMA quick_check(1)").fetchone()
    if found[0] != "ok":
        raise DatabaseError(f"malformed: {found[0]}")
