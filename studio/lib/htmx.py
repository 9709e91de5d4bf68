"""Answer with the page, or with the one part of it that htmx asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.cache import patch_vary_headers


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    parts: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or its partial named like the element htmx will swap.

    `parts` are the partials that may be asked for. Only the HX-Target header decides: htmx also
    sends HX-Request when it restores a page from history, and then needs the whole page.
    """
    target = request.headers.get("HX-Target", "")
    name = f"{template}#{target}" if target in parts else template
    response = render_page(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response
