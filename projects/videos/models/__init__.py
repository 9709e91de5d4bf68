"""Concepts, their shots, the pictures of each shot, and what they wait for."""

from .concept import Column, Concept, Shot, ShotImage
from .wait import Wait

__all__ = ["Column", "Concept", "Shot", "ShotImage", "Wait"]
