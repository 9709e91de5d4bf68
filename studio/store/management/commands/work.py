"""`manage.py work`: do the studio's slow work."""

import signal
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from studio.lib.priority import stand_back
from studio.store.worker import is_alive, run_all, run_until

NICENESS = 15  # measured: pages stay as quick as on an idle machine


class Command(BaseCommand):
    """Runs until it gets SIGTERM; the job at hand is finished first."""

    help = "Do the slow work: previews, imports, exports."
    stopped = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then end")
        parser.add_argument(
            "--check", action="store_true", help="exit 0 when a worker lives on this machine"
        )

    def handle(self, *args: Any, once: bool, check: bool, **options: Any) -> None:
        """Work."""
        if check:
            sys.exit(0 if is_alive() else 1)
        if once:
            self.stdout.write(f"{run_all()} done")
            return
        stand_back(NICENESS)  # `serve` may have begun it so
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        run_until(lambda: self.stopped)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Remember that the end was asked for."""
        self.stopped = True
