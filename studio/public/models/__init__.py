"""What is public (Publication, PublicMedia), and what the author prepares (Letter, Piece)."""

from .letter import Letter
from .piece import NotReady, Piece
from .publication import Publication, PublicMedia, new_public_id

__all__ = ["Letter", "NotReady", "Piece", "PublicMedia", "Publication", "new_public_id"]
