"""Keep the places true to what they were made from."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from studio.desk import words
from studio.desk.models import Place
from studio.desk.passages import passages
from studio.desk.sources import BY_MODEL, PART_OF, SOURCES, Source
from studio.lib.bigrams import tokens
from studio.store.models import Setting
from studio.store.signals import rows_replaced

VERSION = 1  # raise it when tokens or sources change, and every studio makes its places anew
KEPT = "find.version"
AT_ONCE = 200_000  # characters; a longer text is left to a worker


def listen() -> None:
    """Follow every change. Signals, since the work must not know that it can be found."""
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
        from studio.desk.tasks import find_again

        find_again.enqueue(source.kind, row.pk)
    else:
        place(source, row)


def gone(instance: models.Model, **_: Any) -> None:
    """A row was deleted."""
    if type(instance) in PART_OF:
        owner = PART_OF[type(instance)](instance)
        if type(owner)._base_manager.filter(pk=owner.pk).exists():
            place(BY_MODEL[type(owner)], owner)
        return
    forget(BY_MODEL[type(instance)].kind, instance.pk)


def replaced(**_: Any) -> None:
    """All rows were replaced."""
    from studio.desk.tasks import find_everything_again

    Place.objects.all().delete()
    words.drop_all()
    find_everything_again.enqueue()


def place(source: Source, row: Any) -> bool:
    """Make the places of one thing; False when they were right already."""
    titles = " ".join(title for title in source.titles(row) if title)
    texts = [text for text in source.texts(row) if text]
    stamp = hashlib.sha256("\0".join([str(VERSION), titles, *texts]).encode()).hexdigest()[:32]
    before = list(Place.objects.filter(kind=source.kind, target=row.pk))
    if before and all(each.stamp == stamp for each in before):
        return False
    made = list(_pieces(titles, texts))
    with transaction.atomic():
        _drop(before)
        rows = [
            Place(kind=source.kind, target=row.pk, is_title=title, start=start, stamp=stamp)
            for title, start, _ in made
        ]
        Place.objects.bulk_create(rows)
        words.put((each.pk, found) for each, (_, _, found) in zip(rows, made, strict=True))
    return True


def _pieces(titles: str, texts: list[str]) -> Iterator[tuple[bool, int, list[str]]]:
    """(is_title, start, tokens); at least one, so that an empty thing counts as seen."""
    yield True, 0, tokens(titles)
    for number, text in enumerate(texts):
        for start, piece in passages(text):
            if found := tokens(piece):
                yield False, start if number == 0 else 0, found


def forget(kind: str, target: int) -> None:
    """Take away the places of one thing."""
    with transaction.atomic():
        _drop(list(Place.objects.filter(kind=kind, target=target)))


def _drop(places: list[Place]) -> None:
    if places:
        words.drop(each.pk for each in places)
        Place.objects.filter(pk__in=[each.pk for each in places]).delete()


def everything() -> Iterator[tuple[int, int]]:
    """Make all places anew where they differ; (done, of how many) after each thing."""
    total = sum(source.model._base_manager.count() for source in SOURCES)
    done = 0
    for source in SOURCES:
        known = set(source.model._base_manager.values_list("pk", flat=True))
        kept = Place.objects.filter(kind=source.kind).values_list("target", flat=True)
        for target in set(kept) - known:
            forget(source.kind, target)
        for row in source.model._base_manager.order_by("pk").iterator(100):
            place(source, row)
            done += 1
            yield done, total
    Setting.write(KEPT, VERSION)


def is_old() -> bool:
    """Whether this studio's places were made by other rules, or never."""
    return bool(Setting.read(KEPT) != VERSION)
