"""Books down to scenes, and what becomes of their words."""

from .anchored import Anchored
from .effort import Effort, Work
from .outcome import Behind, Merged, Outcome, Saved, Stale, Unchanged
from .reckoning import reckon_all
from .remark import Remark
from .revision import Revision
from .rewrite import Pass, Standing
from .scene import Scene, TextRefused
from .structure import Book, Chapter, Part, Series, Status
from .thinner import thin_out
from .trash import StillInTrash, Trashable

__all__ = [
    "Anchored",
    "Behind",
    "Book",
    "Chapter",
    "Effort",
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
    "Standing",
    "Status",
    "StillInTrash",
    "TextRefused",
    "Trashable",
    "Unchanged",
    "Work",
    "reckon_all",
    "thin_out",
]
