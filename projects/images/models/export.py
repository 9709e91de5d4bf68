"""Files to take along: contact sheets, and originals in one archive. Made by a worker."""

from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from projects.images import originals_zip
from projects.images.reasons import sentence
from projects.images.renditions import durable, sweep
from projects.images.sheet import Cell, Paper
from projects.images.tasks import make_export
from projects.images.upload import has_room
from studio.lib.cjk_font import NoFont
from studio.store.models import about, progress
from studio.store.remote import fetch

from .rendition import rendition_path
from .version import Version

KEPT = timedelta(days=7)


class ExportQuerySet(models.QuerySet["Export"]):
    """Which exports."""

    def old(self) -> "ExportQuerySet":
        """Those nobody needs any more: they can be made again at any time."""
        return self.filter(created__lt=timezone.now() - KEPT)

    def begin(self, kind: str, title: str, lines: list[dict[str, Any]], **fields: Any) -> "Export":
        """Have a file made; `lines` say what is in it, see Export."""
        with transaction.atomic():
            export = self.create(kind=kind, title=title[:200], lines=lines, **fields)
            export.enqueue()
        return export


class Export(models.Model):
    """One file made of versions, so that it can be taken along.

    `lines` are what is in it, as it was when it was asked for, in order: {"version": key,
    "heading", "mark", "note", "passage", "title", "shot"}. `options` of a sheet: {"paper",
    "landscape", "columns", "facts"}.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PDF = "pdf", _("Contact sheet as PDF")
        PNG = "png", _("Contact sheet as PNG")
        ZIP = "zip", pgettext_lazy("export", "Originals in a zip")

    kind = models.CharField(max_length=3, choices=Kind)
    title = models.CharField(max_length=200)
    lines = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    language = models.CharField(max_length=12, default="en")
    back = models.CharField(max_length=200, blank=True)  # the address it was asked for from
    size = models.PositiveBigIntegerField(default=0)  # 0 until it is made
    error = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title}.{self.kind}"

    @property
    def filename(self) -> str:
        """What it is called where it is taken to."""
        return originals_zip.plain(self.title, "pictures") + f".{self.kind}"

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(settings.STUDIO_DERIVED) / "exports" / f"{self.pk}.{self.kind}"

    @property
    def is_there(self) -> bool:
        """Whether it can be taken."""
        return self.size > 0 and self.path.exists()

    def enqueue(self) -> None:
        """Have it made, or made again."""
        with about(f"export:{self.pk}"):
            make_export.enqueue(self.pk)

    def remake(self) -> None:
        """Make it anew, of the same things."""
        with transaction.atomic():
            Export.objects.filter(pk=self.pk).update(size=0, error="")
            self.enqueue()

    def remove(self) -> None:
        """Take it away; what it was made of stays."""
        self.path.unlink(missing_ok=True)
        self.delete()

    def make(self) -> None:
        """Make the file: whole or not at all. What a person can mend is kept as a sentence."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        sweep(self.path.parent)
        with override(self.language):
            try:
                with durable(self.path) as file:
                    self.write(file)
            except (NoFont, CannotMake) as trouble:
                Export.objects.filter(pk=self.pk).update(error=str(trouble)[:300], size=0)
                return
        Export.objects.filter(pk=self.pk).update(size=self.path.stat().st_size, error="")

    def write(self, file: BinaryIO) -> None:
        """Its bytes. Raises NoFont, CannotMake, and what a later try may mend."""
        pks = [line["version"] for line in self.lines]
        rows = Version.objects.filter(pk__in=pks).select_related("blob", "image")
        found = rows.in_bulk()
        lines = [line for line in self.lines if line["version"] in found]
        if not lines:
            raise CannotMake(_("The pictures are gone; choose others."))
        if self.kind == self.Kind.ZIP:
            self.pack([(found[line["version"]], line) for line in lines], file)
        else:
            self.draw([(found[line["version"]], line) for line in lines], file)

    def draw(self, rows: list[tuple[Version, dict[str, Any]]], file: BinaryIO) -> None:
        """The contact sheet."""
        from projects.images import print_shop  # 26 MB of type setting, wanted here alone

        width, columns = self.options.get("paper", "A4"), self.options.get("columns", 4)
        paper = Paper.named(width, columns, landscape=self.options.get("landscape", True))
        if self.kind == self.Kind.PNG:
            paper = paper._replace(height=inf)
        cells = [cell_of(version, line) for version, line in rows]
        small = {version.pk: small_copy(version) for version, _line in rows}
        facts = self.options.get("facts", "")
        print_shop.sheet(self.kind, self.title, facts, cells, paper, small.get, file, Steps())

    def pack(self, rows: list[tuple[Version, dict[str, Any]]], file: BinaryIO) -> None:
        """The archive."""
        if not has_room(sum(version.blob.size for version, _line in rows)):
            raise CannotMake(sentence("room"))
        for version, _line in rows:
            if not version.blob.path.exists() and not version.blob.stored_remotely:
                raise CannotMake(_("%s: ") % version + sentence("missing"))
            fetch(version.blob)  # raises when the bucket cannot be reached; it is tried again
        try:
            originals_zip.write([item_of(*row) for row in rows], file, Steps())
        except originals_zip.Damaged as damaged:
            words = _("The original of %s is damaged; run doctor and restore it from a backup.")
            raise CannotMake(words % damaged) from None
        except OSError as error:
            raise CannotMake(sentence("room")) from error


class CannotMake(Exception):
    """A file cannot be made; the text says why and what to do, as a sentence."""


class Steps:
    """Says how far it is in hundredths, each once: every word is a write in the database."""

    def __init__(self) -> None:
        self.last = -1

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` is behind it."""
        step = 100 * done // total if total else 100
        if step != self.last:
            self.last = step
            progress(step, 100)


def cell_of(version: Version, line: dict[str, Any]) -> Cell:
    """A picture of the sheet with its words."""
    words = {name: str(line.get(name, "")) for name in ("heading", "mark", "note", "passage")}
    return Cell(version.pk, version.width or 16, version.height or 9, **words)


def small_copy(version: Version) -> Path | None:
    """The preview to print, where there is one."""
    return rendition_path(version.blob.sha256, "1024") if version.has_previews else None


def item_of(version: Version, line: dict[str, Any]) -> originals_zip.Item:
    """An original of the archive."""
    return originals_zip.Item(
        version.blob.path,
        version.blob.sha256,
        version.blob.size,
        version.created,
        str(line.get("title") or version.image.title),
        version.number,
        version.filename,
        str(line.get("shot", "")),
        version.is_picked,
        version.note,
    )
