"""Pictures, their versions, and the smaller copies made of each."""

from .decision import Decision
from .evidence import Evidence
from .export import Export
from .image import AlreadyHere, Image, Refused, Version, next_number
from .rendition import Rendition, rendition_path

__all__ = [
    "AlreadyHere",
    "Decision",
    "Evidence",
    "Export",
    "Image",
    "Refused",
    "Rendition",
    "Version",
    "next_number",
    "rendition_path",
]
