"""The XML parts of an archive that is a document, read without trusting it."""

import posixpath
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

from .record import NotRead

LARGEST_PART = 64 * 1024 * 1024
Take = Callable[[ElementTree.Element], None]


class Package:
    """The XML parts of an archive, their names without namespaces."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())

    def part(
        self, name: str, tags: tuple[str, ...] = (), take: Take | None = None
    ) -> ElementTree.Element | None:
        """The tree of one part. Each element of `tags` is handed to `take` and then emptied."""
        name = posixpath.normpath(name.lstrip("/"))
        if name not in self.names:
            return None
        with self.archive.open(name) as file:
            data = file.read(LARGEST_PART + 1)
        if len(data) > LARGEST_PART:
            raise NotRead("unpacked")
        parser = ElementTree.XMLParser(target=Bare(tags, take))  # noqa: S314 (Bare has no entities)
        parser.feed(data)
        root: ElementTree.Element = parser.close()
        return root


class Bare(ElementTree.TreeBuilder):
    """Builds a tree without namespaces, and refuses what no table has: entities."""

    def __init__(self, tags: tuple[str, ...], take: Take | None) -> None:
        super().__init__()
        self.tags, self.take = tags, take

    def doctype(self, *_: object) -> None:
        """Entities are declared here, and nothing else."""
        raise NotRead("damaged")

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        """Open an element by its local name."""
        own = {name.rpartition("}")[2]: value for name, value in attrs.items()}
        return super().start(tag.rpartition("}")[2], own)

    def end(self, tag: str) -> ElementTree.Element:
        """Close it, and hand it on when it is asked for."""
        element = super().end(tag.rpartition("}")[2])
        if self.take and element.tag in self.tags:
            self.take(element)
            element.clear()
        return element
