"""Books down to scenes, and what becomes of their words."""

from .outcome import Behind, Merged, Outcome, Saved, Stale, Unchanged
from .revision import Remark, Revision
from .rewrite import Pass
from .scene import Scene, TextRefused
from .structure import Book, Chapter, Part, Series, Status

__all__ = [
    "Behind",
    "Book",
    "Chapter",
    "Merged",
    "Outcome",
    "Part",
    "Pass",
    "Remark",
    "Revision",
    "Saved",
    "Scene",
    "Series",
    "Stale",
    "Status",
    "TextRefused",
    "Unchanged",
]
