"""All previews made anew, a part at a time, so that other work gets its turn between.

What was made after the work began is not made twice: so a killed worker costs one picture.
"""

import time
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import Blob, GoOn, called, progress
from studio.store.unreachable import Unreachable

from .models import Rendition, Version
from .tasks import derive

TURN = 20.0  # seconds before other work is looked at


def blobs_of(image: int | None = None) -> "QuerySet[Blob]":
    """Those with previews: of one picture, else of all."""
    versions = Version.objects.with_previews()
    if image is not None:
        versions = versions.filter(image=image)
    return Blob.objects.filter(pk__in=versions.values("blob")).order_by("pk")


def lacking(image: int | None = None) -> Iterator[Blob]:
    """Those whose previews are not all on the disk."""
    return (blob for blob in blobs_of(image) if not Rendition.objects.are_whole(blob))


def has_original(blob: Blob) -> bool:
    """Whether there is anything to make previews of."""
    return blob.path.exists() or blob.stored_remotely is not None


@task(priority=-10)
@called(_("All previews anew"))
def remake(since: float, image: int | None = None, after: int = 0) -> None:
    """Make all previews anew, or those of one picture: what was not since `since`."""
    last = remake_some(blobs_of(image), since, after)
    if last is not None:
        raise GoOn(since=since, image=image, after=last)


def remake_some(blobs: "QuerySet[Blob]", since: float, after: int) -> int | None:
    """Make the previews of `blobs` anew for one turn; the last that was done, None at the end.

    A picture whose original is away for now is left to a job of its own; one whose original is
    lost keeps the previews it has.
    """
    begun, first = time.monotonic(), after
    total, done = blobs.count(), blobs.filter(pk__lte=after).count()
    for blob in blobs.filter(pk__gt=after).iterator(100):
        if after != first and time.monotonic() - begun > TURN:
            return after
        progress(done, total)
        if has_original(blob) and not Rendition.objects.are_since(blob, since):
            try:
                Version.objects.derive(blob.pk, anew=True)
            except Unreachable:
                derive.enqueue(blob.pk)
        after, done = blob.pk, done + 1
    return None
