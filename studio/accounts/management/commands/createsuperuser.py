"""`manage.py createsuperuser`: the owner, made by a script."""

from django.contrib.auth.management.commands.createsuperuser import Command as Createsuperuser
from django.core.management.base import CommandParser


class Command(Createsuperuser):
    """Django's own; an address for mail is not asked for, since the studio sends none."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(email="")
