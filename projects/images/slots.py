"""What pictures show in the room below."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from .models import Evidence


def trial_evidence(request: HttpRequest, trial: Any) -> str:
    """The versions that show what a test came to; those of a whole history are read once."""
    known: tuple[Any, list[Evidence]] | None = getattr(request, "_evidence", None)
    cell = (trial.tool_id, trial.capability_id)
    if known is None or known[0] != cell:
        known = (cell, list(Evidence.objects.of_cell(trial)))
        request._evidence = known  # type: ignore[attr-defined]
    shown = [one.version for one in known[1] if one.trial_id == trial.pk]
    context = {"trial": trial, "versions": shown}
    return render_to_string("images/_trial_evidence.html", context, request=request)


def trial_acts(request: HttpRequest, trial: Any) -> str:
    """The way to choose a version as evidence."""
    return render_to_string("images/_trial_acts.html", {"trial": trial}, request=request)
