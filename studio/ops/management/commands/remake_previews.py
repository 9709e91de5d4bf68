"""`manage.py remake_previews`: have the smaller copies of pictures made again."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.images.models import Image
from projects.images.remaking import blobs_of, has_original, lacking, remake
from projects.images.tasks import derive
from studio.store.models import Job, about
from studio.store.worker import run_all


class Command(BaseCommand):
    """The worker does the work, and /jobs/ shows how far it is; --wait does it here."""

    help = "Make previews again: those that are missing, all, or those of one picture."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--missing", action="store_true", help="what is not on the disk (usual)")
        which.add_argument("--all", action="store_true", help="everything, also what is there")
        which.add_argument("--image", type=int, metavar="ID", help="all of one picture")
        parser.add_argument("--wait", action="store_true", help="make them before ending")

    def handle(self, *args: Any, image: int | None, wait: bool, **options: Any) -> None:
        """Put it in hand."""
        if image is not None and not Image.objects.filter(pk=image).exists():
            raise CommandError(f"There is no picture {image}; look at its address.")
        anew = options["all"] or image is not None
        blobs = list(blobs_of(image)) if anew else list(lacking())
        lost = sum(not has_original(blob) for blob in blobs)
        number = len(blobs) - lost
        if number and anew:
            with about(f"image:{image}" if image is not None else "previews:all"):
                self.begin(image)
        elif number:
            for blob in filter(has_original, blobs):
                derive.enqueue(blob.pk)
        if lost:
            self.stderr.write(f"{lost} originals are not on this disk; their previews stay.")
        if wait:
            run_all()
            self.stdout.write(f"The previews of {number} pictures are made.")
        else:
            self.stdout.write(f"The previews of {number} pictures will be made; see /jobs/.")

    def begin(self, image: int | None) -> None:
        """Once: what is in hand already comes to its end by itself."""
        for job in Job.objects.unfinished().filter(task=remake.module_path):
            if job.kwargs.get("image") == image:
                return
        remake.enqueue(since=time.time(), image=image)
