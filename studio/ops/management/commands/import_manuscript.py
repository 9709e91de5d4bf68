"""`manage.py import_manuscript PATH`: bring a manuscript in, as often as you like."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from projects.worlds.models import World
from projects.writing.bring_in import Outcome, bring_in
from projects.writing.manuscript import Manuscript, Unreadable, read
from projects.writing.manuscript.report import as_json, rows

ALL_READ, NOTHING, PARTLY = 0, 2, 3


class Command(BaseCommand):
    """Exit code 0: all was read; 3: partly, each refusal is listed; 2: nothing."""

    help = "Bring in a manuscript: Markdown, plain text (files, folders), novelWriter 1.5."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--world", metavar="W", help="a world's id or title")
        parser.add_argument("--dry-run", action="store_true", help="read and show, keep nothing")
        parser.add_argument("--json", action="store_true", help="print the tree as JSON")

    def handle(
        self,
        *args: Any,
        path: Path,
        world: str | None,
        dry_run: bool,
        json: bool,
        **options: Any,
    ) -> None:
        """Read, keep, tell."""
        try:
            manuscript = read(path)
        except Unreadable as error:
            self.fail(str(error), json)
        if not manuscript.books and not manuscript.entries:
            reasons = "; ".join(f"{each.file}: {each.reason}" for each in manuscript.refused)
            self.fail(reasons or f"{path} holds no text.", json)
        outcome = Outcome()
        if not dry_run:
            outcome = bring_in(manuscript, world_for(manuscript, world))
        if json:
            self.print_json(manuscript, outcome, dry_run)
        else:
            self.print_table(manuscript, outcome, dry_run)
        sys.exit(PARTLY if manuscript.refused else ALL_READ)

    def fail(self, reason: str, as_json: bool) -> NoReturn:
        """Say why nothing was read."""
        if as_json:
            self.stdout.write(json.dumps({"error": reason}, ensure_ascii=False))
        else:
            self.stderr.write(reason)
        sys.exit(NOTHING)

    def print_json(self, manuscript: Manuscript, outcome: Outcome, dry_run: bool) -> None:
        """The tree with what became of it."""
        told = as_json(manuscript) | {"dry_run": dry_run, "books": [b.pk for b in outcome.books]}
        for fate in ("added", "changed", "kept aside", "unchanged"):
            told[fate.replace(" ", "_")] = outcome.of(fate)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def print_table(self, manuscript: Manuscript, outcome: Outcome, dry_run: bool) -> None:
        """A line a piece, then what was refused, then the sum."""
        for depth, kind, title, status, counts in rows(manuscript):
            name = "  " * depth + (title or "–")
            self.stdout.write(f"{kind:9}{counts.zishu:>9,}  {name}{f'  [{status}]' * bool(status)}")
        for each in manuscript.left_out:
            self.stdout.write(f"left out  {each.file}: {each.reason}")
        for each in manuscript.refused:
            self.stderr.write(f"refused   {each.file}: {each.reason}")
        if dry_run:
            self.stdout.write("Nothing was kept: this was a dry run.")
        else:
            fates = ("added", "changed", "kept aside", "unchanged")
            self.stdout.write(", ".join(f"{outcome.of(fate)} {fate}" for fate in fates) + ".")


def world_for(manuscript: Manuscript, wanted: str | None) -> World:
    """The world named, else the only one, else one named like the manuscript."""
    if wanted:
        named = World.objects.filter(title=wanted)
        found = named.first() or (
            World.objects.filter(pk=wanted).first() if wanted.isdigit() else None
        )
        if found is None:
            raise CommandError(
                f"There is no world “{wanted}”; make it first, or leave --world out."
            )
        return found
    worlds = list(World.objects.all()[:2])
    if len(worlds) > 1:
        raise CommandError("There are several worlds; say which with --world.")
    return worlds[0] if worlds else World.objects.create(title=manuscript.title[:200])
