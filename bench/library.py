"""A library of 10,000 versions against one of 100: the pages of pictures.

Two servers run at once, each with the flags of `serve`: studios of 25 and of 2,500 pictures with
four versions each, in as many shots of 25 films, so that the pages show as much in both. Asked in
turns, as in bench.today; the queries are counted in a process of their own.
Limits: the same number of queries, and 1.3 times the time.
"""

import json
from pathlib import Path

from bench.report import figure, heading, held, middle, milliseconds
from bench.studio import Studio, studio
from bench.today import in_turns

FEW, MANY, VERSIONS = 25, 2500, 4
PAGES = {
    "the list of pictures": "/images/",
    "the last page of the list": "/images/?page=last",
    "a picture": "/images/1/",
    "compare": "/images/1/compare/",
    "a shot": "/shots/1/",
    "the board": "/concepts/",
    "take along": "/exports/new/?image=1",
}
MOST = 1.3
TURNS = 8

FILL = """
import django, hashlib, sys; django.setup()
from random import Random
from django.db import connection, transaction
from projects.images.models import Decision, Image, Rendition, Version
from projects.videos.models import Concept, Shot, ShotImage
from studio.store.models import Blob
pictures, each = map(int, sys.argv[1:])
chance = Random(11)
with transaction.atomic():
    stages = {0: "released", 1: "released", 2: "images"}
    films = [
        Concept.objects.create(number=n + 1, title=f"Concept {n + 1}", stage=stages.get(n, "brief"))
        for n in range(25)
    ]
    images = Image.objects.bulk_create(Image(title=f"Plate {n} 晨光") for n in range(pictures))
    shots = Shot.objects.bulk_create(
        Shot(concept=films[n % 25], number=n // 25 + 1, title=f"Shot {n}", seconds=4)
        for n in range(pictures)
    )
    ShotImage.objects.bulk_create(
        ShotImage(shot=shot, image=image) for shot, image in zip(shots, images)
    )
    blobs = Blob.objects.bulk_create(
        (
            Blob(sha256=hashlib.sha256(f"{image.pk} {n}".encode()).hexdigest(), size=40_000_000)
            for image in images for n in range(each)
        ),
        batch_size=1000,
    )
    versions = Version.objects.bulk_create(
        (
            Version(
                image=images[n // each], number=n % each + 1, blob=blob, format="PNG",
                filename=f"plate_v{n % each + 1}.png", width=7680, height=3213, reading="ready",
                note="光线再柔一点" if n % 3 else "",
            )
            for n, blob in enumerate(blobs)
        ),
        batch_size=1000,
    )
    Rendition.objects.bulk_create(
        (
            Rendition(blob=blob, name=name, width=side, height=side * 428 // 1024, size=90_000)
            for blob in blobs for name, side in (("256", 256), ("1024", 1024), ("2048", 2048))
        ),
        batch_size=1000,
    )
    picked = [image for image in images if image.pk % 3]
    for image in picked:
        image.pick_id = versions[(image.pk - images[0].pk) * each + 2].pk
    Image.objects.bulk_update(picked, ["pick"], batch_size=500)
    Decision.objects.bulk_create(
        Decision(
            image=image, version_id=image.pick_id, pick_after_id=image.pick_id,
            state_before="kept", state_after="kept",
        )
        for image in picked
    )
if connection.vendor == "postgresql":
    connection.cursor().execute("ANALYZE")
"""
COUNT = """
import django, json, sys; django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from studio.accounts.models import User
client = Client()
client.force_login(User.objects.get())
counted = {}
for path in json.loads(sys.argv[1]):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    counted[path] = len(asked)
print(json.dumps(counted))
"""


def run(home: Path) -> None:
    heading(f"A library of {MANY * VERSIONS:,} versions")
    few, many = (library(home, f"library_{n}", n) for n in (FEW, MANY))
    counts = [counted(few), counted(many)]
    with few.served() as small, many.served() as large:
        for name, path in PAGES.items():
            asked = counts[1][path] / counts[0][path]
            taken = in_turns([small.line(), large.line()], path, TURNS)
            figure(f"{name}, {FEW * VERSIONS} versions", milliseconds(taken[0]))
            figure(f"{name}, {MANY * VERSIONS:,} versions", milliseconds(taken[1]))
            held(f"{name}: queries ({counts[0][path]})", asked, 1.0)
            held(f"{name}: time", middle(taken[1]) / middle(taken[0]), MOST)


def library(home: Path, name: str, pictures: int) -> Studio:
    """A studio with so many pictures."""
    made = studio(home, name, 0)
    made.environment["DJANGO_SETTINGS_MODULE"] = "studio.settings"
    made.python("-c", FILL, str(pictures), str(VERSIONS))
    return made


def counted(made: Studio) -> dict[str, int]:
    """The queries of each page, the shell's among them."""
    said: dict[str, int] = json.loads(made.python("-c", COUNT, json.dumps(list(PAGES.values()))))
    return said
