"""What films show in the rooms below."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from .models import Wait


def open_waits(request: HttpRequest) -> list[Wait]:
    """All that wait, read once for a page."""
    known: list[Wait] | None = getattr(request, "_open_waits", None)
    if known is None:
        known = list(Wait.objects.for_pages())
        request._open_waits = known  # type: ignore[attr-defined]
    return known


def tools_waiting(request: HttpRequest, thing: Any) -> str:
    """What waits, by what it waits for: the awake first, then the longest."""
    waits = open_waits(request)
    order = {key: place for place, key in reversed(list(enumerate(map(key_of, waits))))}
    waits = sorted(waits, key=lambda wait: order[key_of(wait)])
    groups = [list(some) for _key, some in groupby(waits, key_of)]
    return render_to_string("videos/_tools_waiting.html", {"groups": groups}, request=request)


def key_of(wait: Wait) -> tuple[int, int | None]:
    """The capability, and the tool if one was named."""
    return wait.capability_id, wait.tool_id


def cell_waits(request: HttpRequest, cell: Any) -> str:
    """What one capability of one tool keeps waiting."""
    waits = [
        wait
        for wait in open_waits(request)
        if wait.capability_id == cell.capability.pk and wait.tool_id in (None, cell.tool.pk)
    ]
    said = render_to_string("videos/_cell_waits.html", {"waits": waits}, request=request)
    return said.strip("\n")  # it stands within a line
