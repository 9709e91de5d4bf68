"""Files become versions: each of the picture that its name, its look and its file propose."""

import fcntl
import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from studio.store.spool import Incoming

from .group_words import joined
from .grouping import Place, place
from .models import AlreadyHere, Image, Refused, Version, facts_of
from .proposing import Looked, Proposal, propose
from .provenance import Recipe
from .provenance.recipe import base_name

CHUNK = 1024 * 1024
# Pictures by their ending, whether we read them or not: the others in a folder are left out.
ENDINGS = {".avif", ".blp", ".dds", ".exr", ".fli", ".heic", ".jxl", ".psb", ".psd", ".tga"}


@dataclass
class Taken:
    """What became of one file."""

    path: Path
    version: Version | None = None
    new: bool = False
    reason: str = ""
    error: str = ""
    refused: str = ""  # the word for it, as in `reasons`

    def as_words(self) -> str:
        """Where it is, for one line of a command."""
        assert self.version is not None
        why = f" ({self.reason})" if self.reason else ""
        title, number = self.version.image.title, self.version.number
        return f"image {self.version.image_id} “{title}” v{number}{why}"

    def as_json(self) -> dict[str, Any]:
        """The keys PRODUCT names; null where the file does not say."""
        version = self.version
        recipe = (version and version.how_made) or Recipe()
        return {
            "path": str(self.path),
            "image": version and version.image_id,
            "version": version and version.number,
            "new": self.new,
            "sha256": version and version.blob.sha256,
            "width": version and version.width,
            "height": version and version.height,
            "format": version and version.format,
            "tool": recipe.tool or None,
            "model": recipe.model or None,
            "seed": recipe.seed,
            "prompt": recipe.prompt or None,
            "negative_prompt": recipe.negative or None,
            "parents": list(recipe.parents),
            "reason": self.reason,
            "error": self.error or None,
        }


def looks_like_a_picture(path: Path) -> bool:
    """By its name alone."""
    kind = mimetypes.guess_type(path.name)[0] or ""
    return path.suffix.lower() in ENDINGS or kind.startswith("image/")


@contextmanager
def one_by_one() -> Iterator[None]:
    """Two files of one picture that arrive at once must not begin two: the second waits here."""
    with (Path(settings.STUDIO_DATA) / "intake.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass
class Intake:
    """One run over many files; files of one folder and name go to one picture.

    With `image` all go there. Without, bytes that are a version already stay where they are; else
    the file joins the picture that `proposing` finds among `among` (all pictures by default), or
    begins one of its own; `welcome` is told of each picture a file was filed in. A `patient` run
    waits until each file is decoded to its end.
    """

    image: Image | None = None
    among: "QuerySet[Image] | None" = None
    welcome: Callable[[Image], None] | None = None
    patient: bool = True
    images: dict[tuple[str, str], Image] = field(default_factory=dict)

    def take(self, path: Path) -> Taken:
        """Make a version of the file at `path`."""
        try:
            with Incoming(settings.STUDIO_DATA / "spool") as incoming, path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    incoming.write(chunk)
                return self.settle(path, incoming)
        except OSError as error:
            words = _("The file cannot be read (%s).") % (error.strerror or error)
            return Taken(path, error=words)

    def settle(self, path: Path, incoming: Incoming, **said: Any) -> Taken:
        """Make a version of what was received; `said` are other fields of it."""
        try:
            taken = self.file(path, incoming, said)
        except AlreadyHere as already:
            there = already.version
            taken = Taken(path, there, reason=f"already v{there.number}")
        except Refused as refused:
            return Taken(path, error=str(refused), refused=refused.reason)
        if self.welcome is not None and taken.version is not None:
            self.welcome(taken.version.image)
        return taken

    def file(self, path: Path, incoming: Incoming, said: dict[str, Any]) -> Taken:
        """Find the picture for what was received, and add it there; raises Refused, AlreadyHere."""
        if self.image is not None:
            version = self.image.add(incoming, path.name, patient=self.patient, **said)
            return Taken(path, version, new=True, reason=version.reason)
        where = place(path)
        there = self.already(incoming.sha256)
        if there is not None:
            self.images.setdefault(where.key, there.image)
            return Taken(path, there, reason=f"already v{there.number}")
        facts = facts_of(incoming, self.patient, recipe=True)
        with one_by_one(), transaction.atomic():
            found = self.propose(path, where, facts)
            image = found.image or Image.objects.create(title=where.title[:200])
            version = image.add(
                incoming,
                path.name,
                grouping="proposed",
                reason=joined([where.reason, *found.reasons]),
                facts=facts,
                confidence=round(100 * found.confidence),
                perhaps=found.perhaps,
                **said,
            )
            self.images[where.key] = image
            if self.welcome is not None:
                self.welcome(image)
        return Taken(path, version, new=True, reason=version.reason)

    def already(self, digest: str) -> Version | None:
        """These bytes where they are a version: of a picture among those of this run, or of any."""
        there = Version.objects.of_blob(digest).select_related("image", "blob").order_by("pk")
        if self.among is not None:
            return there.filter(image__in=self.among).first() or there.first()
        return there.first()

    def propose(self, path: Path, where: Place, facts: dict[str, Any]) -> Proposal:
        """The picture this file fits best."""
        recipe = Recipe.from_json(facts.get("recipe"))
        look = facts.get("likeness")
        file = Looked(
            path.name,
            int(look, 16) if look else None,
            (facts.get("width", 0), facts.get("height", 0)),
            tuple(base_name(parent) for parent in recipe.parents) if recipe else (),
        )
        elsewhere = [
            image.pk
            for key, image in self.images.items()
            if key != where.key and key[1] == where.key[1]
        ]
        here = self.images.get(where.key)
        return propose(file, self.among, here=here, elsewhere=elsewhere)
