"""`manage.py add_versions PATH…`: picture files and folders become versions."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.images.grouping import files_below
from projects.images.intake import Intake, Taken, looks_like_a_picture
from projects.images.models import Image, Version
from projects.videos.models import Concept
from studio.store.models import Job
from studio.store.worker import run_one

ALL, NOTHING, PARTLY = 0, 2, 3


class Command(BaseCommand):
    """Exit code 0: every file is a version; 3: some are not, each with its reason; 2: none."""

    help = "Add picture files as versions; without --image their names propose the pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="+", type=Path)
        parser.add_argument("--image", type=int, metavar="ID", help="all are versions of this one")
        parser.add_argument("--concept", type=int, metavar="N", help="the concept they are for")
        parser.add_argument("--json", action="store_true", help="one JSON object a file, a line")
        parser.add_argument("--wait", action="store_true", help="make the previews before ending")

    def handle(
        self,
        *args: Any,
        path: list[Path],
        image: int | None,
        concept: int | None,
        json: bool,
        wait: bool,
        **options: Any,
    ) -> None:
        """Take the files, one after the other."""
        film = concept_numbered(concept)
        intake = Intake(image_with(image))
        if film is not None:
            intake.among = film.pictures()
            intake.welcome = film.show
        named = set(path)
        files = files_below(path)
        pictures = [each for each in files if each in named or looks_like_a_picture(each)]
        rows = []
        for each in pictures:
            taken = intake.take(each)
            rows.append(taken)
            self.tell(taken, json)
        left_out = len(files) - len(pictures)
        if not json:
            self.sum_up(rows, left_out)
        if wait:
            self.work_off(rows, quiet=json)
        sys.exit(exit_code(rows))

    def tell(self, taken: Taken, as_json: bool) -> None:
        """One line on one file, as soon as it is known."""
        if as_json:
            self.stdout.write(json.dumps(taken.as_json(), ensure_ascii=False))
        elif taken.version is None:
            self.stdout.write(f"{taken.path}: not taken. {taken.error}")
        else:
            self.stdout.write(f"{taken.path}: {taken.as_words()}")
        self.stdout.flush()

    def sum_up(self, rows: list[Taken], left_out: int) -> None:
        """The last line."""
        new = sum(row.new for row in rows)
        refused = sum(row.version is None for row in rows)
        words = f"{new} new, {len(rows) - new - refused} already there, {refused} not taken"
        if left_out:
            words += f"; {left_out} other file{'s' * (left_out != 1)} left out"
        self.stdout.write(f"{words}.")

    def work_off(self, rows: list[Taken], quiet: bool) -> None:
        """Do the jobs of these pictures here, unless a worker is quicker."""
        subjects = {f"image:{row.version.image_id}" for row in rows if row.version}
        jobs = Job.objects.filter(subject__in=subjects).unfinished()
        total = jobs.count()
        while left := jobs.count():
            if not run_one():
                time.sleep(0.2)
            if not quiet:
                self.stderr.write(f"Previews: {total - left + 1} of {total}", ending="\r")
        if total and not quiet:
            self.stderr.write("")
        bad = Version.objects.filter(image__in={r.version.image_id for r in rows if r.version})
        for version in bad.filter(reading=Version.Reading.UNREADABLE).select_related("image"):
            self.stderr.write(f"{version}: {version.trouble}")


def exit_code(rows: list[Taken]) -> int:
    """Whether all, some or none are versions now."""
    kept = sum(row.version is not None for row in rows)
    if not kept:
        return NOTHING
    return ALL if kept == len(rows) else PARTLY


def image_with(pk: int | None) -> Image | None:
    """The picture asked for."""
    if pk is None:
        return None
    image = Image.objects.filter(pk=pk).first()
    if image is None:
        raise CommandError(f"There is no image {pk}.", returncode=NOTHING)
    return image


def concept_numbered(number: int | None) -> Concept | None:
    """The concept asked for."""
    if number is None:
        return None
    concept = Concept.objects.filter(number=number).first()
    if concept is None:
        raise CommandError(f"There is no concept {number}.", returncode=NOTHING)
    return concept
