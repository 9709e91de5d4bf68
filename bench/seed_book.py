"""A long book, the same each time: python -m bench.seed_book CHAPTERS prints its scenes as JSON.

A Chinese book of so many chapters, each one scene of 3,000 characters with five revisions; and a
book of its own for one scene of a million. Printed for the middle scene of the first and for the
long one: address, head, text; and what it takes to open and to save the middle one, in queries.
"""

import json
import os
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import django

LENGTH, LONG = 3000, 1_000_000  # characters of a scene
REVISIONS = 5


def main(chapters: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    from django.db import transaction
    from django.test import Client

    from bench.seed import analyse
    from studio.accounts.models import User

    chance = Random(2026)
    with transaction.atomic():
        scenes = [book(chapters, LENGTH, chance), book(1, LONG, chance)]
    analyse()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get())
    address = described(scenes[0])["address"]
    save = {"text": f"{scenes[0].text}。", "base": scenes[0].head}
    told: dict[str, Any] = {
        "open": queries(lambda: client.get(address)),
        "save": queries(lambda: client.put(address, save, "application/json")),
    }
    scenes[0].refresh_from_db()
    told["scene"], told["giant"] = (described(scene) for scene in scenes)
    told["characters"] = sum(
        type(scenes[0])
        .objects.filter(chapter__book=scenes[0].chapter.book_id)
        .values_list("chars", flat=True)
    )
    print(json.dumps(told))


def book(chapters: int, length: int, chance: Random) -> Any:
    """A book of so many chapters; the scene in its middle."""
    from projects.worlds.models import World
    from projects.writing.models import Book, Chapter, Part, Revision, Scene, Status
    from studio.lib.text import count

    world = World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    made = Book.objects.create(world=world, title="晶格记得", language="zh-Hans", target=3_000_000)
    parts = [Part.objects.create(book=made, title=f"第{n}部", position=n) for n in (1, 2)]
    status = Status.objects.create(book=made, label="定稿", position=1)
    rows = Chapter.objects.bulk_create(
        Chapter(
            book=made,
            part=parts[2 * n > chapters + 1],
            title=f"晶格记得第{n}夜",
            status=status,
            position=n,
        )
        for n in range(1, chapters + 1)
    )
    texts = [prose(chance, length) for _ in range(min(chapters, 40))]
    written = [(text, count(text)._asdict()) for text in texts]
    chosen = [chance.choice(written) for _ in rows]
    scenes = Scene.objects.bulk_create(
        (
            Scene(chapter=row, text=text, head=REVISIONS, position=1, **counts)
            for row, (text, counts) in zip(rows, chosen, strict=True)
        ),
        batch_size=500,
    )
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
            for number in range(1, REVISIONS + 1)
        ),
        batch_size=500,
    )
    return scenes[chapters // 2]


def prose(chance: Random, characters: int) -> str:
    """So many characters, line ends not counted, in paragraphs."""
    from bench.seed import CHINESE

    lines, left = [], characters
    while left > 0:
        lines.append("".join(chance.choices(CHINESE, k=4))[:left])
        left -= len(lines[-1])
    return "\n".join(lines)


def described(scene: Any) -> dict[str, Any]:
    """What it takes to save it."""
    from django.urls import reverse

    address = reverse("writing:scene_edit", args=[scene.pk])
    return {"address": address, "head": scene.head, "text": scene.text}


def queries(visit: Callable[[], Any]) -> int:
    """Those of a visit; one before it fills what is kept."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = visit()
        if answer.status_code != 200:
            raise RuntimeError(f"it answered {answer.status_code}")
    return len(captured)


if __name__ == "__main__":
    main(int(sys.argv[1]))
