"""Kinds, entries and their day totals; balances, milestones, forecasts, and why it began."""

from .detour import Detour
from .entry import DayTotal, TimeEntry
from .forecast import Forecast, ForecastBand
from .kind import Kind, OpeningBalance
from .milestone import Intention, Milestone

__all__ = [
    "DayTotal",
    "Detour",
    "Forecast",
    "ForecastBand",
    "Intention",
    "Kind",
    "Milestone",
    "OpeningBalance",
    "TimeEntry",
]
