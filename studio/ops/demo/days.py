"""When the sample story was written: over a year, a chapter a few days after the other."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from projects.writing.models import Effort, Revision, Scene
from projects.writing.models.reckoning import reckon
from studio.store.days import Days

LONGEST, LAST = 340, 2  # days ago: the first chapter, and the last one but the one in hand
IN_HAND = (40, 12, 1, 1)  # days ago: each state of the scene in hand


def spread(scenes: Sequence[Scene], in_hand: Sequence[Scene]) -> None:
    """Lay the revisions of `scenes` into the past year, and their work with them."""
    chance = random.Random(14)  # noqa: S311 (the same story every time)
    days = Days.of_the_studio()
    step = (LONGEST - LAST) / max(len(scenes), 1)
    for at, scene in enumerate(scenes):
        if scene in in_hand:
            continue
        ago = LONGEST - at * step + chance.uniform(-2, 0)
        place(scene, [days_ago(days, max(int(ago), LAST), chance.randint(0, 180))], days)
    for at, scene in enumerate(reversed(in_hand)):
        moments = [days_ago(days, ago, 10 * n - at) for n, ago in enumerate(IN_HAND)]
        place(scene, moments, days)


def days_ago(days: Days, ago: int, minutes: int) -> datetime:
    """So many days before today, in the evening."""
    day = days.today() - timedelta(days=ago)
    return datetime.combine(day, time(20, 15), days.zone) + timedelta(minutes=minutes)


def place(scene: Scene, moments: Sequence[datetime], days: Days) -> None:
    """Give the revisions of `scene` these moments, the oldest the first."""
    numbers = scene.revisions.order_by("number").values_list("pk", flat=True)
    for pk, moment in zip(numbers, moments, strict=False):
        Revision.objects.filter(pk=pk).update(created=moment)
    Scene.objects.filter(pk=scene.pk).update(worked=moments[-1], updated=moments[-1])
    Effort.objects.filter(scene=scene).delete()
    reckon(scene.pk, scene.chapter.book_id, days)
