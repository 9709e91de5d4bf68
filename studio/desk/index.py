"""Keep the places true to what they were made from."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from studio.desk import words
from studio.desk.models import Place
from studio.desk.passages import passages
from studio.desk.sources import SOURCES, Source
from studio.lib.bigrams import tokens
from studio.store.models import Setting

VERSION = 2  # raise it when tokens or sources change, and every studio makes its places anew
KEPT = "find.version"


def clear() -> None:
    """Begin anew."""
    Place.objects.all().delete()
    words.drop_all()


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
