"""NovelAI: Description, Software, Source and Comment (JSON), as PNG texts or hidden in alpha."""

import re
from typing import Any

from .containers import Found
from .recipe import Recipe, mapping, rows, text

NAME = "NovelAI"


def read(found: Found) -> Recipe | None:
    """The recipe of a file whose software is NovelAI."""
    hidden = mapping(found.get("stealth"))
    told = {key: hidden.get(key) or found.get(key) for key in ("Description", "Software", "Source")}
    said = mapping(hidden.get("Comment") or found.get("Comment"))
    if told["Software"] != NAME:
        return None
    source = text(told["Source"])
    cut = re.match(r"(.*\S)\s+([0-9A-F]{6,10})$", source)  # the model's name, then its hash
    return Recipe.of(
        NAME,
        prompt=caption(said.get("v4_prompt")) or told["Description"] or said.get("prompt"),
        negative=caption(said.get("v4_negative_prompt")) or said.get("uc"),
        model=cut[1] if cut else source,
        seed=said.get("seed"),
        sampler=said.get("sampler"),
        scheduler=said.get("noise_schedule"),
        steps=said.get("steps"),
        cfg=said.get("scale"),
        width=said.get("width"),
        height=said.get("height"),
        extras={
            "Strength": said.get("strength"),
            "Noise": said.get("noise") or None,
            "CFG rescale": said.get("cfg_rescale") or None,
            "Request": said.get("request_type"),
        },
        sources=found.sources("stealth" if hidden else "Comment"),
    )


def caption(value: Any) -> str:
    """The words of version 4: those of the whole, then those of each character."""
    said = mapping(mapping(value).get("caption"))
    each = [mapping(one).get("char_caption") for one in rows(said.get("char_captions"))]
    words = [text(one, 20_000) for one in (said.get("base_caption"), *each)]
    return "\n".join(filter(None, words))
