"""Follow every change of what can be found.

Signals, since the work must not know that it can be found; only derived rows are made here.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save

from studio.desk import index
from studio.desk.sources import BY_MODEL, PART_OF
from studio.desk.tasks import find_again, find_everything_again
from studio.store.signals import rows_replaced

AT_ONCE = 200_000  # characters; a longer text is left to a worker


def listen() -> None:
    """Begin to follow."""
    for model in (*BY_MODEL, *PART_OF):
        post_save.connect(changed, sender=model, dispatch_uid=f"find {model.__name__}")
        post_delete.connect(gone, sender=model, dispatch_uid=f"find {model.__name__} gone")
    rows_replaced.connect(replaced, dispatch_uid="find")


def changed(instance: models.Model, raw: bool = False, **_: Any) -> None:
    """A row was saved: its places follow in the same transaction."""
    if raw:
        return
    row = PART_OF[type(instance)](instance) if type(instance) in PART_OF else instance
    source = BY_MODEL[type(row)]
    if sum(len(text) for text in source.texts(row)) > AT_ONCE:
        find_again.enqueue(source.kind, row.pk)
    else:
        index.place(source, row)


def gone(instance: models.Model, **_: Any) -> None:
    """A row was deleted."""
    if type(instance) in PART_OF:
        owner = PART_OF[type(instance)](instance)
        if type(owner)._base_manager.filter(pk=owner.pk).exists():
            index.place(BY_MODEL[type(owner)], owner)
        return
    index.forget(BY_MODEL[type(instance)].kind, instance.pk)


def replaced(**_: Any) -> None:
    """All rows were replaced."""
    index.clear()
    find_everything_again.enqueue()
