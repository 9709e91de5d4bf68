"""What other pages show of the hours."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from timelog.state import Hours


def part(name: str) -> Any:
    """A renderer of one part of the clock's template."""

    def render(request: HttpRequest, thing: Any) -> str:
        context = {"hours": Hours.of(request), "now": timezone.now()}
        return render_to_string(f"timelog/running.html#{name}", context, request)

    return render


def menu(request: HttpRequest, thing: Any) -> str:
    """The menu of kinds, which the keys open on every page; its script fills it."""
    return render_to_string("timelog/_menu.html", {}, request)


def today_horizon(request: HttpRequest, thing: Any) -> str:
    """The line to the farthest milestone."""
    return render_to_string("timelog/_horizon.html", {"line": Hours.of(request).horizon}, request)
