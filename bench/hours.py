"""Hours in and out: twenty thousand rows of a table, ten years of them.

Reading them, as a ratio to what the csv module alone takes for the same bytes; looking at them and
keeping them, as ratios to reading; taking them out in each format, and the memory that takes, as a
ratio to the memory for a tenth of the rows: 1.2 at most, since it is written while it is read. The
sum that is kept is compared with one counted while the rows were made.
"""

import csv
import io
import os
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from bench.report import figure, heading, held

ROWS = 20_000


def run(home: Path) -> None:
    os.environ["STUDIO_DATA"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from timelog.bring_in import bring_in
    from timelog.found import look
    from timelog.incoming import read
    from timelog.models import TimeEntry

    call_command("migrate", verbosity=0)
    heading(f"{ROWS:,} rows of hours in and out")
    data, seconds = table(ROWS)
    figure("the table", f"{len(data) / 1e6:.1f} MB")
    bare = timed(lambda: list(csv.reader(io.StringIO(data.decode()))))
    reading = read(data)
    took = timed(lambda: read(data))
    figure("reading / the csv module alone", f"{took / bare:.0f}")
    figure("looking / reading", f"{timed(lambda: look(reading)) / took:.1f}")
    bring_in(read(table(ROWS // 10)[0]))
    few = {name: memory(name) for name in ("csv", "json", "ics")}
    figure("keeping / reading", f"{timed(lambda: bring_in(reading)) / took:.1f}")
    figure(
        "the same again, nothing new / reading", f"{timed(lambda: bring_in(reading)) / took:.1f}"
    )
    kept = sum(TimeEntry.objects.values_list("seconds", flat=True))
    held("seconds kept, off from those made", abs(kept - seconds), 0, "{:.0f}")
    for name, least in few.items():
        held(f"memory of {name}, all rows / a tenth", memory(name) / least, 1.2)


def table(rows: int) -> tuple[bytes, int]:
    """A table of that many rows, the first ones always the same, and the seconds in it."""
    chance, moment, sum_ = Random(2026), datetime(2016, 1, 1, 8, tzinfo=UTC), 0
    lines = ["start,end,project,description"]
    for n in range(rows):
        length = chance.randrange(600, 9000)
        end = moment + timedelta(seconds=length)
        sum_ += length
        lines.append(f"{moment.isoformat()},{end.isoformat()},Project {n % 9},灯塔 {n}")
        moment = end + timedelta(seconds=chance.randrange(60, 20_000))
    return "\n".join(lines).encode(), sum_


def memory(name: str) -> float:
    """The most that taking all hours out held at once, in bytes."""
    from timelog.outgoing import FORMATS
    from timelog.takeout import records

    for _ in FORMATS[name].write(records()):  # once before, for what is made only once
        pass
    tracemalloc.start()
    for _ in FORMATS[name].write(records()):
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
