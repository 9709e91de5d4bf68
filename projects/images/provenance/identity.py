"""What a file's XMP says of which document it is, and which ones it came from.

Media management of XMP (ISO 16684-1, 8.4 and Adobe's XMP part 2, 1.2.4): the document keeps its
id from save to save, each save has an instance of its own, and the history lists those before.
"""

from dataclasses import asdict, dataclass
from typing import Any

from .containers import Found
from .recipe import mapping, rows, text
from .xmp import Item, items

MOST_SAVES = 30
MOST_ANCESTORS = 30


@dataclass(frozen=True)
class Identity:
    """Ids as they stand in the file, empty where it has none.

    `saves` are the instances of its history, oldest first; `derived_*` what it was exported or
    saved as a new document from; `ancestors` documents parts of which were pasted or placed.
    """

    document: str = ""
    original: str = ""
    instance: str = ""
    saves: tuple[str, ...] = ()
    derived_instance: str = ""
    derived_document: str = ""
    ancestors: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What it says, without what it does not say."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }

    @classmethod
    def from_json(cls, kept: Any) -> "Identity":
        """What `as_json` gave; an empty one for anything else."""
        said = mapping(kept)
        single = ("document", "original", "instance", "derived_instance", "derived_document")
        return cls(
            **{name: text(said.get(name)) for name in single},
            saves=tuple(map(text, rows(said.get("saves"))))[-MOST_SAVES:],
            ancestors=tuple(map(text, rows(said.get("ancestors"))))[:MOST_ANCESTORS],
        )


def identity(found: Found) -> Identity:
    """The ids in the XMP that was found."""
    told = [*items(found.get("xmp")), *items(found.get("long xmp"))]
    own = [item for item in told if not item.li and not _is_reference(item)]
    saves = [item.value for item in told if "History" in item.path and item.name == "instanceID"]
    placed = [
        item.value
        for item in told
        if ("DocumentAncestors" in item.path and item.name == "li")
        or ("Ingredients" in item.path and item.name == "documentID")
    ]
    return Identity(
        document=_first(own, "DocumentID"),
        original=_first(own, "OriginalDocumentID"),
        instance=_first(own, "InstanceID"),
        saves=_clean(saves)[-MOST_SAVES:],
        derived_instance=_first([item for item in told if _is_derived(item)], "instanceID"),
        derived_document=_first([item for item in told if _is_derived(item)], "documentID"),
        ancestors=_clean(placed)[:MOST_ANCESTORS],
    )


def _is_derived(item: Item) -> bool:
    return "DerivedFrom" in item.path and "History" not in item.path


def _is_reference(item: Item) -> bool:
    return any(
        name in item.path for name in ("DerivedFrom", "Ingredients", "Pantry", "ManagedFrom")
    )


def _first(told: list[Item], name: str) -> str:
    return next((text(item.value) for item in told if item.name == name), "")


def _clean(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean for value in values if (clean := text(value))))
