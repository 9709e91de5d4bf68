"""The forecast against what is usually done instead, and what ten years of days cost.

On the corpus' daily series (STUDIO_CORPUS, else beside the repository; left out without it), at
origins a week, four weeks and a quarter apart: how often the 80 % bands hold, 70 to 90 % wanted,
and their interval score as a ratio to the agile Monte Carlo's, .70 wanted at 13 and 26 weeks. Then
a studio of twenty thousand day totals: making its forecasts, and looking again when nothing has
changed, as parts of reading the days themselves.
"""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from bench.report import figure, heading, held

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
DAYS, TIMES = 3650, 5


def run(home: Path) -> None:
    backtests()
    ten_years(home)


def backtests() -> None:
    from timelog import backtest

    path = Path(os.environ.get("STUDIO_CORPUS", CORPUS)) / "time" / "daily_series.json"
    if not path.is_file():
        heading("The forecast on known logs: left out, the corpus is not here")
        return
    series = backtest.read(json.loads(path.read_text()))
    for every in (4, 1, 13):
        heading(f"The forecast on known logs, every {every} weeks")
        for score in backtest.run(series, every=every):
            told, weeks = score.told(), f"{score.weeks} weeks"
            bands = f"50 % {told['coverage50']:.2f}, 80 % {told['coverage80']:.2f}"
            agile = f"agile 80 % {told['coverage80_agile']:.2f}"
            figure(f"{weeks}, bands held (n {told['n']})", f"{bands}; {agile}")
            ratio = told["is80"] / told["is80_agile"]
            if score.weeks in (13, 26) and every == 4:
                held(f"{weeks}, score / agile Monte Carlo's", ratio, 0.70)
            else:
                figure(f"{weeks}, score / agile Monte Carlo's", f"{ratio:.2f}")
            figure(f"{weeks}, score / flat pace's", f"{told['is80'] / told['is80_flat']:.2f}")


def ten_years(home: Path) -> None:
    os.environ["STUDIO_DATA"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from timelog.models import DayTotal, Forecast, Kind

    heading("Ten years of days")
    call_command("migrate", verbosity=0)
    chance, today = Random(2026), datetime.now(UTC).date()
    for n in range(3):
        Kind.objects.create(key=f"more-{n}", family="detour")
    kinds = list(Kind.objects.values_list("pk", flat=True))
    DayTotal.add_all(
        {(day, kind): chance.randrange(600, 7200) for day in days_before(today) for kind in kinds}
    )
    figure("day totals", f"{DayTotal.objects.count():,}")
    read = timed(lambda: list(DayTotal.objects.rises()))
    made = timed(lambda: (Forecast.objects.update(content=""), Forecast.objects.make(today)))
    again = timed(lambda: Forecast.objects.make(today))
    figure("reading them", f"{1000 * read:.0f} ms")
    figure("forecasting / reading them", f"{made / read:.1f}")
    figure("looking again, nothing changed / reading", f"{again / read:.2f}")


def days_before(today: date) -> list[date]:
    return [today - timedelta(days=n) for n in range(1, DAYS)]


def timed(work: object) -> float:
    taken = []
    for _ in range(TIMES):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken)
