"""Thin a scene's revisions: states that nobody will look for go, their work stays."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from projects.writing.effort import measure
from projects.writing.pointing import pointed_at
from projects.writing.thinning import State, receivers, thin
from studio.store.days import Days

from .revision import Revision
from .scene import Scene

FOLDED = ["base", "folded"] + [
    f"{what}_{unit}"
    for what in ("kept", "deleted", "inserted")
    for unit in ("zishu", "words", "chars")
]


def thin_out(scene: int, now: datetime | None = None) -> int:
    """Thin the revisions of the scene with this key, as of `now`; how many went.

    Never the current one, those that are named, brought in, restored or what was restored, kept
    aside or what those were made from, the first and last of a pass, or what anything points at.
    """
    with transaction.atomic():
        locked = Scene.objects.select_for_update().without_text().filter(pk=scene).first()
        if locked is None:
            return 0
        rows = list(locked.revisions.without_text().order_by("number"))
        chain = [row for row in rows if row.kind != Revision.Kind.CONFLICT]
        fixed = never(locked, rows)
        states = [
            State(row.number, row.created, row.number in fixed, (row.rewrite_id, row.is_credited))
            for row in chain
        ]
        days = Days.of_the_studio()
        going = thin(states, now or timezone.now(), days.of)
        if going:
            fold(locked, chain, going)
            lean_anew(locked, going)
            locked.revisions.filter(number__in=going).delete()
    return len(going)


def never(scene: Scene, rows: Sequence[Revision]) -> set[int]:
    """The numbers of those that stay however old they are."""
    kinds = {Revision.Kind.NAMED, Revision.Kind.IMPORT, Revision.Kind.RESTORED}
    numbers = [row.number for row in rows]
    stay = {scene.head, *pointed_at(scene.pk)}
    for row in rows:
        if row.kind in kinds or row.name:
            stay.add(row.number)
        if row.source:
            stay.add(row.source)
        # A parent that went earlier left its place to the one before it.
        if row.kind in {Revision.Kind.CONFLICT, Revision.Kind.MERGED} and row.base:
            stay.add(max((n for n in numbers if n <= row.base), default=row.base))
    return stay


def fold(scene: Scene, chain: Sequence[Revision], going: set[int]) -> None:
    """Give the work of those that go to the next that stays."""
    by_number = {row.number: row for row in chain}
    numbers = list(by_number)
    taken = receivers(numbers, going)
    ahead = {number: numbers[numbers.index(gone[0]) - 1] for number, gone in taken.items()}
    wanted = scene.revisions.filter(number__in={*ahead, *ahead.values()}).with_text()
    texts = {row.number: row for row in wanted}
    for number, gone in taken.items():
        row = by_number[number]
        for each in (by_number[one] for one in gone):
            row.inserted, row.deleted = row.inserted + each.inserted, row.deleted + each.deleted
            row.folded += 1 + each.folded
        row.base = ahead[number]
        row.kept = measure(texts[ahead[number]].text, texts[number].text).kept
    Revision.objects.bulk_update([by_number[number] for number in taken], FOLDED)


def lean_anew(scene: Scene, going: set[int]) -> None:
    """Let those that stay lean on none that goes: the first of them becomes the keyframe."""
    leaning = defaultdict(list)
    rows = scene.revisions.filter(keyframe__number__in=going).exclude(number__in=going)
    for row in rows.with_text().order_by("number"):
        leaning[row.keyframe_id].append((row, row.text))
    for (first, text), *others in leaning.values():
        first.put(text)
        for before, (row, words) in enumerate(others):
            row.put(words, first, before)
        Revision.objects.bulk_update([first, *(row for row, _ in others)], ["packed", "keyframe"])
