"""`manage.py setup_link`: the one-time link to the set-up page, while the studio has no owner."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from studio.accounts import setup_code
from studio.accounts.models import User
from studio.lib.env import reached_at


class Command(BaseCommand):
    """Each call makes a new code; the earlier one no longer opens the door."""

    help = "Print the one-time set-up link; nothing when the studio has an owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default="", help="where the studio is reached")

    def handle(self, *args: Any, site: str, **options: Any) -> None:
        """Print it."""
        if User.objects.exists():
            return
        where = site or settings.SITE_URL or reached_at(*settings.BIND)
        self.stdout.write(f"Set it up here: {where}/welcome/?code={setup_code.issue()}")
