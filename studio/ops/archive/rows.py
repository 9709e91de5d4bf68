"""Rows as lines of JSON that say the same on SQLite and on PostgreSQL, and back."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from projects.writing.models import Revision

BATCH = 500
# Who may come in, and what is being worked on right now, belong to this machine and not to the
# work; the set-up code lives among the settings.
LEFT_OUT = {
    *("store.Job", "images.Export"),
    *("accounts.User", "accounts.User_groups", "accounts.User_user_permissions"),
}
ROOFLESS = ("tools", "images", "worlds", "writing", "videos", "voice", "timelog", "store", "public")
# The code that opens the set-up page, and how it goes with the bucket and the index.
OF_THIS_MACHINE = ("setup.", "storage.", "find.")
# Columns that tell of this machine and its bucket.
NOT_SAID = {"store.Blob": {"stored_remotely"}}
# What is said of a row in place of the columns it is kept in.
SAID_INSTEAD = {"writing.Revision": ({"packed", "keyframe"}, "text")}
# What migrations put into a new studio; it makes room for what comes back.
BORN_WITH = {"timelog.Kind", "timelog.Milestone", "timelog.Milestone_kinds", "store.Setting"}

Model = type[models.Model]


def archived() -> list[Model]:
    """Every model whose rows are the studio's work, through tables of relations too, by name."""
    found = [
        model
        for config in apps.get_app_configs()
        if config.label in ROOFLESS
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label)


def migrations() -> dict[str, list[str]]:
    """The migrations each archived app has, by app: what a row's columns mean depends on them."""
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    return {
        label: sorted(name for app, name in applied if app == label)
        for label in ROOFLESS
        if any(app == label for app, _ in applied)
    }


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see one moment, and nobody who writes has to wait for them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            # Django would begin IMMEDIATE and keep every writer out.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
            return
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def lines(model: Model) -> Iterator[bytes]:
    """Each row of `model` as one line of JSON in UTF-8, in the order of their keys."""
    columns, instead = SAID_INSTEAD.get(model._meta.label, (set(), ""))
    unsaid = NOT_SAID.get(model._meta.label, set()) | columns
    fields = [field for field in model._meta.concrete_fields if field.name not in unsaid]
    rows = model._base_manager.order_by("pk")
    if model is Revision:
        rows = rows.select_related("keyframe")
    encoded = (_line(row, fields, instead) for row in rows.iterator(BATCH) if not _is_setup(row))
    # Databases sort words by their own rules; numbers they all sort alike.
    is_number = isinstance(model._meta.pk, models.IntegerField)
    yield from encoded if is_number else sorted(encoded)


def digest(model: Model) -> str:
    """The SHA-256 of all its lines."""
    total = hashlib.sha256()
    for line in lines(model):
        total.update(line)
    return total.hexdigest()


def _is_setup(row: models.Model) -> bool:
    return row._meta.label == "store.Setting" and str(row.pk).startswith(OF_THIS_MACHINE)


def _line(row: models.Model, fields: Iterable[models.Field[Any, Any]], instead: str) -> bytes:
    said = {field.attname: plain(field.value_from_object(row)) for field in fields}
    if instead:
        said[instead] = plain(getattr(row, instead))
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def plain(value: Any) -> Any:
    """`value` as JSON has it: instants in UTC, bytes as base64, numbers with their places."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def row_of(model: Model, line: bytes) -> models.Model:
    """The row a line stands for. Raises ValueError when it is none."""
    said = json.loads(line)
    known = {field.attname: field for field in model._meta.concrete_fields}
    _, instead = SAID_INSTEAD.get(model._meta.label, (set(), ""))
    kept_otherwise = {instead: said.pop(instead)} if instead in said else {}
    unknown = said.keys() - known.keys()
    if unknown:
        raise ValueError(f"{model._meta.label} has no {', '.join(sorted(unknown))}")
    values = {name: _value(known[name], value) for name, value in said.items()}
    return model(**values, **kept_otherwise)


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)


def insert(model: Model, given: Iterable[bytes]) -> int:
    """Insert the rows of `given` just as they are, keys and instants included; how many.

    Foreign keys are checked at the end of the transaction, so the order of models is free.
    """
    fields = list(model._meta.concrete_fields)
    count = 0
    rows = (row_of(model, line) for line in given)
    for batch in _batches(packed(rows) if model is Revision else rows):
        # `raw`: the row's own values, where save() would write the present instant into them.
        model._base_manager._insert(batch, fields=fields, using="default", raw=True)  # type: ignore[attr-defined]
        count += len(batch)
    return count


def packed(revisions: Iterable[Any]) -> Iterator[Any]:
    """Revisions as they come, each leaning on an earlier one of its scene where that is worth it.

    They come in the order they were made, scene by scene or in turns.
    """
    leading: dict[int, Any] = {}
    for revision in revisions:
        keyframe = leading.get(revision.scene_id)
        if keyframe is not None:
            revision.put(revision.text, keyframe)
        leading[revision.scene_id] = revision.leading
        yield revision


def _batches(rows: Iterable[models.Model]) -> Iterator[list[models.Model]]:
    batch: list[models.Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def clear_what_was_born() -> None:
    """Remove what migrations put in, but not the code that opens the set-up page."""
    for model in reversed(archived()):
        if model._meta.label in BORN_WITH:
            rows = model._base_manager.all()
            if model._meta.label == "store.Setting":
                kept = models.Q()
                for prefix in OF_THIS_MACHINE:
                    kept |= models.Q(pk__startswith=prefix)
                rows = rows.exclude(kept)
            rows._raw_delete("default")


def count_on() -> None:
    """Let new rows take numbers after those that came in."""
    for statement in connection.ops.sequence_reset_sql(no_style(), archived()):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def is_empty() -> bool:
    """Whether nothing has been made in this studio yet."""
    return not any(
        model._base_manager.exists() for model in archived() if model._meta.label not in BORN_WITH
    )
