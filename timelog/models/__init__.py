"""Kinds, entries and their day totals; balances, milestones, forecasts, and why it began."""

from .batch import ImportBatch
from .entry import DayTotal, TimeEntry
from .forecast import Forecast, ForecastBand
from .kind import Kind, OpeningBalance
from .milestone import Intention, Milestone

__all__ = [
    "DayTotal",
    "Forecast",
    "ForecastBand",
    "ImportBatch",
    "Intention",
    "Kind",
    "Milestone",
    "OpeningBalance",
    "TimeEntry",
]
