"""Concepts, their shots, the pictures of each shot, and what they wait for."""

from .concept import Column, Concept, Film, Shot, ShotImage, cards_of
from .wait import Wait

__all__ = ["Column", "Concept", "Film", "Shot", "ShotImage", "Wait", "cards_of"]
