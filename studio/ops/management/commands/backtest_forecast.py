"""`manage.py backtest_forecast FILE.json`: how the forecast would have done on hours that are
known."""

import json
import sys
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from studio.store.days import Days
from timelog.backtest import EVERY, NotSeries, Score, Series, read, run
from timelog.models import DayTotal, Kind

LARGEST = 20 * 1024 * 1024
NOTHING = 2
REASONS = {
    "missing": _("%(about)s cannot be opened; give the path of a file."),
    "json": _("The file is no JSON; give one like daily_series.json."),
    "shape": _("The file holds no series; it must hold names, each with its “daily” hours."),
    "empty": _("The file holds no series; give it at least one."),
    "daily": _("“%(about)s” has no list of hours; give it “daily”, numbers from 0 to 24."),
    "start": _("The first day of “%(about)s” is no day; write it as 2026-11-19."),
    "short": _("There is too little to test on; a series needs 31 weeks of days."),
    "every": _("Write a whole number of weeks, 1 or more."),
}


class Command(BaseCommand):
    """Exit code 0: tested; 2: nothing to test on."""

    help = "Test the forecast on daily hours from a file, or on the studio's own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="series of daily hours as JSON")
        parser.add_argument("--every", type=int, default=EVERY, metavar="WEEKS", help="apart")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, test, tell."""
        try:
            if options["every"] < 1:
                raise NotSeries("every", "")
            series = read_file(options["file"]) if options["file"] else own()
            scores = run(series, every=options["every"])
            if not scores[0].outcomes:
                raise NotSeries("short", "")
        except NotSeries as error:
            self.fail(error, options["json"])
        if options["json"]:
            told = {"horizons": [score.told() for score in scores]}
            self.stdout.write(json.dumps(told, indent=1))
        else:
            self.print_table(series, scores)

    def print_table(self, series: list[Series], scores: list[Score]) -> None:
        """A line a horizon, and what the figures are."""
        names = ", ".join(f"{one.name} ({len(one.daily) // 7} weeks)" for one in series)
        self.stdout.write(f"On {names}.")
        self.stdout.write(
            f"{'weeks':>5}{'n':>6}{'50 % held':>11}{'80 % held':>11}{'score':>8}"
            f"{'to agile':>10}{'to flat':>9}{'agile 80 % held':>17}"
        )
        for score in scores:
            told = score.told()
            self.stdout.write(
                f"{told['weeks']:>5}{told['n']:>6}{told['coverage50']:>11.2f}"
                f"{told['coverage80']:>11.2f}{told['is80']:>8.2f}"
                f"{ratio(told['is80'], told['is80_agile']):>10}"
                f"{ratio(told['is80'], told['is80_flat']):>9}{told['coverage80_agile']:>17.2f}"
            )
        self.stdout.write(
            "Score: interval score of the 80 % band in parts of a usual stretch (lower is better); "
            "then as a ratio to the agile Monte Carlo's and to the flat pace's."
        )

    def fail(self, error: NotSeries, as_json: bool) -> NoReturn:
        """Say why nothing was tested."""
        reason, about = error.args
        sentence = str(REASONS[reason]) % {"about": about}
        if as_json:
            self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
        else:
            self.stderr.write(sentence)
        sys.exit(NOTHING)


def read_file(path: Path) -> list[Series]:
    """The series of a file. Raises NotSeries."""
    try:
        if path.stat().st_size > LARGEST:
            raise NotSeries("json", "")
        told = json.loads(path.read_bytes())
    except OSError:
        raise NotSeries("missing", str(path)) from None
    except (ValueError, RecursionError):
        raise NotSeries("json", "") from None
    return read(told)


def own() -> list[Series]:
    """The studio's own days up to yesterday: of each kind, and of all together."""
    night = Days.of_the_studio().today() - timedelta(days=1)
    kinds = list(Kind.objects.order_by("position", "pk"))
    sets = [(str(kind), [kind.pk]) for kind in kinds]
    sets.append(("all kinds", [kind.pk for kind in kinds]))
    found = [Series(name, tuple(DayTotal.objects.daily(pks, night))) for name, pks in sets]
    return [one for one in found if one.daily]


def ratio(ours: float, theirs: float) -> str:
    """ "0.64", or a dash where there is nothing to compare with."""
    return f"{ours / theirs:.2f}" if theirs else "–"
