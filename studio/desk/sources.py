"""What can be found: of each kind its titles and its texts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from projects.images.models import Image, Mark, Version
from projects.tools.models import Capability, Tool, Trial
from projects.videos.models import Concept, Shot
from projects.worlds.models import Alias, Entry, World
from projects.writing.models import Book, Chapter, Remark, Scene


@dataclass(frozen=True)
class Source:
    """One kind of thing: where it is kept, what it is called, what it says."""

    kind: str
    model: type[models.Model]
    titles: Callable[[Any], Iterable[str]]
    texts: Callable[[Any], Iterable[str]] = lambda row: ()


def both(row: Any) -> tuple[str, str]:
    """Its titles in two languages."""
    return row.title, row.other_title


def names(entry: Entry) -> list[str]:
    """Everything it goes by."""
    return [*both(entry), *entry.aliases.values_list("name", flat=True)]


def said_of(version: Version) -> list[str]:
    """The author's note, and the prompts the picture was made with."""
    return [version.note, *(version.how_made.prompts if version.how_made else ())]


SOURCES = (
    Source("book", Book, both),
    Source("chapter", Chapter, both, lambda row: [row.synopsis]),
    # The text first: a place in it is where the editor opens.
    Source("scene", Scene, lambda row: [row.title], lambda row: [row.text, row.synopsis]),
    Source("remark", Remark, lambda row: (), lambda row: [row.body]),
    Source("world", World, both),
    Source("entry", Entry, names, lambda row: [row.summary, row.body]),
    Source("image", Image, lambda row: [row.title]),
    Source("version", Version, lambda row: [row.filename], said_of),
    Source("mark", Mark, lambda row: (), lambda row: [row.body]),
    Source(
        "concept", Concept, lambda row: [f"{row.number:02d}", *both(row)], lambda row: [row.brief]
    ),
    Source("shot", Shot, lambda row: [row.title]),
    Source("tool", Tool, lambda row: [row.name, row.version]),
    Source("capability", Capability, both),
    Source("trial", Trial, lambda row: (), lambda row: [row.note]),
)
BY_MODEL = {source.model: source for source in SOURCES}
# A row that is part of another thing: what to find again when it changes.
PART_OF: dict[type[models.Model], Callable[[Any], Any]] = {Alias: lambda alias: alias.entry}
