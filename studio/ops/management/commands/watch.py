"""`manage.py watch FOLDER`: each finished save in a folder becomes a version."""

import os
import signal
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

import watchfiles
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections, connection

from projects.images.intake import Intake
from studio.ops.management.commands.add_versions import concept_numbered, image_with
from studio.ops.watching.ledger import Ledger
from studio.ops.watching.remote import Outcome, Remote
from studio.ops.watching.watcher import Take, Watcher

NOTHING = 2
TICK = 250  # milliseconds


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl+C; a file on its way is then taken by the next run."""

    help = "Watch a folder: each finished save becomes a version, here or in the studio at --to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--concept", type=int, metavar="N", help="the concept they are for")
        parser.add_argument("--image", type=int, metavar="ID", help="all are versions of this one")
        parser.add_argument("--to", metavar="URL", help="send them to the studio at this address")
        parser.add_argument(
            "--token-file",
            type=Path,
            metavar="FILE",
            help="the token for --to, instead of STUDIO_TOKEN",
        )
        parser.add_argument(
            "--existing", action="store_true", help="what is there already, too, not only new files"
        )
        parser.add_argument(
            "--poll", action="store_true", help="look by itself: for drives that tell of nothing"
        )

    def handle(
        self,
        *args: Any,
        folder: Path,
        concept: int | None,
        image: int | None,
        to: str | None,
        token_file: Path | None,
        existing: bool,
        poll: bool,
        **options: Any,
    ) -> None:
        """Watch."""
        folder = folder.expanduser().resolve()
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.", returncode=NOTHING)
        self.stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        take = self.sending(to, token_file, concept, image) if to else here(concept, image)
        ledger = Ledger.of(settings.STUDIO_DATA / "watch", folder, to or "")
        watcher = Watcher(folder, ledger, take, self.say)
        watcher.begin(existing)
        self.say(f"Watching {folder}. Stop it with Ctrl+C.")
        for changes in watchfiles.watch(
            folder,
            watch_filter=None,
            debounce=400,
            step=50,
            rust_timeout=TICK,
            yield_on_timeout=True,
            stop_event=self.stopping,
            raise_interrupt=False,
            force_polling=poll or None,
            ignore_permission_denied=True,
        ):
            watcher.turn(Path(name) for _, name in changes)
        left = len(watcher.waiting)
        self.say(f"Stopped.{f' {left} waiting; the next watch takes them.' if left else ''}")

    def sending(
        self, to: str, token_file: Path | None, concept: int | None, image: int | None
    ) -> Take:
        """To another studio, once it has said that it takes the token."""
        fields = {"concept": concept, "image": image}
        said = {name: str(value) for name, value in fields.items() if value is not None}
        try:
            remote = Remote(to, token_from(token_file), said, self.stopping.is_set)
        except ValueError:
            words = f"{to} is no address of a studio; give it as https://studio.example."
            raise CommandError(words, returncode=NOTHING) from None
        if remote.is_in_the_open:
            self.stderr.write("The token goes over plain http, where others may read it.")
        outcome = remote.ask()
        if outcome.state == "denied":
            raise CommandError(outcome.words, returncode=NOTHING)
        if outcome.state == "later":
            self.say(f"{outcome.words[0].upper()}{outcome.words[1:]}; files wait until it can.")
        return remote.send

    def say(self, words: str) -> None:
        """One line, at once."""
        self.stdout.write(words)
        self.stdout.flush()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Remember that the end was asked for; asked again, nothing is waited for."""
        if self.stopping.is_set():
            sys.exit(128 + number)
        self.stopping.set()


def here(concept: int | None, image: int | None) -> Take:
    """Into this studio."""
    intake = Intake(image_with(image))
    film = concept_numbered(concept)
    if film is not None:
        intake.among, intake.welcome = film.pictures(), film.show

    def take(path: Path) -> Outcome:
        close_old_connections()
        try:
            taken = intake.take(path)
        except OperationalError as error:
            connection.close()
            return Outcome("later", f"the database is away ({' '.join(str(error).split())})")
        if taken.version is None:
            return Outcome("refused", taken.error)
        return Outcome("new" if taken.new else "already", taken.as_words())

    return take


def token_from(file: Path | None) -> str:
    """The token, from the file or from STUDIO_TOKEN."""
    try:
        token = file.read_text(encoding="utf-8") if file else os.environ.get("STUDIO_TOKEN", "")
    except OSError as error:
        words = f"The token file cannot be read ({error.strerror})."
        raise CommandError(words, returncode=NOTHING) from None
    if not (token := token.strip()) or not token.isascii():
        raise CommandError(
            "Set STUDIO_TOKEN to a key of that studio (its settings, Keys for tools), "
            "or give --token-file.",
            returncode=NOTHING,
        )
    return token
