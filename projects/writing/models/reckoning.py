"""Measure old revisions, for a studio that comes from before they were measured."""

from collections import Counter
from datetime import date

from projects.writing.effort import along
from studio.store.days import Days

from .effort import COLUMNS, Effort
from .revision import Revision
from .scene import Scene

MEASURED = [*COLUMNS, "kept_zishu", "kept_words", "kept_chars"]


def reckon_all() -> None:
    """Measure every revision anew and write the days of work anew."""
    days = Days.of_the_studio()
    Effort.objects.all().delete()
    scenes = Scene.objects.filter(head__gt=0).order_by("pk")
    for scene, book in scenes.values_list("pk", "chapter__book"):
        reckon(scene, book, days)


def reckon(scene: int, book: int, days: Days) -> None:
    """The same for one scene."""
    revisions = Revision.objects.filter(scene=scene).with_text()
    work: dict[tuple[date, int | None], Counter[str]] = {}
    measured = []

    def text_of(number: int) -> str:
        found = revisions.at_or_before(number)
        return found.text if found else ""

    for row, change in along(revisions.order_by("number"), text_of):
        row.kept, row.deleted, row.inserted = change.kept, change.deleted, change.inserted
        measured.append(row)
        if row.is_credited:
            on = work.setdefault((days.of(row.created), row.rewrite_id), Counter())
            on.update({column: getattr(row, column) for column in COLUMNS})
    Revision.objects.bulk_update(measured, MEASURED, batch_size=100)
    Effort.objects.bulk_create(
        Effort(scene_id=scene, book_id=book, day=day, rewrite_id=rewrite, **sums)
        for (day, rewrite), sums in work.items()
        if any(sums.values())
    )
