"""ComfyUI: its graph is walked back from what was saved to what really made it.

From the saving node along the picture to the samplers; from the sampler that began the picture
back along its conditioning to the words, along its model to the loader and the LoRAs, and to its
noise, steps and size. Text that stands in the graph but never reached the sampler is not told.
"""

import re
from collections.abc import Iterable
from typing import Any

from .containers import Found
from .graph import Graph, Node, from_prompt, from_workflow
from .loading import GENERIC, carries_picture, is_sampler, loaded, parent_kinds
from .recipe import Recipe, base_name, decimal, mapping, rows
from .strings import Strings

NAME = "ComfyUI"
MOST_ENDS = 40
_SEEDS = ("noise_seed", "seed", "value", "int", "number", "a")
_MODELS = (
    *("ckpt_name", "unet_name", "gguf_name", "model_name", "base_ckpt_name", "model_path"),
    *("diffusion_name", "diffusion_model_name", "base_model", "model"),
)
_OTHER_MODELS = (
    *("upscale", "lora", "control", "clipvision", "detector", "samloader", "caption", "interpol"),
)
_LORA = re.compile(r"lora_name(?:_?(\d+))?$|lora_(\d+)_name$|lora_(\d+)$")
_WEIGHTS = (
    *("strength_model", "strength", "lora_strength", "lora_weight", "weight", "model_weight"),
    *("model_str", "lora_wt", "strength_clip"),
)


def read(found: Found) -> Recipe | None:
    """The recipe in the graph that was run, else in the drawn one."""
    run, drawn = mapping(found.get("prompt")), mapping(found.get("workflow"))
    inside = mapping(found.get("Exif UserComment"))
    run = run or mapping(inside.get("prompt"))
    drawn = drawn or mapping(inside.get("workflow"))
    graph, sources = from_prompt(run), found.sources("prompt")
    if not graph.nodes:
        graph, sources = from_workflow(drawn), found.sources("workflow")
    if not graph.nodes:
        return None
    return Walk(graph, found.kind).recipe(_version(drawn), sources or ["Exif"])


def _version(drawn: dict[str, Any]) -> str:
    """ComfyUI's own, which its nodes carry since 2025."""
    for node in rows(drawn.get("nodes")):
        told = mapping(mapping(node).get("properties"))
        if told.get("cnr_id") == "comfy-core" and isinstance(told.get("ver"), str):
            return str(told["ver"])
    return ""


