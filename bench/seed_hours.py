"""Fill a studio with hours: python -m bench.seed_hours YEARS prints the owner's cookie and what the
time page asks of the database as JSON.

2,000 entries for each year, timed to the minute, every fifth of them tied to a scene.
"""

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from random import Random

import django

A_YEAR = 2000


def main(years: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from bench.seed import analyse, cookie

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        entries(years)
    analyse()
    told = cookie()
    print(json.dumps({"cookie": told, "queries": queries("/time/")}))


def entries(years: int) -> None:
    """The rows, the totals of their days and kinds, and the links."""
    from projects.worlds.models import World
    from projects.writing.models import Book, Chapter, Scene
    from timelog.models import DayTotal, Kind, TimeEntry, TimeLink

    book = Book.objects.create(world=World.objects.create(title="W"), title="B", language="en")
    scene = Scene.objects.create(chapter=Chapter.objects.create(book=book, title="C"))
    chance, kinds, now = Random(2026), list(Kind.objects.all()), datetime.now(UTC)
    days: dict[tuple[date, int], int] = {}
    rows = []
    for n in range(A_YEAR * years):
        kind = chance.choice(kinds)
        begun = now - timedelta(days=365 * n / A_YEAR, minutes=120)
        seconds = chance.randint(10, 60) * 60
        end = begun + timedelta(seconds=seconds)
        about = {"day": begun.date(), "seconds": seconds, "zone": "UTC", "linked": now}
        rows.append(TimeEntry(kind=kind, started_at=begun, ended_at=end, note="第十四章", **about))
        days[begun.date(), kind.pk] = days.get((begun.date(), kind.pk), 0) + seconds
        kind.seconds += seconds
    made = TimeEntry.objects.bulk_create(rows, batch_size=1000)
    TimeLink.objects.bulk_create(
        (TimeLink(entry=row, scene=scene, seconds=row.seconds) for row in made[::5]),
        batch_size=1000,
    )
    totals = (DayTotal(day=day, kind_id=kind, seconds=n) for (day, kind), n in days.items())
    DayTotal.objects.bulk_create(totals, batch_size=1000)
    Kind.objects.bulk_update(kinds, ["seconds"])


def queries(address: str) -> int:
    """How many a visit costs."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from studio.accounts.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get())
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


if __name__ == "__main__":
    main(int(sys.argv[1]))
