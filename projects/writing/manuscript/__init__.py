"""Manuscripts from elsewhere, read into one tree. Pure: no Django, no database."""

from .sniff import Unreadable, read
from .tree import Manuscript, Node, Refusal, RemarkAt

__all__ = ["Manuscript", "Node", "Refusal", "RemarkAt", "Unreadable", "read"]
