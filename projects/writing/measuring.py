"""Measures scenes in a pass against what they were: the slow part, done by a worker."""

from studio.store.models import progress

from .models import Revision, Scene, Standing
from .progress import Change


def measure(rewrite: int) -> int:
    """Bring the figures of a pass (its key) up to date; returns how many scenes were measured.

    Each scene is kept as soon as it is measured, so that a second attempt goes on from there.
    """
    stale = list(Standing.objects.filter(rewrite=rewrite).stale())
    for done, row in enumerate(stale):
        progress(done, len(stale) + 1)
        measure_scene(row)
    return len(stale)


def measure_scene(row: Standing) -> None:
    """What is new in the scene since the pass began, and what stands of its first draft."""
    scene = Scene.objects.only("text", "head").get(pk=row.scene_id)
    head = scene.head if row.end is None else row.end
    wanted = {row.start, row.first, head} - {0, scene.head}
    found = Revision.objects.filter(scene=scene, number__in=wanted).with_text()
    texts = {0: "", scene.head: scene.text, **{row.number: row.text for row in found}}
    to_first = Change.between(texts.get(row.first, ""), scene.text)
    if row.seen != scene.head:
        row.stands, row.of = to_first.stands, to_first.of
    if row.head != head:
        same = (row.start, head) == (row.first, scene.head)
        began, ended = texts.get(row.start, ""), texts.get(head, "")
        row.fresh = (to_first if same else Change.between(began, ended)).came
    row.head, row.seen = head, scene.head
    row.save(update_fields=["head", "fresh", "seen", "stands", "of"])
