"""Kinds, entries and their day totals; balances, milestones, forecasts, and why it began."""

from .batch import ImportBatch
from .change import NotUndone, TimeChange
from .command import ClockCommand
from .day_total import DayTotal
from .detour import Detour
from .entry import TimeEntry
from .forecast import Forecast, ForecastBand
from .kind import Kind, OpeningBalance
from .link import TimeLink
from .milestone import Intention, Milestone

__all__ = [
    "ClockCommand",
    "DayTotal",
    "Detour",
    "Forecast",
    "ForecastBand",
    "ImportBatch",
    "Intention",
    "Kind",
    "Milestone",
    "NotUndone",
    "OpeningBalance",
    "TimeChange",
    "TimeEntry",
    "TimeLink",
]
