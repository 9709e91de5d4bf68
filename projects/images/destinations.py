"""Where files may be sent: to a picture, or to what a room above has pictures of.

A higher app says, in AppConfig.ready, register("shot", shot_pictures); the views that receive
files know only the word and the number.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from .intake import Intake
from .models import Image


class Destination(NamedTuple):
    """Files go to `image`; else to one of `among`, or a new one, which `welcome` is told of.
    `address` is the page on which one sees what came."""

    image: Image | None = None
    among: "QuerySet[Image] | None" = None
    welcome: Callable[[Image], None] | None = None
    address: str = ""

    def intake(self) -> Intake:
        """A run that files there, for somebody who waits."""
        return Intake(self.image, self.among, self.welcome, patient=False)


Finder = Callable[[int], Destination | None]
_finders: dict[str, Finder] = {}


def register(kind: str, finder: Finder) -> None:
    """Let `finder` find the destinations of a kind by their number."""
    _finders[kind] = finder


def find(kind: str = "", number: str = "") -> Destination | None:
    """The destination; all pictures without a kind, None when there is no such thing."""
    if not kind:
        return Destination(address=reverse("images:image_list"))
    finder = _finders.get(kind)
    if finder is None or not number.isdecimal() or len(number) > 18:
        return None
    return finder(int(number))


def picture(number: int) -> Destination | None:
    """One picture."""
    image = Image.objects.filter(pk=number).first()
    if image is None:
        return None
    return Destination(image, address=reverse("images:image", args=[image.pk]))


register("image", picture)
