"""Where each version of a family stands: drawn in layers, children to the right of their parents.

After Sugiyama, Tagawa and Toda (1981), simplified: layers by the longest way from a root, long
edges led through empty places of the layers between, order in a layer by the mean of the
neighbours, swept to and fro, and the order with the fewest crossings kept. Pure; sizes are in
pixels of the drawing.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 6
Node = Hashable


class Size(NamedTuple):
    """Of one version, and the gaps between two."""

    width: float = 128
    height: float = 96
    across: float = 64
    down: float = 20


class Spot(NamedTuple):
    """The upper left corner of a version."""

    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """The whole: where the versions are, and the SVG path of each (child, parent)."""

    width: float
    height: float
    spots: dict[Node, Spot]
    lines: dict[tuple[Node, Node], str]
    middles: dict[tuple[Node, Node], Spot]


@dataclass
class _Layered:
    """Layers of nodes and of the empty places through which long edges go."""

    layers: list[list[Node]]
    above: dict[Node, list[Node]] = field(default_factory=dict)
    below: dict[Node, list[Node]] = field(default_factory=dict)
    ways: dict[tuple[Node, Node], list[Node]] = field(default_factory=dict)

    def join(self, left: Node, right: Node) -> None:
        """An edge between neighbouring layers."""
        self.above.setdefault(right, []).append(left)
        self.below.setdefault(left, []).append(right)


def draw(
    nodes: Sequence[Node], edges: Iterable[tuple[Node, Node]], size: Size | None = None
) -> Drawing:
    """Place `nodes`, in whose order equals are set, and lead `edges`, (child, parent) each.

    Edges to unknown nodes, and those that would close a circle, are left out.
    """
    size = size or Size()
    kept = _acyclic(nodes, edges)
    layered = _layered(nodes, kept)
    _untangle(layered)
    heights = _heights(layered, size)
    low = min(heights.values(), default=0.0)
    spots = {
        node: Spot(at * (size.width + size.across), heights[node] - low)
        for at, layer in enumerate(layered.layers)
        for node in layer
    }
    ways = {edge: [spots[node] for node in way] for edge, way in layered.ways.items()}
    columns = len(layered.layers)
    return Drawing(
        width=max(0.0, columns * (size.width + size.across) - size.across),
        height=max((spot.y for spot in spots.values()), default=-size.height) + size.height,
        spots={node: spots[node] for node in nodes if node in spots},
        lines={edge: _path(way, size) for edge, way in ways.items()},
        middles={edge: _middle(way, size) for edge, way in ways.items()},
    )


def _acyclic(nodes: Sequence[Node], edges: Iterable[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    known = set(nodes)
    parents: dict[Node, list[Node]] = {}
    kept: list[tuple[Node, Node]] = []
    for child, parent in dict.fromkeys(edges):
        if child in known and parent in known and not _reaches(parent, child, parents):
            parents.setdefault(child, []).append(parent)
            kept.append((child, parent))
    return kept


def _reaches(start: Node, wanted: Node, parents: dict[Node, list[Node]]) -> bool:
    seen, waiting = {start}, [start]
    for node in waiting:
        if node == wanted:
            return True
        fresh = [each for each in parents.get(node, []) if each not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return False


def _layered(nodes: Sequence[Node], edges: list[tuple[Node, Node]]) -> _Layered:
    """Each node one layer behind its farthest parent."""
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        before = dict(depth)
        for child, parent in edges:
            depth[child] = max(depth[child], depth[parent] + 1)
        if depth == before:
            break
    found = _Layered([[] for _ in range(max(depth.values(), default=-1) + 1)])
    for node in nodes:
        found.layers[depth[node]].append(node)
    for child, parent in edges:
        way: list[Node] = [parent]
        for layer in range(depth[parent] + 1, depth[child]):
            empty = ("empty", child, parent, layer)
            found.layers[layer].append(empty)
            way.append(empty)
        way.append(child)
        for left, right in pairwise(way):
            found.join(left, right)
        found.ways[(child, parent)] = way
    return found


def _untangle(layered: _Layered) -> None:
    """Order the layers so that few edges cross."""
    best, fewest = [list(layer) for layer in layered.layers], _crossings(layered)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        forth = sweep % 2 == 0
        neighbours = layered.above if forth else layered.below
        order = range(1, len(layered.layers))
        for at in order if forth else reversed(range(len(layered.layers) - 1)):
            _sort(layered.layers[at], layered.layers[at - 1 if forth else at + 1], neighbours)
        crossings = _crossings(layered)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layered.layers], crossings
    layered.layers = best


def _sort(layer: list[Node], beside: list[Node], neighbours: dict[Node, list[Node]]) -> None:
    """Put a layer into the order of the middles of its neighbours; who has none stays."""
    place = {node: number for number, node in enumerate(beside)}
    middles = {
        node: _mean([place[each] for each in neighbours.get(node, [])], number)
        for number, node in enumerate(layer)
    }
    layer.sort(key=lambda node: middles[node])


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _crossings(layered: _Layered) -> int:
    """How many pairs of edges cross."""
    count = 0
    for left, right in pairwise(layered.layers):
        place = {node: number for number, node in enumerate(right)}
        ends = [sorted(place[each] for each in layered.below.get(node, [])) for node in left]
        flat = [end for some in ends for end in some]
        count += sum(
            1 for at, first in enumerate(flat) for second in flat[at + 1 :] if first > second
        )
    return count


def _heights(layered: _Layered, size: Size) -> dict[Node, float]:
    """The upper edge of each node: near the mean of its neighbours, never over another one."""
    step = size.height + size.down
    heights = {node: number * step for layer in layered.layers for number, node in enumerate(layer)}
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        neighbours = layered.above if forth else layered.below
        for layer in layered.layers if forth else reversed(layered.layers):
            wanted = [
                _mean([heights[each] for each in neighbours.get(node, [])], heights[node])
                for node in layer
            ]
            heights |= dict(zip(layer, _apart(wanted, step), strict=True))
    return heights


def _apart(wanted: list[float], step: float) -> list[float]:
    """Heights at least `step` apart in their order, as near to `wanted` as can be: neighbours that
    would overlap move as one block to the mean of what they want (Ayer and others, 1955)."""
    blocks: list[tuple[float, int]] = []  # sum of what the first would have to be, how many
    for number, height in enumerate(wanted):
        block = (height - number * step, 1)
        while blocks and blocks[-1][0] / blocks[-1][1] > block[0] / block[1]:
            last = blocks.pop()
            block = (last[0] + block[0], last[1] + block[1])
        blocks.append(block)
    firsts = [total / count for total, count in blocks for _ in range(count)]
    return [first + number * step for number, first in enumerate(firsts)]


def _ports(way: list[Spot], size: Size) -> list[tuple[Spot, Spot]]:
    """The ends of each piece of a way: from the right edge of one to the left edge of the next."""
    middle = size.height / 2
    return [
        (Spot(left.x + size.width, left.y + middle), Spot(right.x, right.y + middle))
        for left, right in pairwise(way)
    ]


def _path(way: list[Spot], size: Size) -> str:
    """Curves from the parent's right edge to the child's left; straight through empty places."""
    pieces = []
    for number, (start, end) in enumerate(_ports(way, size)):
        bend = (end.x - start.x) / 2
        pieces.append(f"{'L' if number else 'M'}{start.x:g} {start.y:g}")
        pieces.append(
            f"C{start.x + bend:g} {start.y:g} {end.x - bend:g} {end.y:g} {end.x:g} {end.y:g}"
        )
    return "".join(pieces)


def _middle(way: list[Spot], size: Size) -> Spot:
    """The middle of the last piece, where a word about the edge stands."""
    start, end = _ports(way, size)[-1]
    return Spot((start.x + end.x) / 2, (start.y + end.y) / 2)
