"""`manage.py demo`: load the sample story."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from projects.worlds.models import World
from studio.ops.demo.tell import is_empty, publish, tell
from studio.store.worker import run_all


class Command(BaseCommand):
    """A whole studio to look at: books, films, pictures, a year of hours, a public page."""

    help = "Load the sample story into an empty studio, or as another world with --world."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--world", metavar="NEW", help="title of a new world for it")

    def handle(self, *args: Any, world: str | None, **options: Any) -> None:
        """Tell it, make the previews, publish."""
        call_command("migrate", verbosity=0, interactive=False)
        if world and World.objects.filter(title=world).exists():
            raise CommandError(f"There is a world “{world}” already; name a new one.")
        if not world and not is_empty():
            raise CommandError(
                "This studio is not empty; use --world NEW, or a new STUDIO_DATA folder."
            )
        place = World.objects.create(title=world) if world else None
        told = tell(place, self.say)
        self.stdout.write("Making the previews.")
        run_all(100_000)
        count = publish()
        self.stdout.write(
            f"“{told}” is there, with {count} pieces on its public page. "
            "Start the studio with `make run`."
        )

    def say(self, done: int, total: int) -> None:
        """A line every twenty pictures."""
        if done % 20 == 0 or done == total:
            self.stdout.write(f"{done} of {total} pictures painted.")
            self.stdout.flush()
