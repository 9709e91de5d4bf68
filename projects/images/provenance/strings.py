"""Where words come from in a ComfyUI graph: through conditioning, and nodes that join text."""

import re
from typing import Any

from .graph import Graph, Node

MOST_DEEP = 60
MOST_WORDS = 40_000
_ENCODED = (
    *("populated_text", "text", "text_g", "text_l", "prompt", "clip_g", "clip_l", "t5xxl"),
    *("llama", "user_prompt", "caption", "instruction"),
)
_SIDES = {
    "positive": ("positive_prompt", "positive", "text_positive", "prompt_positive"),
    "negative": ("negative_prompt", "negative", "text_negative", "prompt_negative"),
}
_WAYS = {
    "positive": ("positive", "conditioning", "cond1", "text_embeds"),
    "negative": ("negative", "neg_conditioning", "negative_text_embeds"),
}
_PIPES = ("basic_pipe", "pipe", "context", "base_ctx", "text_embeds")
_STRINGY = re.compile(
    r"(?:text|string|prompt|value|input|str|prepend|append|prefix|suffix|positive|any)"
    r"(?:[_ ]?[a-z0-9])?$"
)
_NO_WORDS = re.compile(
    r"model|clip|vae|image|pixel|mask|control|latent|sample|noise|sigma|style|seed|strength"
)
_DELIMITERS = ("delimiter", "separator", "sep")


class Strings:
    """Follows words through one graph; circles and great depth end in nothing."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.known: dict[tuple[str, str], str] = {}  # of each node and side what it says

    def plain(self, value: Any) -> str:
        """A text as it is given, or the one its link leads to."""
        return self.string(value, "positive")

    def conditioning(self, given: dict[str, Any], side: str) -> str:
        """The words on one side of a sampler's or guider's inputs, each on lines of its own."""
        seen: set[str] = set()
        found: list[str] = []
        for key in (*_WAYS[side], *_PIPES):
            if key in given:
                found = self._conditioned(given[key], side, seen)
                break
        return "\n".join(dict.fromkeys(found))[:MOST_WORDS]

    def _conditioned(self, value: Any, side: str, seen: set[str], deep: int = 0) -> list[str]:
        if isinstance(value, str):
            return [value.strip()] if value.strip() else []
        node = self.graph.source(value)
        if node is None or node.id in seen or deep > MOST_DEEP:
            return []
        seen.add(node.id)
        if "zeroout" in node.kind.lower():
            return []
        if words := self.of_node(node, side):
            return [words]
        if any(name in node.inputs for name in _ENCODED):
            return []
        ways = [each for name, each in node.inputs.items() if self._leads_on(name.lower(), side)]
        if not ways:
            ways = [
                each
                for name, each in node.inputs.items()
                if isinstance(each, list) and not _NO_WORDS.search(name.lower())
            ]
        return [
            each for way in ways for each in self._conditioned(way, side, seen, deep + 1) if each
        ]

    def _leads_on(self, name: str, side: str) -> bool:
        if name in _SIDES["positive"] or name in _SIDES["negative"]:
            return name in _SIDES[side]
        return name.startswith("cond") or name in _PIPES

    def of_node(self, node: Node, side: str) -> str:
        """The words typed into a node, or led to it, on one side; each text once."""
        names = self._sided(node, side)
        if not names and not self._sided(node, "positive"):
            names = [name for name in _ENCODED if name in node.inputs]
        found = [self.string(node.inputs[name], side).strip() for name in names]
        if "populated_text" in names and found[0]:
            return found[0]
        return "\n".join(dict.fromkeys(each for each in found if each))[:MOST_WORDS]

    def asked(self, node: Node, side: str) -> str:
        """The words given to a node that stands for a whole service."""
        if side == "positive":
            return self.of_node(node, side)
        names = self._sided(node, side)
        return self.string(node.inputs[names[0]], side).strip() if names else ""

    def _sided(self, node: Node, side: str) -> list[str]:
        """Names of texts that say which side they are for; a bare "positive" may be a link to
        conditioning, which is no text."""
        return [
            name
            for name in _SIDES[side]
            if name in node.inputs and (name != side or isinstance(node.inputs[name], str))
        ]

    def string(self, value: Any, side: str, deep: int = 0) -> str:
        """The text of a value, or of the nodes behind a link, joined as they join it."""
        if isinstance(value, str):
            return value[:MOST_WORDS]
        if isinstance(value, int | float):
            return "" if isinstance(value, bool) else str(value)
        node = self.graph.source(value)
        if node is None or deep > MOST_DEEP:
            return ""
        key = (node.id, side)
        if key not in self.known:
            self.known[key] = ""  # for whoever comes round in a circle
            self.known[key] = self._joined(node, side, deep + 1)[:MOST_WORDS]
        return self.known[key]

    def _joined(self, node: Node, side: str, deep: int) -> str:
        given = node.inputs
        for name in ("populated_text", *_SIDES[side][2:]):
            if words := self.string(given.get(name), side, deep):
                return words
        if node.kind.lower().startswith("showtext") and isinstance(given.get("text_0"), str):
            return str(given["text_0"])
        names = [name for name in given if _STRINGY.fullmatch(name.lower())][:40] or [
            name
            for name, each in given.items()
            if isinstance(each, list) and not _NO_WORDS.search(name.lower())
        ][:10]
        found = [self.string(given[name], side, deep) for name in names]
        said = (given[name] for name in _DELIMITERS if isinstance(given.get(name), str))
        between = next(said, " ").replace("\\n", "\n")[:10]
        return between.join(each for each in found if each)
