"""Revisions on the disk, and one of them read.

1,000 chapters of 50 revisions each, half of them Chinese, some 6,000 characters or 3,000 words: a
save touches a few sentences in one place, every tenth goes through the chapter. The texts are
packed and kept just as a save does it; only the rows are written a chapter at a time. Limits: a
tenth of the bytes of the full texts; any one read in a millisecond, with 2,000 revisions or 50,000.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter

from bench.prose import Prose
from bench.report import figure, heading, held, middle, milliseconds
from bench.studio import studio

CHAPTERS, REVISIONS, FEW = 1000, 50, 40
READS = 400
MOST_BYTES, MOST_MS = 0.1, 1.0


def run(home: Path) -> None:
    heading(f"{CHAPTERS:,} chapters of {REVISIONS} revisions")
    made = studio(home, "storage", 0)
    made.environment["DJANGO_SETTINGS_MODULE"] = "studio.settings"
    said = json.loads(made.python("-m", "bench.storage").splitlines()[-1])
    full, packed, table = said["full"], said["packed"], said["table"]
    figure("the texts in full", f"{full / 1e6:,.0f} MB")
    figure("packed", f"{packed / 1e6:,.1f} MB, {said['keyframes']:,} in full")
    held("packed / in full", packed / full, MOST_BYTES, "{:.3f}")
    held("all that the database grew by / in full", table / full, MOST_BYTES, "{:.3f}")
    figure("packing one", milliseconds(said["packing"]))
    for number, taken in said["reads"].items():
        figure(f"one of {int(number):,} read", milliseconds(taken))
        held(f"one of {int(number):,} read, ms", 1000 * middle(taken), MOST_MS)


def fill() -> None:
    """Write them all and read some; what it came to goes out as JSON."""
    import django

    django.setup()
    from projects.writing.models import Revision

    chance, scenes = Random(7), chapters()
    before, full, packing, reads = size(), 0, [], {}
    pk = 0
    for at, scene in enumerate(scenes):
        pk, wrote = history(scene, at, pk, packing)
        full += wrote
        if at + 1 in (FEW, CHAPTERS):
            reads[(at + 1) * REVISIONS] = [
                read(chance.choice(scenes[: at + 1]), chance.randint(1, REVISIONS))
                for _ in range(READS)
            ]
    said = {
        "full": full,
        "packed": sum(len(row) for row in Revision.objects.values_list("packed", flat=True)),
        "keyframes": Revision.objects.filter(keyframe=None).count(),
        "table": size() - before,
        "packing": packing,
        "reads": reads,
    }
    json.dump(said, sys.stdout)


def chapters() -> list[int]:
    """Scenes to hold them; their keys."""
    from projects.worlds.models import World
    from projects.writing.models import Book, Chapter, Scene

    book = Book.objects.create(world=World.objects.create(title="The Computational Universe"))
    rows = Chapter.objects.bulk_create(
        Chapter(book=book, title=str(n), position=n) for n in range(CHAPTERS)
    )
    found = Scene.objects.bulk_create(Scene(chapter=row, position=1) for row in rows)
    return [scene.pk for scene in found]


def history(scene: int, at: int, pk: int, packing: list[float]) -> tuple[int, int]:
    """Fifty saves of one chapter; the last key used, and the bytes of the texts."""
    from projects.writing.models import Revision

    prose = Prose(bool(at % 2), at)
    sentences = prose.sentences(6000 if at % 2 else 3000)
    rows, leading, full = [], None, 0
    for number in range(1, REVISIONS + 1):
        text = "".join(sentences)
        full += len(text.encode())
        pk += 1
        row = Revision(
            pk=pk,
            scene_id=scene,
            number=number,
            base=number - 1 or None,
            kind="typed",
            device="laptop · Firefox",
            zishu=len(text),
            words=len(text),
            chars=len(text),
            created=datetime.now(UTC),
        )
        begun = perf_counter()
        row.put(text, leading)
        packing.append(perf_counter() - begun)
        leading = row.leading
        rows.append(row)
        sentences = (
            prose.rewritten(sentences, 0.1) if number % 10 == 0 else prose.typed_on(sentences)
        )
    Revision.objects.bulk_create(rows)
    return pk, full


def read(scene: int, number: int) -> float:
    """Seconds until the text of one is there."""
    from projects.writing.models import Revision

    begun = perf_counter()
    Revision.objects.text_of(scene, number)
    return perf_counter() - begun


def size() -> int:
    """Bytes of the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
            return os.path.getsize(str(connection.settings_dict["NAME"]))  # noqa: PTH202
        cursor.execute("SELECT pg_total_relation_size('writing_revision')")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    fill()
