"""Pages of the hours."""

from .clock import running, stop
from .commands import commands
from .corrections import change_undo, changes, entry_join, entry_split
from .detours import (
    detour,
    detour_bring_back,
    detour_close,
    detour_delete,
    detour_give,
    detour_judge,
    detour_new,
    detour_reopen,
    detours,
    entry_detour,
)
from .entries import entry, entry_delete, entry_edit, entry_new
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
from .links import entry_link
from .milestones import milestone_bring_back, milestone_delete, milestone_edit, milestone_new
from .outgoing import time_export
from .quick import quick
from .silence import silence
from .week import forecast, time

__all__ = [
    "aims",
    "balance",
    "balance_bring_back",
    "balance_delete",
    "batch_delete",
    "change_undo",
    "changes",
    "commands",
    "detour",
    "detour_bring_back",
    "detour_close",
    "detour_delete",
    "detour_give",
    "detour_judge",
    "detour_new",
    "detour_reopen",
    "detours",
    "entry",
    "entry_delete",
    "entry_detour",
    "entry_edit",
    "entry_join",
    "entry_link",
    "entry_new",
    "entry_split",
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
    "silence",
    "stop",
    "time",
    "time_export",
    "time_import",
    "time_import_state",
]
