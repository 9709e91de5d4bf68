"""A piece of the public page as the author prepares it: what it shows, and its copies."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from projects.images.models import Rendition
from projects.images.models.rendition import rendition_path
from projects.images.tasks import derive
from studio.public.stills import Still, cleaned, source_name
from studio.store.models import Blob

from .publication import Publication, PublicMedia, new_public_id


class NotReady(Exception):
    """It cannot be published now; the text says why and what to do, as a sentence."""


class Piece(models.Model):
    """One piece, by its name: "hours", or "book-3" for the book with the id 3."""

    name = models.CharField(max_length=60, unique=True)
    options = models.JSONField(default=dict, blank=True)
    public_id = models.CharField(max_length=20, default=new_public_id, unique=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """What sort of piece."""
        return self.name.partition("-")[0]

    @property
    def key(self) -> str:
        """Which one of its sort; empty where there is only one."""
        return self.name.partition("-")[2]

    def publish(self, facts: dict[str, Any]) -> Publication:
        """Make a copy of `facts` public; raises NotReady."""
        if self._state.adding:
            self.save()
        media: list[PublicMedia] = []
        payload = shown(facts, media)
        return Publication.objects.publish(self.public_id, self.kind, facts, payload, media)


def shown(facts: Any, media: list[PublicMedia]) -> Any:
    """`facts` with each picture in its public form; what that needs is added to `media`."""
    if isinstance(facts, Still):
        files = list(printed(facts))
        media.extend(files)
        largest = files[0]
        return {
            "width": largest.width,
            "height": largest.height,
            "files": [[file.name, file.width] for file in files],
        }
    if isinstance(facts, dict):
        return {name: shown(value, media) for name, value in facts.items()}
    if isinstance(facts, list | tuple):
        return [shown(value, media) for value in facts]
    return facts


def printed(still: Still) -> Iterator[PublicMedia]:
    """The picture in all its sizes, kept; the largest first."""
    path = rendition_path(still.sha256, source_name(still.sides[0][0]))
    try:
        for clean in cleaned(path, still.sides):
            yield PublicMedia.objects.keep(clean.data, clean.width, clean.height)
    except OSError:
        make_again(still)
        raise NotReady(
            _("The previews of a picture are being made again. Publish it in a moment.")
        ) from None


def make_again(still: Still) -> None:
    """Previews can always be made again."""
    blob = Blob.objects.filter(sha256=still.sha256).first()
    if blob is not None:
        Rendition.objects.filter(blob=blob, name=source_name(still.sides[0][0])).delete()
        derive.enqueue(blob.pk)
