"""`manage.py doctor`: look over the studio and say what is wrong."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from studio.ops.checkup import examine, repair


class Command(BaseCommand):
    """Exit code 0: well, perhaps with warnings; 1: something is wrong."""

    help = "Find missing or damaged files, orphans, pending migrations and unsafe settings."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")
        parser.add_argument("--quick", action="store_true", help="do not read the originals")
        parser.add_argument("--repair", action="store_true", help="have previews made again")

    def handle(self, *args: Any, quick: bool, **options: Any) -> None:
        """Examine and tell."""
        again = repair() if options["repair"] else 0
        found = list(examine(quick))
        errors = [each for each in found if each.grade == "error"]
        if options["json"]:
            told = {
                "well": not errors,
                "findings": [each.as_json() for each in found],
                "previews_to_be_made": again,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for each in found:
                what = f" [{each.what}]" if each.what else ""
                self.stdout.write(f"{each.grade:8} {each.about}: {each.sentence}{what}")
            if again:
                self.stdout.write(f"The previews of {again} pictures are being made again.")
            self.stdout.write("Something is wrong." if errors else "The studio is well.")
        sys.exit(1 if errors else 0)
