"""Fill a studio, the same each time: python -m bench.seed TIMES prints the owner's cookie as JSON.

TIMES 1 is what the measure names: 20 books, 1,000 chapters, 500 shots, 4,000 versions, 2,000 time
entries; and about them what such a studio holds: scenes with revisions, a bible, pictures, jobs.
All that the studio keeps beside the rows (counts, heads, totals of days and kinds) is kept here.
"""

import hashlib
import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from random import Random

import django

BOOKS, CHAPTERS, CONCEPTS, SHOTS, VERSIONS, ENTRIES = 20, 50, 25, 20, 8, 2000
NOW = datetime.now(UTC)


def main(times: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        if times:
            chance = Random(2026)
            books(times, chance)
            concepts(times, chance)
            hours(times, chance)
            waiting()
    analyse()
    print(json.dumps({"cookie": cookie()}))


def analyse() -> None:
    """What PostgreSQL does by itself after a while; SQLite does not."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def cookie() -> str:
    """A signed-in owner's."""
    from django.conf import settings
    from django.test import Client

    from studio.accounts.models import User

    client = Client()
    client.force_login(User.objects.create_user("lin", password="not used here", name="Lin Yuan"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


# --- the writing ------------------------------------------------------------------------------
ENGLISH = (
    "The lattice remembered what the light had owed it.",
    "She counted to one, and the station counted with her.",
    "Nothing in the proof required that anyone be awake.",
    "At the edge of the basin the survey lamps went out, one after another.",
    "“It is not a message,” Wen said. “It is the remainder of one.”",
    "Below them the machine went on subtracting winters.",
)
CHINESE = (
    "晶格记得光欠下的每一笔账。",
    "她数到一，整座站台也跟着数到一。",
    "证明里没有一行要求有人醒着。",
    "盆地边缘，勘测灯一盏接一盏地熄灭。",
    "“这不是讯息，”闻昭说，“这是讯息的余数。”",
    "在他们脚下，机器继续减去冬天。",
)


def texts(sentences: tuple[str, ...], chance: Random) -> list[tuple[str, dict[str, int]]]:
    """Forty chapters' worth of words with their counts, some 4,000 bytes each."""
    from studio.lib.text import count

    made = []
    for _ in range(40):
        lines = [" ".join(chance.choices(sentences, k=chance.randint(2, 6))) for _ in range(20)]
        text = "\n".join(lines)
        made.append((text, count(text)._asdict()))
    return made


def books(times: int, chance: Random) -> None:
    """Books in two languages, fifty chapters each, a scene with two revisions in each."""
    from projects.worlds.models import Entry, World
    from projects.writing.models import Book, Chapter, Part, Revision, Scene, Status

    world = World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    Entry.objects.bulk_create(
        Entry(world=world, kind=chance.choice(Entry.Kind.values), title=f"闻昭 {n}", position=n)
        for n in range(200 * times)
    )
    words = {"en": texts(ENGLISH, chance), "zh-Hans": texts(CHINESE, chance)}
    rows = Book.objects.bulk_create(
        Book(
            world=world,
            title=f"{'晶格记得' if n % 2 else 'The Quiet Lattice'} {n + 1}",
            language="zh-Hans" if n % 2 else "en",
            position=n + 1,
        )
        for n in range(BOOKS * times)
    )
    statuses = Status.objects.bulk_create(
        Status(book=book, label=label, position=n)
        for book in rows
        for n, label in enumerate(("Draft", "定稿"), 1)
    )
    parts = Part.objects.bulk_create(
        Part(book=book, title=f"第{n}部", position=n) for book in rows for n in (1, 2)
    )
    chapters = Chapter.objects.bulk_create(
        Chapter(
            book=book,
            part=parts[2 * at + (n > CHAPTERS // 2)],
            title=f"{'第' if book.is_chinese else 'Chapter '}{n}",
            status=statuses[2 * at + n % 2],
            position=n,
        )
        for at, book in enumerate(rows)
        for n in range(1, CHAPTERS + 1)
    )
    begun = NOW - timedelta(days=365 * 2 * times)
    step = (NOW - begun) / len(chapters)
    scenes, chosen = [], []
    for n, chapter in enumerate(chapters):
        text, counts = chance.choice(words[chapter.book.language])
        chosen.append((text, counts))
        when = begun + n * step
        scenes.append(
            Scene(
                chapter=chapter,
                text=text,
                head=2,
                position=1,
                worked=when,
                updated=when,
                **counts,
            )
        )
    Scene.objects.bulk_create(scenes, batch_size=500)
    Revision.objects.bulk_create(
        (
            Revision(
                scene=scene,
                number=number,
                base=number - 1 or None,
                kind="typed",
                text=text,
                created=scene.updated,
                **counts,
            )
            for scene, (text, counts) in zip(scenes, chosen, strict=True)
            for number in (1, 2)
        ),
        batch_size=500,
    )


# --- the films --------------------------------------------------------------------------------
def concepts(times: int, chance: Random) -> None:
    """25 films, two released and one in the making, with 20 shots of one picture each. TIMES makes
    the films longer and not more, which is the harder case: Today shows one of them."""
    from projects.images.models import Image, Rendition, Version
    from projects.videos.models import Concept, Shot, ShotImage
    from studio.store.models import Blob

    films = Concept.objects.bulk_create(
        Concept(
            number=n + 1,
            title=f"Concept {n + 1}",
            other_title=f"构想 {n + 1}",
            stage={0: "released", 1: "released", 2: "images"}.get(n % CONCEPTS, "storyboard"),
        )
        for n in range(CONCEPTS)
    )
    shots = Shot.objects.bulk_create(
        Shot(concept=film, number=n, title=f"Shot {n}", seconds=chance.randint(2, 9))
        for film in films
        for n in range(1, SHOTS * times + 1)
    )
    images = Image.objects.bulk_create(
        [Image(title=f"{shot.title} 晨光") for shot in shots], batch_size=1000
    )
    ShotImage.objects.bulk_create(
        ShotImage(shot=shot, image=image) for shot, image in zip(shots, images, strict=True)
    )
    blobs = Blob.objects.bulk_create(
        (
            Blob(sha256=hashlib.sha256(f"{image.pk} {n}".encode()).hexdigest(), size=40_000_000)
            for image in images
            for n in range(VERSIONS)
        ),
        batch_size=1000,
    )
    versions = Version.objects.bulk_create(
        (
            Version(
                image=images[n // VERSIONS],
                number=n % VERSIONS + 1,
                blob=blob,
                filename=f"lattice_v{n % VERSIONS + 1}.png",
                format="PNG",
                width=7680,
                height=4320,
                reading="ready",
                state="rejected" if n % VERSIONS == 1 else "kept",
            )
            for n, blob in enumerate(blobs)
        ),
        batch_size=1000,
    )
    Rendition.objects.bulk_create(
        (
            Rendition(blob=blob, name=name, width=size, height=size * 9 // 16, size=size * 60)
            for blob in blobs
            for name, size in (("256", 256), ("1024", 1024), ("2048", 2048))
        ),
        batch_size=1000,
    )
    for at, shot in enumerate(shots):
        settled = shot.concept.stage == "released" or (
            shot.concept.stage == "images" and shot.number <= SHOTS * times // 2
        )
        if settled:
            images[at].pick = versions[(at + 1) * VERSIONS - 1]
    Image.objects.bulk_update([image for image in images if image.pick], ["pick"], batch_size=500)


# --- the hours --------------------------------------------------------------------------------
def hours(times: int, chance: Random) -> None:
    """Entries of some three a day, back from today, with the totals of their days and kinds."""
    from timelog.models import DayTotal, Intention, Kind, TimeEntry

    kinds = list(Kind.objects.all())
    days: dict[tuple[date, int], int] = {}
    entries = []
    for n in range(ENTRIES * times):
        kind, day = chance.choice(kinds), (NOW - timedelta(days=n // 3)).date()
        seconds = chance.randint(10, 180) * 60
        entries.append(TimeEntry(kind=kind, day=day, seconds=seconds, note="第十四章"))
        days[day, kind.pk] = days.get((day, kind.pk), 0) + seconds
        kind.seconds += seconds
    TimeEntry.objects.bulk_create(entries, batch_size=1000)
    DayTotal.objects.bulk_create(
        (DayTotal(day=day, kind_id=kind, seconds=n) for (day, kind), n in days.items()),
        batch_size=1000,
    )
    Kind.objects.bulk_update(kinds, ["seconds"])
    Intention.objects.say("To bring my novels to life.", "让我的小说活过来。")


def waiting() -> None:
    """One of each thing that waits for a person, and the clock runs."""
    from projects.images.models import Version
    from projects.writing.models import Revision, Scene
    from studio.store.models import Job
    from timelog.models import Kind, TimeEntry

    scene = Scene.objects.order_by("pk").first()
    assert scene is not None
    Revision.objects.create(
        scene=scene,
        number=3,
        base=1,
        kind="conflict",
        text="她数到一。",
        created=NOW,
        zishu=5,
        words=4,
        chars=5,
    )
    Version.objects.filter(pk=Version.objects.order_by("pk").values("pk")[:1]).update(
        reading="unreadable", error="broken"
    )
    Job.objects.create(task="projects.images.tasks.derive", state="failed", finished=NOW)
    Job.objects.bulk_create(
        Job(task="projects.images.tasks.derive", state="done", finished=NOW) for _ in range(200)
    )
    TimeEntry.objects.start(Kind.objects.get(key="writing"), "第十四章")


if __name__ == "__main__":
    main(int(sys.argv[1]))
