"""Pages of tools."""

from .arrange import (
    arrange,
    begin,
    capability_bring_back,
    capability_edit,
    capability_new,
    capability_place,
    capability_remove,
    tool_bring_back,
    tool_edit,
    tool_new,
    tool_place,
    tool_remove,
)
from .matrix import cell, tools
from .trials import trial, trial_again, trial_bring_back, trial_delete, trial_edit, trial_new

__all__ = [
    "arrange",
    "begin",
    "capability_bring_back",
    "capability_edit",
    "capability_new",
    "capability_place",
    "capability_remove",
    "cell",
    "tool_bring_back",
    "tool_edit",
    "tool_new",
    "tool_place",
    "tool_remove",
    "tools",
    "trial",
    "trial_again",
    "trial_bring_back",
    "trial_delete",
    "trial_edit",
    "trial_new",
]
