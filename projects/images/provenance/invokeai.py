"""InvokeAI, in the three ways it has written: "invokeai_metadata" (3 and later), "sd-metadata"
(2), and the command line of "Dream" (1)."""

import re
from typing import Any

from .containers import Found
from .recipe import Recipe, decimal, mapping, rows, text

NAME = "InvokeAI"
_DREAM = {
    "s": "steps",
    "S": "seed",
    "W": "width",
    "H": "height",
    "C": "cfg",
    "A": "sampler",
}
_OPTION = re.compile(r"\s-([A-Za-z]{1,3})\s+([^\s\-]\S{0,100})")
_UNWANTED_WORDS = re.compile(r"\[([^\[\]]*)\]")


def read(found: Found) -> Recipe | None:
    """The recipe in the newest of the ways that is there."""
    for key, reader in (("invokeai_metadata", modern), ("sd-metadata", second), ("Dream", dream)):
        words = found.get(key)
        recipe = reader(words, found.sources(key)) if words else None
        if recipe is not None:
            return recipe
    return None


def modern(words: str, sources: list[str]) -> Recipe | None:
    """Version 3 and later."""
    said = mapping(words)
    if not said:
        return None
    extras = {
        "Mode": said.get("generation_mode"),
        "CFG rescale": decimal(said.get("cfg_rescale_multiplier")) or None,
        "Denoise": said.get("strength"),
        "Clip skip": said.get("clip_skip") or None,
        "VAE": name_of(said.get("vae")),
        "Style prompt": said.get("positive_style_prompt"),
    }
    looked_at = [_image_name(mapping(each).get("image")) for each in rows(said.get("ipAdapters"))]
    begun = _image_name(said.get("init_image"))
    kinds = dict.fromkeys(looked_at, "reference") | {begun: "edit"}
    return Recipe.of(
        NAME,
        tool_version=said.get("app_version"),
        prompt=said.get("positive_prompt"),
        negative=said.get("negative_prompt"),
        model=name_of(said.get("model")),
        loras=[
            (name_of(each.get("model") or each.get("lora")), each.get("weight"))
            for each in map(mapping, rows(said.get("loras")))
        ],
        seed=said.get("seed"),
        scheduler=None,
        sampler=said.get("scheduler"),  # what it calls a scheduler is everybody's sampler
        steps=said.get("steps"),
        cfg=said.get("cfg_scale"),
        width=said.get("width"),
        height=said.get("height"),
        parents=[*looked_at, begun],
        kinds=kinds,
        extras=extras,
        sources=sources,
    )


def _image_name(image: Any) -> str:
    """The name of a picture, which is a text or stands in an object."""
    return text(mapping(image).get("image_name", image))


def name_of(model: Any) -> str:
    """A model's name, which is a key, or one of two in an object."""
    said = mapping(model)
    return text(said.get("name") or said.get("model_name")) or text(model)


def second(words: str, sources: list[str]) -> Recipe | None:
    """Version 2, with the weights of each part of the prompt."""
    said = mapping(words)
    image = mapping(said.get("image"))
    if not image:
        return None
    given = image.get("prompt")
    parts = [text(mapping(each).get("prompt"), 20_000) for each in rows(given)]
    prompt, negative = sides(text(given, 20_000) or ", ".join(filter(None, parts)))
    return Recipe.of(
        NAME,
        tool_version=said.get("app_version"),
        prompt=prompt,
        negative=negative,
        model=said.get("model_weights"),
        seed=image.get("seed"),
        sampler=image.get("sampler"),
        steps=image.get("steps"),
        cfg=image.get("cfg_scale"),
        width=image.get("width"),
        height=image.get("height"),
        sources=sources,
    )


def dream(words: str, sources: list[str]) -> Recipe | None:
    """Version 1: "the prompt [what not]" and options as on a command line."""
    quoted, _, rest = words[:40_000].rpartition('"')
    if not quoted.startswith('"'):
        return None
    prompt, negative = sides(quoted[1:])
    given = {_DREAM[key]: value for key, value in _OPTION.findall(rest) if key in _DREAM}
    return Recipe.of(NAME, prompt=prompt, negative=negative, sources=sources, **given)


def sides(words: str) -> tuple[str, str]:
    """Version 1 and 2 write what is not wanted in brackets."""
    negative = " ".join(each.strip() for each in _UNWANTED_WORDS.findall(words))
    return " ".join(_UNWANTED_WORDS.sub("", words).split()) if negative else words, negative
