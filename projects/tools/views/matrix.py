"""What each tool can do, and the tests of one capability of one tool."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.tools.again import later
from projects.tools.forms import TrialForm
from projects.tools.matrix import matrix
from projects.tools.models import Capability, Tool, Trial
from studio.lib.htmx import render


class History(NamedTuple):
    """One capability of one tool, and its tests, the newest first."""

    tool: Tool
    capability: Capability
    trials: list[Trial]


@require_safe
def tools(request: HttpRequest) -> HttpResponse:
    """The matrix, what is due, what waits."""
    return matrix_page(request)


@require_safe
def cell(request: HttpRequest, tool_pk: int, capability_pk: int) -> HttpResponse:
    """The history of one capability of one tool, beside the matrix."""
    return matrix_page(request, *found(tool_pk, capability_pk))


def found(tool_pk: int, capability_pk: int) -> tuple[Tool, Capability]:
    """The two, or 404."""
    tool = get_object_or_404(Tool, pk=tool_pk)
    return tool, get_object_or_404(Capability, pk=capability_pk)


def matrix_page(
    request: HttpRequest,
    tool: Tool | None = None,
    capability: Capability | None = None,
    form: TrialForm | None = None,
) -> HttpResponse:
    """The page, with one cell open if one is chosen, and with the next test as it was sent."""
    today = timezone.localdate()
    columns = list(Tool.objects.in_use())
    lines = list(Capability.objects.in_use().by_group())
    standing = Trial.objects.standing().rows()
    context: dict[str, Any] = {
        "here": "tools",
        "today": today,
        "tools": columns,
        "groups": [
            (Capability.Group(group.key).label, group.rows)
            for group in matrix(columns, lines, standing, today)
        ],
        "page_keys": "tools/_keys.html",
    }
    if tool and capability:
        trials = list(Trial.objects.of_cell(tool, capability))
        context["cell"] = History(tool, capability, trials)
        context["form"] = form or TrialForm()
        if trials and trials[0].again_on:
            context["later"] = later(trials[0].state, today)
    else:
        context["due"] = Trial.objects.due(today).select_related("tool", "capability")
    status = 422 if form else 200
    return render(request, "tools/tools.html", context, parts=("capability",), status=status)
