"""Photoshop and other editors, by the history they keep in XMP (xmpMM:History)."""

import re

from .containers import Found
from .recipe import Recipe, Step
from .xmp import Item, items

_VERSION = re.compile(r"(.*?\S)\s+((?:CS|CC|v?\d).*)$")


def read(found: Found) -> Recipe | None:
    """The editor and what it did when; None where no editor names itself."""
    told = [*items(found.get("xmp")), *items(found.get("long xmp"))]
    steps = history(told)
    agent = first(told, "CreatorTool") or next((step.agent for step in steps if step.agent), "")
    if not agent:
        return None
    tool, version = named(agent)
    return Recipe.of(tool, tool_version=version, history=steps, sources=found.sources("xmp"))


def first(told: list[Item], name: str) -> str:
    """The first value of a property."""
    return next((item.value for item in told if item.name == name), "")


def history(told: list[Item]) -> list[Step]:
    """The entries of the document's history, in its order."""
    entries: dict[int, dict[str, str]] = {}
    for item in told:
        if "History" in item.path and item.li:
            entries.setdefault(item.li, {})[item.name] = item.value
    return [
        Step(entry.get("action", ""), entry.get("when", ""), entry.get("softwareAgent", ""))
        for entry in entries.values()
        if entry.get("action")
    ]


def named(agent: str) -> tuple[str, str]:
    """(tool, version) of how an editor calls itself: "Adobe Photoshop CS5 Windows"."""
    match = _VERSION.match(agent[:200])
    return (match[1], match[2]) if match else (agent, "")
