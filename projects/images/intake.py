"""Files from the disk become versions: each of the picture its name proposes."""

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from studio.store.spool import Incoming

from .grouping import Place, place
from .models import AlreadyHere, Image, Refused, Version
from .provenance import Recipe

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


@dataclass
class Intake:
    """One run over many files; files of one group go to one picture.

    With `image` all go there. Without, bytes that are a version already stay where they are; else
    the file joins its group's picture: one made in this run, or the only one of that title among
    `among` (all pictures there were when the run began).
    """

    image: Image | None = None
    among: Iterable[Image] | None = None
    images: dict[tuple[str, str], Image] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before: dict[str, list[Image]] = {}
        if self.image is None:
            for image in Image.objects.all() if self.among is None else self.among:
                self.before.setdefault(image.title.casefold(), []).append(image)

    def take(self, path: Path) -> Taken:
        """Make a version of the file at `path`, decoded to its end first."""
        try:
            with Incoming(settings.STUDIO_DATA / "spool") as incoming, path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    incoming.write(chunk)
                return self.settle(path, incoming)
        except OSError as error:
            words = _("The file cannot be read (%s).") % (error.strerror or error)
            return Taken(path, error=words)

    def settle(self, path: Path, incoming: Incoming) -> Taken:
        """Find the picture for what was read."""
        where = place(path)
        if self.image is not None:
            return self.add(self.image, path, incoming, "said", "")
        there = Version.objects.of_blob(incoming.sha256).select_related("image", "blob").first()
        if there is not None:
            self.images.setdefault(where.key, there.image)
            return Taken(path, there, reason=f"already v{there.number}")
        image = self.picture_for(where)
        taken = self.add(image, path, incoming, "proposed", where.reason)
        if taken.version is None and not image.versions.exists():
            image.delete()  # it was made for this file, which cannot be read
            self.images.pop(where.key, None)
        return taken

    def picture_for(self, where: Place) -> Image:
        """The picture of this group."""
        image = self.images.get(where.key)
        if image is None:
            known = self.before.get(where.title.casefold(), [])
            image = known[0] if len(known) == 1 else Image.objects.create(title=where.title[:200])
            self.images[where.key] = image
        return image

    def add(
        self, image: Image, path: Path, incoming: Incoming, grouping: str, reason: str
    ) -> Taken:
        """Add it, or say why not."""
        try:
            version = image.add(incoming, path.name, grouping=grouping, reason=reason, patient=True)
        except AlreadyHere as already:
            there = already.version
            return Taken(path, there, reason=f"already v{there.number}")
        except Refused as refused:
            return Taken(path, error=str(refused))
        return Taken(path, version, new=True, reason=reason)
