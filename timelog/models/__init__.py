"""Kinds, entries and their day totals; balances, milestones, and why it began."""

from .entry import DayTotal, TimeEntry
from .kind import Kind, OpeningBalance
from .milestone import Intention, Milestone

__all__ = ["DayTotal", "Intention", "Kind", "Milestone", "OpeningBalance", "TimeEntry"]
