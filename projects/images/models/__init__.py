"""Pictures, their versions, the smaller copies made of each, and the marks on them."""

from .arriving import Refused
from .comparison import Comparison
from .decision import Decision
from .derivation import Circular, Clue, Derivation
from .evidence import Evidence
from .export import Export
from .image import AlreadyHere, Image, facts_of, next_number
from .mark import Mark
from .rendition import Rendition, rendition_path
from .trace import Trace
from .version import Version

__all__ = [
    "AlreadyHere",
    "Circular",
    "Clue",
    "Comparison",
    "Decision",
    "Derivation",
    "Evidence",
    "Export",
    "Image",
    "Mark",
    "Refused",
    "Rendition",
    "Trace",
    "Version",
    "facts_of",
    "next_number",
    "rendition_path",
]