class Walk:
    """One walk through one graph."""

    def __init__(self, graph: Graph, kind: str) -> None:
        self.graph = graph
        self.kind = kind
        self.strings = Strings(graph)

    def recipe(self, version: str, sources: Iterable[str]) -> Recipe:
        """What the picture was made from."""
        end = self.end()
        above = [node for node, _ in self.graph.upstream(end)] if end else []
        passes = [node for node in above if is_sampler(node)]
        first = self.first_pass(end, passes)
        said = self.sampled(first) if first else {}
        prompts = [self.prompt(each) for each in passes if each is not first]
        if first is None:
            said["prompt"] = self.any_words(above, "positive")
            said["negative"] = self.any_words(above, "negative")
        if not said.get("prompt"):
            said["prompt"] = next((each for each in prompts if each), "")
        others = [each for each in prompts if each != said["prompt"]]
        everywhere = [*above, *self.graph.nodes.values()]
        said["model"] = said.get("model") or next(filter(None, map(self.model, everywhere)), "")
        if said.get("seed") is None:
            said["seed"] = self.first_number(everywhere, ("seed", "noise_seed"))
        extras = said.pop("extras", {})
        if len(passes) > 1:
            extras["Samplers"] = len(passes)
        return Recipe.of(
            NAME,
            tool_version=version,
            others=others,
            parents=[name for node in above if (name := loaded(node))],
            kinds=parent_kinds(self.graph, end, above),
            extras=extras,
            sources=list(sources),
            **said,
        )

    # --- from what was saved to the sampler that began it -------------------------------------
    def end(self) -> Node | None:
        """The node that saved this file: of several that could have, the one with most behind it.

        An animation is saved by a node of another name than a still.
        """
        ends = self.graph.ends()
        for words in (("animated", "webp") if self.kind == "WEBP" else ("saveimage",), ("save",)):
            if any(any(word in node.kind.lower() for word in words) for node in ends):
                ends = [node for node in ends if any(word in node.kind.lower() for word in words)]
                break
        else:
            shown = [node for node in ends if "preview" in node.kind.lower()]
            ends = shown or ends
        return max(
            ends[:MOST_ENDS],
            key=lambda node: sum(1 for _ in self.graph.upstream(node)),
            default=None,
        )

    def first_pass(self, end: Node | None, passes: list[Node]) -> Node | None:
        """Where the picture began: the farthest sampler along pictures and latents."""
        if end is None:
            return None
        along = [
            (node, distance)
            for node, distance in self.graph.upstream(end, carries_picture)
            if is_sampler(node)
        ]
        if along:
            return max(along, key=lambda pair: pair[1])[0]
        return passes[0] if passes else None

    # --- what the sampler was given -------------------------------------------------------------
    def sampled(self, node: Node) -> dict[str, Any]:
        """What one sampler was given, itself or through the nodes that guide it."""
        given = node.inputs
        guider = self.graph.source(given.get("guider"))
        plan = self.behind(given.get("sigmas"), "steps") or node
        noise = self.graph.source(given.get("noise")) or node
        chosen = self.graph.source(given.get("sampler"))
        latent = next((given[key] for key in given if carries_picture(key.lower())), None)
        space = self.behind(latent, "width")
        models = self.model_chain(guider or node)
        named = chosen.inputs.get("sampler_name") or chosen.kind if chosen else None
        said = {
            "prompt": self.prompt(node),
            "negative": self.words(node, "negative"),
            "seed": self.first_number([noise], _SEEDS),
            "steps": self.first_number([plan], ("steps",)),
            "cfg": self.first_number([guider or node], ("cfg", "cfg_conds", "guidance")),
            "sampler": named or self.strings.plain(given.get("sampler_name")),
            "scheduler": self.strings.plain(plan.inputs.get("scheduler")),
            "model": " + ".join(dict.fromkeys(filter(None, map(self.model, models)))),
            "loras": [lora for each in reversed(models) for lora in self.loras(each)],
        }
        if space is not None:
            said["width"] = self.first_number([space], ("width",))
            said["height"] = self.first_number([space], ("height",))
        extras: dict[str, Any] = {}
        denoise = self.first_number([plan, node], ("denoise",))
        if denoise is not None and denoise < 1:
            extras["Denoise"] = denoise
        guidance = self.guidance(node)
        if guidance is not None:
            extras["Guidance"] = guidance
        return said | {"extras": extras}

    def behind(self, value: Any, name: str) -> Node | None:
        """The nearest node behind a link that states a number called `name`."""
        start = self.graph.source(value)
        if start is None:
            return None
        for node, _ in self.graph.upstream(start, lambda key: key != "model"):
            if self.number(node.inputs.get(name)) is not None:
                return node
        return None

    def prompt(self, node: Node) -> str:
        """The words that reached a sampler."""
        return self.words(node, "positive")

    def words(self, node: Node, side: str) -> str:
        """The words on one side of what a sampler, or its guider, was given."""
        guider = self.graph.source(node.inputs.get("guider"))
        return self.strings.conditioning((guider or node).inputs, side)

    def guidance(self, node: Node) -> float | None:
        """How closely a model without a negative prompt was to follow the words."""
        guider = self.graph.source(node.inputs.get("guider")) or node
        for key in ("positive", "conditioning", "cond1"):
            start = self.graph.source(guider.inputs.get(key))
            if start is None:
                continue
            for each, _ in self.graph.upstream(start, lambda name: name.startswith("cond")):
                if "guidance" in each.inputs:
                    return decimal(each.inputs["guidance"])
        return None

    def any_words(self, nodes: list[Node], side: str) -> str:
        """The words of a graph without a sampler: a service that was only asked."""
        for node in nodes:
            if words := self.strings.asked(node, side):
                return words
        return ""

    # --- models and numbers ---------------------------------------------------------------------
    def model_chain(self, node: Node) -> list[Node]:
        """What stands between a sampler and the files its model was loaded from."""
        return [each for each, _ in self.graph.upstream(node, _carries_model) if each is not node]

    def model(self, node: Node) -> str:
        """The file of the main model a node loads, or nothing."""
        if any(word in node.kind.lower() for word in _OTHER_MODELS):
            return ""
        for key in _MODELS:
            name = node.inputs.get(key)
            if isinstance(name, str) and name not in {"", "None"}:
                return base_name(name)
        return ""

    def loras(self, node: Node) -> list[tuple[str, float | None]]:
        """The LoRAs a node lays over the model, of those that are switched on."""
        found = []
        for key, value in list(node.inputs.items())[:400]:
            match = _LORA.match(key.lower())
            if isinstance(value, dict) and value.get("on", True) and "lora" in value:
                found.append((str(value["lora"]), decimal(value.get("strength"))))
            elif match and isinstance(value, str) and value not in {"", "None"}:
                number = next((each for each in match.groups() if each), "")
                if str(node.inputs.get(f"switch_{number}", "On")).lower() in {"off", "false"}:
                    continue
                names = [f"{name}_{number}" if number else name for name in _WEIGHTS]
                names += [f"lora_{number}_strength"]
                found.append((value, self.first_number([node], names)))
        return found

    def first_number(self, nodes: Iterable[Node], names: Iterable[str]) -> int | float | None:
        """The first number any of `nodes` states under one of `names`."""
        names = tuple(names)
        for node in nodes:
            for name in names:
                number = self.number(node.inputs.get(name))
                if number is not None:
                    return number
        return None

    def number(self, value: Any) -> int | float | None:
        """A number, or the one a link leads to."""
        for _ in range(20):
            if isinstance(value, bool):
                return None
            if isinstance(value, int | float):
                return value
            node = self.graph.source(value)
            if node is None:
                return None
            value = next((node.inputs[key] for key in _SEEDS if key in node.inputs), None)
        return None


def _carries_model(name: str) -> bool:
    if any(word in name for word in ("upscale", "style", "control", "clip")):
        return False
    return name in GENERIC or any(
        word in name for word in ("model", "lora", "pipe", "unet", "ctx", "context")
    )
