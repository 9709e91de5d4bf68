"""Books down to scenes, and what becomes of their words."""

from .anchored import Anchored
from .remark import Remark
from .revision import Revision
from .rewrite import Pass
from .scene import Saved, Scene, Stale, TextRefused, Unchanged
from .structure import Book, Chapter, Part, Series, Status

__all__ = [
    "Anchored",
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
    "TextRefused",
    "Unchanged",
]
