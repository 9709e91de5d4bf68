"""Pages of the hours."""

from .clock import running, stop
from .entries import entry, entry_bring_back, entry_delete, entry_edit, entry_new
from .incoming import batch_delete, time_import, time_import_state
from .kinds import (
    aims,
    balance,
    balance_bring_back,
    balance_delete,
    kind_edit,
    kind_new,
    kinds,
    level,
)
from .milestones import milestone_bring_back, milestone_delete, milestone_edit, milestone_new
from .outgoing import time_export
from .quick import quick
from .week import forecast, time

__all__ = [
    "aims",
    "balance",
    "balance_bring_back",
    "balance_delete",
    "batch_delete",
    "entry",
    "entry_bring_back",
    "entry_delete",
    "entry_edit",
    "entry_new",
    "forecast",
    "kind_edit",
    "kind_new",
    "kinds",
    "level",
    "milestone_bring_back",
    "milestone_delete",
    "milestone_edit",
    "milestone_new",
    "quick",
    "running",
    "stop",
    "time",
    "time_export",
    "time_import",
    "time_import_state",
]
