"""Books down to scenes, and what becomes of their words."""

from .revision import Remark, Revision
from .rewrite import Pass
from .scene import Saved, Scene, Stale, TextRefused, Unchanged
from .structure import Book, Chapter, Part, Series, Status
from .trash import StillInTrash, Trashable

__all__ = [
    "Book",
    "Chapter",
    "Part",
    "Pass",
    "Remark",
    "Revision",
    "Saved",
    "Scene",
    "Series",
    "Stale",
    "Status",
    "StillInTrash",
    "TextRefused",
    "Trashable",
    "Unchanged",
]
