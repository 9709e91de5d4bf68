"""Concepts, their shots, and the pictures of each shot."""

from .concept import Column, Concept, Shot, ShotImage

__all__ = ["Column", "Concept", "Shot", "ShotImage"]
