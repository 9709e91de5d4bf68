"""Pictures, their versions, and the smaller copies made of each."""

from .arriving import Refused
from .evidence import Evidence
from .image import AlreadyHere, Image, Version, facts_of, next_number
from .rendition import Rendition, rendition_path

__all__ = [
    "AlreadyHere",
    "Evidence",
    "Image",
    "Refused",
    "Rendition",
    "Version",
    "facts_of",
    "next_number",
    "rendition_path",
]
