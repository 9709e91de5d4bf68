"""Which picture files a ComfyUI graph loads, and what became of each."""

import re

from .graph import Graph, Node
from .recipe import base_name

GENERIC = {"", "*", "any", "anything", "value", "input", "source", "destination", "on_true"}
_CONDITIONED = (
    *("positive", "guider", "basic_pipe", "pipe", "text_embeds", "conditioning"),
    *("context", "base_ctx"),
)
_STARTED = ("seed", "noise_seed", "noise", "steps", "sigmas")
_PICTURE = re.compile(r"image|latent|sample(?!r)|pixel|video|frame|picture")
_NO_PICTURE = re.compile(r"embed|clip_vision|control|reference|style")
# Nodes that hand a picture to a model which was made to change it by words.
_EDITS = re.compile(r"kontext|imageedit|image_edit|edit_?image")
_ENLARGES = re.compile(r"upscale|imagescaleby")


def is_sampler(node: Node) -> bool:
    """Whether a node makes a picture from noise: it is given words, and where to begin."""
    names = {name.lower() for name in node.inputs}
    linked = any(isinstance(node.inputs.get(name), list) for name in _CONDITIONED)
    return linked and bool(names & set(_STARTED))


def carries_picture(name: str) -> bool:
    """Whether an input of this name takes a picture, decoded or not."""
    return name in GENERIC or (bool(_PICTURE.search(name)) and not _NO_PICTURE.search(name))


def loaded(node: Node) -> str:
    """The name of the picture file a node loads, or nothing."""
    name = node.inputs.get("image")
    kind = node.kind.lower()
    if "load" not in kind or "image" not in kind or not isinstance(name, str):
        return ""
    return base_name(re.sub(r"\s*\[(?:input|output|temp)\]$", "", name[:400]))


def parent_kinds(graph: Graph, end: Node | None, above: list[Node]) -> dict[str, str]:
    """What the saved picture did with each file the graph loads, by its name.

    "edit": it began from its pixels; "upscale": those were enlarged first; "reference": it was
    only looked at; "unused": loaded, but nothing of it reached what was saved.
    """
    kinds: dict[str, str] = {}
    reached = {node.id for node in above}
    along = {node.id for node, _ in graph.upstream(end, carries_picture)} if end else set()
    for node in [*above, *graph.nodes.values()]:
        name = loaded(node)
        if name and name not in kinds:
            if node.id in reached:
                kinds[name] = _kind(graph, node, reached, along)
            else:
                kinds[name] = "unused"
    return kinds


def _kind(graph: Graph, node: Node, reached: set[str], along: set[str]) -> str:
    passed = _passed(graph, node, reached)
    if node.id in along:
        # What enlarges a picture behind a sampler enlarges what that made, not this file.
        before = _passed(graph, node, along, to_samplers=True)
        return "upscale" if any(_ENLARGES.search(each.kind.lower()) for each in before) else "edit"
    if any(_EDITS.search(each.kind.lower().replace(" ", "")) for each in passed):
        return "edit"
    return "reference"


def _passed(
    graph: Graph, start: Node, inside: set[str], *, to_samplers: bool = False
) -> list[Node]:
    """The nodes a picture passes on its way, those of `inside` alone."""
    seen, waiting = {start.id}, [start]
    for node in waiting:
        if to_samplers and is_sampler(node):
            continue
        for taker, name in graph.downstream(node):
            fits = not to_samplers or carries_picture(name)
            if fits and taker.id in inside and taker.id not in seen:
                seen.add(taker.id)
                waiting.append(taker)
    return waiting[1:]
