"""A ComfyUI graph as nodes with inputs, from the JSON it is run from or the one it is drawn from.

An input is a value, or a link: [id of the node it comes from, number of that node's output]. The
drawn graph ("workflow") has links in a list of their own and values without names; the names are
those its nodes state, else the order of the widgets of the nodes everybody uses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .recipe import mapping, rows

MOST_NODES = 4000
_SEEDED = ("seed", "noise_seed")
_MUTED, _BYPASSED = 2, 4
_WIDGETS: dict[str, tuple[str, ...]] = {
    "CLIPTextEncode": ("text",),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "LoraLoader": ("lora_name", "strength_model", "strength_clip"),
    "LoraLoaderModelOnly": ("lora_name", "strength_model"),
    "EmptyLatentImage": ("width", "height"),
    "EmptySD3LatentImage": ("width", "height"),
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
    "KSamplerAdvanced": (
        *("add_noise", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    ),
    "SamplerCustom": ("add_noise", "noise_seed", "", "cfg"),
    "RandomNoise": ("noise_seed",),
    "KSamplerSelect": ("sampler_name",),
    "BasicScheduler": ("scheduler", "steps", "denoise"),
    "CFGGuider": ("cfg",),
    "FluxGuidance": ("guidance",),
    "LoadImage": ("image",),
    "PrimitiveNode": ("value",),
    "SaveImage": ("filename_prefix",),
}


@dataclass
class Node:
    """One step: what kind it is, and what goes in."""

    id: str
    kind: str
    inputs: dict[str, Any] = field(default_factory=dict)


class Graph:
    """The nodes by id; links may lead nowhere or in circles."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        self.nodes = nodes
        self._takers: dict[str, list[tuple[Node, str]]] | None = None

    def source(self, value: Any) -> Node | None:
        """The node a link comes from; None where it is no link, or leads nowhere."""
        if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str | int):
            return self.nodes.get(str(value[0]))
        return None

    def upstream(
        self, node: Node, follow: Callable[[str], bool] = lambda name: True
    ) -> Iterator[tuple[Node, int]]:
        """`node` and all it was made from with their distance, the nearest first.

        Of each node the inputs are followed whose names `follow` likes.
        """
        seen, near = {node.id}, [node]
        distance = 0
        while near:
            farther = []
            for each in near:
                yield each, distance
                for name, value in each.inputs.items():
                    found = self.source(value) if follow(name.lower()) else None
                    if found is not None and found.id not in seen:
                        seen.add(found.id)
                        farther.append(found)
            near, distance = farther, distance + 1

    def downstream(self, node: Node) -> Iterator[tuple[Node, str]]:
        """The nodes that take what `node` gives, each with the name of the input it goes into."""
        if self._takers is None:
            self._takers = {}
            for each in self.nodes.values():
                for name, value in each.inputs.items():
                    found = self.source(value)
                    if found is not None:
                        self._takers.setdefault(found.id, []).append((each, name.lower()))
        yield from self._takers.get(node.id, [])

    def ends(self) -> list[Node]:
        """Nodes nothing is made from."""
        used = {
            found.id
            for node in self.nodes.values()
            for value in node.inputs.values()
            if (found := self.source(value))
        }
        return [node for node in self.nodes.values() if node.id not in used]


def from_prompt(graph: dict[str, Any]) -> Graph:
    """The graph that was run: {id: {"class_type", "inputs"}}."""
    nodes = {}
    for key, said in list(graph.items())[:MOST_NODES]:
        kind = mapping(said).get("class_type")
        if isinstance(kind, str):
            nodes[key] = Node(key, kind, mapping(said.get("inputs")))
    return Graph(nodes)


def from_workflow(drawn: dict[str, Any]) -> Graph:
    """The graph that was drawn: {"nodes": [...], "links": [...]}."""
    told = [each for each in rows(drawn.get("nodes"))[:MOST_NODES] if isinstance(each, dict)]
    by_id = {str(each.get("id")): each for each in told}
    links = dict(filter(None, map(_link, rows(drawn.get("links"))[: MOST_NODES * 10])))
    sets = {
        name: each
        for each in told
        if each.get("type") == "SetNode" and (name := _first(each.get("widgets_values")))
    }
    nodes = {}
    for key, each in by_id.items():
        if each.get("mode") == _MUTED or each.get("mode") == _BYPASSED:
            continue
        inputs = _values(each)
        for one in rows(each.get("inputs"))[:200]:
            link = mapping(one).get("link")
            if isinstance(link, int) and link in links:
                end = _real_end(links[link], by_id, links, sets)
                if end is not None:
                    inputs[str(one.get("name"))] = end
        nodes[key] = Node(key, str(each.get("type")), inputs)
    return Graph(nodes)


def _link(link: Any) -> tuple[int, list[Any]] | None:
    """(id, [node, output]) of a link written as a list or as an object."""
    if isinstance(link, dict):
        link = [link.get("id"), link.get("origin_id"), link.get("origin_slot")]
    if isinstance(link, list) and len(link) > 2 and isinstance(link[0], int):
        return link[0], [str(link[1]), link[2]]
    return None


def _real_end(
    end: list[Any],
    by_id: dict[str, dict[str, Any]],
    links: dict[int, list[Any]],
    sets: dict[str, dict[str, Any]],
) -> list[Any] | None:
    """Where a link really comes from: past nodes that are bypassed, and through named ones."""
    for _ in range(50):
        node = by_id.get(end[0])
        if node is None:
            return None
        if node.get("type") == "GetNode":
            node = sets.get(_first(node.get("widgets_values")))
        elif node.get("mode") != _BYPASSED:
            return end
        wanted = _output_type(node, end[1])
        ways = [
            one["link"]
            for one in rows(mapping(node).get("inputs"))[:200]
            if isinstance(one, dict)
            and isinstance(one.get("link"), int)
            and (one.get("type") == wanted or mapping(node).get("type") == "SetNode")
        ]
        if not ways or ways[0] not in links:
            return None
        end = links[ways[0]]
    return None


def _output_type(node: Any, number: Any) -> Any:
    outputs = rows(mapping(node).get("outputs"))
    if isinstance(number, int) and 0 <= number < len(outputs):
        return mapping(outputs[number]).get("type")
    return None


def _first(values: Any) -> str:
    listed = rows(values)
    return listed[0] if listed and isinstance(listed[0], str) else ""


def _values(node: dict[str, Any]) -> dict[str, Any]:
    """The values typed into a drawn node, by name."""
    given = node.get("widgets_values")
    if isinstance(given, dict):
        return {str(name): value for name, value in list(given.items())[:200]}
    values = rows(given)[:200]
    kind = str(node.get("type"))
    names: list[str] = []
    for one in rows(node.get("inputs"))[:200]:
        widget = mapping(mapping(one).get("widget")).get("name")
        if isinstance(widget, str):
            names.append(widget)
            if widget in _SEEDED:
                names.append("")  # what becomes of the seed afterwards
    if kind in _WIDGETS or not names:
        names = list(_WIDGETS.get(kind, ()))
    if not names and any(word in kind.lower() for word in ("text", "prompt", "string")):
        return {"text": _first(values)}
    # A list is a link, so a value that is one would lie.
    return {
        name: value
        for name, value in zip(names, values, strict=False)
        if name and not isinstance(value, list)
    }
