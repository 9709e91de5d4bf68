"""Pictures, their versions, and the smaller copies made of each."""

from .derivation import Circular, Clue, Derivation
from .evidence import Evidence
from .image import AlreadyHere, Image, Refused, Version, next_number
from .rendition import Rendition, rendition_path

__all__ = [
    "AlreadyHere",
    "Circular",
    "Clue",
    "Derivation",
    "Evidence",
    "Image",
    "Refused",
    "Rendition",
    "Version",
    "next_number",
    "rendition_path",
]
