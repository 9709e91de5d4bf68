"""`manage.py measure_voice FILES…`: how texts sound, and how far they are from a baseline."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from projects.voice.home import TooLittle
from projects.voice.report import Report
from projects.voice.texts import common_language, in_language, texts_of
from projects.writing.manuscript import Refusal

ALL_READ, NOTHING, PARTLY = 0, 2, 3
HEAD = "   words  distance    at home  sentence  speech  mattr  name"


class Command(BaseCommand):
    """Exit code 0: all was measured; 3: partly, each refusal is listed; 2: nothing."""

    help = (
        "Measure the style of texts, Chinese or English: sentences, speech, vocabulary, function "
        "words. The distance is Burrows's Delta from the baseline, 1 being that of a typical text "
        "of the baseline itself; without a baseline the texts are measured against each other."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILES")
        parser.add_argument("--by", choices=["file", "chapter"], default="file")
        parser.add_argument("--baseline", nargs="+", type=Path, default=[], metavar="FILES")
        parser.add_argument("--json", action="store_true", help="print all numbers as JSON")

    def handle(
        self,
        *args: Any,
        files: list[Path],
        by: str,
        baseline: list[Path],
        json: bool,
        **options: Any,
    ) -> None:
        """Read, measure, tell."""
        units, refused = texts_of(files, by_chapter=by == "chapter")
        home, not_home = texts_of(baseline, by_chapter=by == "chapter")
        refused += not_home
        if not units or (baseline and not home):
            self.fail(refused, json)
        language = common_language(home or units)
        if language is None:
            self.fail(in_language([*home, *units], "en")[1], json)
        home, other = in_language(home, language)
        units, others = in_language(units, language)
        refused += [*other, *others]
        if not units:
            self.fail(refused, json)
        try:
            report = Report.of(units, home, language)
        except TooLittle as error:
            self.fail([Refusal("baseline", str(error))], json)
        if json:
            self.print_json(report, refused)
        else:
            self.print_table(report, refused)
        sys.exit(PARTLY if refused else ALL_READ)

    def fail(self, refused: Iterable[Refusal], as_json: bool) -> NoReturn:
        """Say why nothing was measured."""
        reason = "; ".join(f"{each.file}: {each.reason}" for each in refused)
        if as_json:
            self.stdout.write(json.dumps({"error": reason}, ensure_ascii=False))
        else:
            self.stderr.write(reason)
        sys.exit(NOTHING)

    def print_json(self, report: Report, refused: list[Refusal]) -> None:
        """All numbers, and what was refused."""
        told = report.as_json() | {"refused": [vars(each) for each in refused]}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def print_table(self, report: Report, refused: list[Refusal]) -> None:
        """A line a unit: how far, and the features that are told most easily."""
        self.stdout.write(HEAD)
        for row in report.rows():
            self.stdout.write(line_of(row))
        for each in refused:
            self.stderr.write(f"refused   {each.file}: {each.reason}")
        self.stdout.write(sum_of(report))


def line_of(row: dict[str, Any]) -> str:
    """One unit as a line of the table."""
    features = row["features"]
    home = {True: "yes", False: "no", None: "too short" if row["small"] else "-"}[row["within"]]
    cells = [
        f"{row['words']:>8,}",
        f"{number(row['distance']):>9}",
        f"{home:>10}",
        f"{number(features['sentence_median'], 1):>9}",
        f"{number(100 * features['dialogue'], 0) + '%':>7}",
        f"{number(features['mattr']):>6}",
    ]
    return f"{' '.join(cells)}  {row['name']}"


def number(value: float | None, places: int = 2) -> str:
    """A number as the table shows it."""
    return "-" if value is None else f"{value:.{places}f}"


def sum_of(report: Report) -> str:
    """What the distances are from."""
    home = report.baseline()
    if not home["units"]:
        return f"No distances: {home['note']}"
    kind = "each other" if report.alone else "the baseline"
    return (
        f"Distances from {kind}, {home['units']} texts of {home['words']:,} words in all; "
        "1 is a typical text of it."
    )
