"""`manage.py import_time FILE`: bring hours in, as often as you like, and take them back."""

import json
import sys
import unicodedata
from argparse import ArgumentParser
from datetime import UTC
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand

from studio.lib.templatetags.studio import hours
from timelog.bring_in import bring_in, take_back
from timelog.found import Found, kind_named, look, wishes
from timelog.incoming import FORMATS, LARGEST, LARGEST_JSON, NotRead, Spent, read
from timelog.incoming.dates import ORDERS
from timelog.incoming.kinds import plain_name
from timelog.models import ImportBatch, Kind, TimeEntry
from timelog.reasons import of_doubt, of_file, of_row, of_whole
from timelog.settling import BOTH, WAYS

ALL_READ, NOTHING, PARTLY = 0, 2, 3
SHOWN = 20  # rows


class Command(BaseCommand):
    """Exit code 0: all rows were read; 3: partly, each refusal is listed; 2: nothing."""

    help = (
        "Bring in hours from another program or a spreadsheet, or take an import back. Formats, "
        "told apart by themselves: " + ", ".join(FORMATS) + "."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", type=Path, nargs="?", help="the file with the hours")
        what.add_argument("--undo", metavar="BATCH", help="take back what an import brought in")
        parser.add_argument("--format", default="", metavar="F", help=", ".join(FORMATS))
        parser.add_argument("--date-order", choices=ORDERS, default="", help="of dates in numbers")
        parser.add_argument("--sheet", default="", metavar="NAME", help="of a file with several")
        parser.add_argument("--zone", default="", metavar="ZONE", help="of times that name none")
        parser.add_argument("--person", default="", metavar="WHO", help="whose rows, of several")
        parser.add_argument("--kind", default="", metavar="NAME", help="of rows that name none")
        parser.add_argument(
            *("--map", "-m"),
            action="append",
            default=[],
            metavar="PROJECT=KIND",
            help="what a project of the file is here; remembered for the next file",
        )
        parser.add_argument(
            "--overlaps",
            choices=WAYS,
            default=BOTH,
            help="where rows share time with other hours: keep both (the default), trim the "
            "earlier one, or start after it",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and show, keep nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, keep, tell; or take back."""
        try:
            if options["undo"]:
                self.undo(options["undo"], options["json"])
            else:
                self.bring(options)
        except NotRead as error:
            self.fail(of_file(error), options["json"])

    def bring(self, options: dict[str, Any]) -> None:
        """Read the file, and keep what is new unless this is a dry run."""
        asked = {name: options[name] for name in ("date_order", "sheet", "zone", "person")}
        file, format = options["file"], options["format"].lower()
        if format and format not in FORMATS:
            raise NotRead("format", ", ".join(FORMATS))
        data, largest = bytes_of(file)
        reading = read(data, format, wishes(**asked), file.name, largest)
        without_kind = kind_named(options["kind"]) if options["kind"] else None
        wanted = dict(mapped(each) for each in options["map"])
        if options["dry_run"]:
            found = look(reading, without_kind=without_kind, wanted=wanted)
        else:
            found = bring_in(
                reading,
                without_kind=without_kind,
                wanted=wanted,
                file=file.name,
                ways={"": options["overlaps"]},
            )
        tell = self.print_json if options["json"] else self.print_table
        tell(found, options["dry_run"])
        if not reading.spent and not reading.own:
            sys.exit(NOTHING)
        sys.exit(PARTLY if reading.refused else ALL_READ)

    def undo(self, written: str, as_json: bool) -> None:
        """Take a batch back."""
        try:
            batch = UUID(written)
        except ValueError:
            raise NotRead("no_batch", written) from None
        kept = ImportBatch.objects.filter(pk=batch)
        if not kept.exists() and not TimeEntry.objects.filter(batch=batch).exists():
            raise NotRead("no_batch", written)
        gone = take_back(batch)
        if as_json:
            told = {"undone": str(batch), "removed": gone.entries, "kinds_removed": [*gone.kinds]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(f"{gone.entries} entries taken back.")
            for name in gone.kinds:
                self.stdout.write(f"kind taken back  {name}")

    def fail(self, reason: str, as_json: bool) -> NoReturn:
        """Say why nothing was done."""
        if as_json:
            self.stdout.write(json.dumps({"error": reason}, ensure_ascii=False))
        else:
            self.stderr.write(reason)
        sys.exit(NOTHING)

    def print_json(self, found: Found, dry_run: bool) -> None:
        """What was in the file and what became of it; lengths in seconds."""
        reading = found.reading
        told = {
            "format": found.source,
            "dry_run": dry_run,
            "rows": len(reading.spent),
            "seconds": found.seconds,
            "added": len(found.new),
            "known": found.known,
            "refused": [{"line": each.line, "reason": of_row(each)} for each in reading.refused],
            "left_out": [{"line": each.line, "reason": of_row(each)} for each in reading.left_out],
            "columns": [{"heading": name, "read_as": role} for name, role in reading.columns],
            "sheet": reading.sheet,
            "sheets": reading.sheets,
            "kinds": [
                {
                    "name": str(each.kind or each.name),
                    "family": each.family,
                    "new": each.is_new or each.kind in found.made,
                    "rows": each.rows,
                    "seconds": each.seconds,
                }
                for each in found.kinds.values()
            ],
            "kinds_made": [str(kind) for kind in found.made],
            "totals": dict(found.months),
            "zone": reading.zone,
            "overlaps": [each.line for each, *_ in found.overlapping],
            "repeated": found.repeated,
            "doubts": [{"line": each.line, "reason": of_doubt(each)} for each in found.doubts],
            "remarks": [of_whole(each) for each in reading.asides],
            "preview": [preview(each) for each in reading.spent[:SHOWN]],
            "batch": found.batch and str(found.batch),
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def print_table(self, found: Found, dry_run: bool) -> None:
        """A line a month, a line a kind, what was not read, and the sum."""
        for month, seconds in found.months:
            self.stdout.write(f"{wide(month)}{hours(seconds):>12}")
        for each in found.kinds.values():
            new = "new, counts as" if each.is_new or each.kind in found.made else "counts as"
            name = str(each.kind or each.name)
            self.stdout.write(f"{wide(name)}{hours(each.seconds):>12}  {new} {each.family}")
        for row in found.reading.left_out:
            self.stdout.write(f"left out  line {row.line}: {of_row(row)}")
        for row in found.reading.refused:
            self.stderr.write(f"refused   line {row.line}: {of_row(row)}")
        self.print_rows(found)
        self.print_doubts(found)
        counts = f"{len(found.reading.spent)} rows, {hours(found.seconds)}"
        if dry_run:
            self.stdout.write(f"{counts}; {len(found.new)} new, {found.known} known.")
            self.stdout.write("Nothing was kept: this was a dry run.")
        else:
            self.stdout.write(f"{counts}; {len(found.new)} added, {found.known} known.")
        if found.batch:
            self.stdout.write(f"To take them back: import_time --undo {found.batch}")

    def print_rows(self, found: Found) -> None:
        """The first rows as they were understood, and those to look at twice."""
        for each in found.reading.spent[:SHOWN]:
            told = preview(each)
            when = " ".join(filter(None, (told["start"][11:16], "-", told["end"][11:16])))
            span = f"  {when}" if told["start"] else ""
            words = "  ".join(filter(None, (each.kind, each.note)))
            self.stdout.write(f"{each.day}{hours(each.seconds):>10}{span}  {words}")
        if (more := len(found.reading.spent) - SHOWN) > 0:
            self.stdout.write(f"and {more} more")
        for each in found.doubts:
            self.stdout.write(f"look at   line {each.line}: {of_doubt(each)}")
        for each, other, _ in found.overlapping[:SHOWN]:
            over = f"line {other.line}" if other else "hours that are here"
            self.stdout.write(f"overlap   line {each.line} lies over {over}")

    def print_doubts(self, found: Found) -> None:
        """What may count twice, and what was not looked at."""
        for remark in found.reading.asides:
            self.stdout.write(of_whole(remark))
        if overlapping := len(found.overlapping):
            self.stdout.write(f"{overlapping} rows lie over other hours; see --overlaps.")
        if found.shortened:
            self.stdout.write(f"{found.shortened} entries that were here made room.")
        if repeated := found.repeated:
            self.stdout.write(f"{repeated} rows say just what another says; all are kept.")
        if days := found.days_with_other_hours:
            self.stdout.write(
                f"On {days} of these days there are other hours already; both are kept."
            )
        if seconds := found.carried_over:
            self.stdout.write(
                f"{hours(seconds)} were carried over as one number; if these are the same hours, "
                "take that number back under Time, kinds."
            )
        others = [name for name in found.reading.sheets if name != found.reading.sheet]
        if others:
            names = ", ".join(others)
            self.stdout.write(f"Other sheets were not read ({names}); choose one with --sheet.")


def mapped(written: str) -> tuple[str, Kind]:
    """ "Client film=Film craft" -> its plain name and the kind. Raises NotRead."""
    name, _, kind = written.rpartition("=")
    if not name.strip():
        raise NotRead("map", written)
    return plain_name(name), kind_named(kind)


def preview(each: Spent) -> dict[str, Any]:
    """A row as it was understood; times by the clock of its zone."""
    zone = ZoneInfo(each.zone) if each.zone else UTC
    start, end = ((at and at.astimezone(zone).isoformat()) or "" for at in (each.start, each.end))
    told = {"line": each.line, "day": each.day.isoformat(), "seconds": each.seconds}
    return {**told, "start": start, "end": end, "kind": each.kind, "note": each.note}


def wide(text: str, width: int = 24) -> str:
    """Filled up to `width` columns of a terminal, where a Han character takes two."""
    taken = sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
    return text + " " * max(1, width - taken)


def bytes_of(path: Path) -> tuple[bytes, int]:
    """The bytes of a file, and how many there may be. Raises NotRead."""
    try:
        with path.open("rb") as file:
            start = file.read(100).lstrip(b"\xef\xbb\xbf \t\r\n")
            largest = LARGEST_JSON if start.startswith((b"{", b"[")) else LARGEST
            if path.stat().st_size > largest:
                raise NotRead("large", f"{largest // 1024 // 1024}")
            file.seek(0)
            return file.read(), largest
    except OSError:
        raise NotRead("missing", str(path)) from None
