"""Pages of the hours."""

from .clock import running, stop
from .entries import entry, entry_bring_back, entry_delete, entry_edit, entry_new
from .incoming import batch_delete, time_import
from .kinds import (
    balance,
    balance_delete,
    kind_edit,
    kind_new,
    kinds,
    milestone_delete,
    milestone_new,
)
from .week import time

__all__ = [
    "balance",
    "balance_delete",
    "batch_delete",
    "entry",
    "entry_bring_back",
    "entry_delete",
    "entry_edit",
    "entry_new",
    "kind_edit",
    "kind_new",
    "kinds",
    "milestone_delete",
    "milestone_new",
    "running",
    "stop",
    "time",
    "time_import",
]
