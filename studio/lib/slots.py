"""Named places where a lower page shows what a higher app knows.

A lower template says {% slot "scene_margin" scene %}; a higher app says, in AppConfig.ready,
register("scene_margin", shots_of_scene). The lower one never imports the higher one.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Renderer = Callable[[HttpRequest, Any], str]
_renderers: dict[str, list[Renderer]] = defaultdict(list)


def register(name: str, renderer: Renderer) -> None:
    """Fill the slot `name`; several renderers stand in the order in which they came."""
    if renderer not in _renderers[name]:
        _renderers[name].append(renderer)


def render(name: str, request: HttpRequest, thing: Any = None) -> SafeString:
    """What all renderers of the slot say about `thing`; nothing when there is none.

    Renderers give HTML that a template escaped; text of their own they must escape themselves.
    """
    parts = [renderer(request, thing) for renderer in _renderers.get(name, [])]
    return mark_safe("".join(parts))  # noqa: S308 (rendered by templates)
