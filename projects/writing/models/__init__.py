"""Books down to scenes, and what becomes of their words."""

from .revision import Remark, Revision
from .rewrite import Pass, Standing, pass_ends
from .scene import Saved, Scene, Stale, TextRefused, Unchanged
from .structure import Book, Chapter, Part, Series, Status

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
    "Standing",
    "Status",
    "TextRefused",
    "Unchanged",
    "pass_ends",
]
