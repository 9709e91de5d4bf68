"""Pack the texts of revisions, measure what each changed, and sum up the days of work."""

from collections import Counter
from typing import Any

from django.db import migrations

from projects.writing import packing
from projects.writing.effort import along
from studio.store.days import Days

KINDS = {"typed", "named"}
COLUMNS = [
    f"{what}_{unit}" for what in ("inserted", "deleted") for unit in ("zishu", "words", "chars")
]
MEASURED = [*COLUMNS, "kept_zishu", "kept_words", "kept_chars", "packed", "keyframe"]
BATCH = 100


def pack(apps: Any, schema_editor: Any) -> None:
    """One scene after the other, oldest revision first."""
    kept = apps.get_model("store", "Setting").objects.filter(
        key__in=["time.zone", "time.day_starts_at"]
    )
    days = Days.from_settings(dict(kept.values_list("key", "value")))
    scenes = apps.get_model("writing", "Scene").objects.filter(head__gt=0).order_by("pk")
    for scene, book in list(scenes.values_list("pk", "chapter__book")):
        pack_scene(apps, scene, book, days)


def pack_scene(apps: Any, scene: int, book: int, days: Days) -> None:
    Revision = apps.get_model("writing", "Revision")
    revisions = Revision.objects.filter(scene=scene).order_by("number")

    def text_of(number: int) -> str:
        found = revisions.filter(number__lte=number).last()
        return str(found.text) if found else ""

    keyframe: Any = None
    whole, batch = "", []
    work: dict[Any, Counter[str]] = {}
    for row, change in along(revisions.iterator(BATCH), text_of):
        for what in ("inserted", "deleted", "kept"):
            for unit, number in getattr(change, what)._asdict().items():
                setattr(row, f"{what}_{unit}", number)
        delta = packing.pack_delta(row.text, whole) if keyframe else b""
        if keyframe and packing.is_worth_it(
            len(delta), len(keyframe.packed), row.number - keyframe.number - 1
        ):
            row.packed, row.keyframe = delta, keyframe
        else:
            row.packed, keyframe, whole = packing.pack(row.text), row, row.text
        if row.kind in KINDS:
            on = work.setdefault((days.of(row.created), row.rewrite_id), Counter())
            on.update({column: getattr(row, column) for column in COLUMNS})
        batch.append(row)
        if len(batch) == BATCH:
            Revision.objects.bulk_update(batch, MEASURED)
            batch = []
    if batch:
        Revision.objects.bulk_update(batch, MEASURED)
    Effort = apps.get_model("writing", "Effort")
    Effort.objects.bulk_create(
        Effort(scene_id=scene, book_id=book, day=day, rewrite_id=rewrite, **sums)
        for (day, rewrite), sums in work.items()
        if any(sums.values())
    )


def unpack(apps: Any, schema_editor: Any) -> None:
    """The texts as they were."""
    Revision = apps.get_model("writing", "Revision")
    batch = []
    for row in Revision.objects.select_related("keyframe").order_by("pk").iterator(BATCH):
        whole = bytes(row.keyframe.packed) if row.keyframe else None
        row.text = packing.unpacked(bytes(row.packed), whole)
        batch.append(row)
        if len(batch) == BATCH:
            Revision.objects.bulk_update(batch, ["text"])
            batch = []
    if batch:
        Revision.objects.bulk_update(batch, ["text"])


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_where_else_originals_lie"),
        ("writing", "0006_effort"),
    ]

    operations = [migrations.RunPython(pack, unpack)]
