"""Concepts, their shots, the pictures of each shot, and what they wait for."""

from .brief import BriefRevision
from .concept import Column, Concept, Film, Shot, ShotImage, cards_of
from .leads import Lead, leads
from .passage import Passage
from .stage import StageChange
from .thread import ThreadLink
from .wait import Wait

__all__ = [
    "BriefRevision",
    "Column",
    "Concept",
    "Film",
    "Lead",
    "Passage",
    "Shot",
    "ShotImage",
    "StageChange",
    "ThreadLink",
    "Wait",
    "cards_of",
    "leads",
]
