"""Fooocus, whose own scheme is JSON under "parameters" with "fooocus_scheme" beside it.

In JPEG and WebP the same JSON is the Exif user comment and the scheme the maker's note. Its other
scheme is that of the web UI, and read there.
"""

import re
from collections.abc import Iterator

from .containers import Found
from .recipe import Recipe, mapping, rows, text

NAME = "Fooocus"
_NUMBERS = re.compile(r"\d{1,6}")
_EXTRAS = {
    "performance": "Performance",
    "styles": "Styles",
    "sharpness": "Sharpness",
    "refiner_model": "Refiner",
    "refiner_switch": "Refiner switch",
    "adm_guidance": "ADM guidance",
    "clip_skip": "Clip skip",
    "vae": "VAE",
}


def read(found: Found) -> Recipe | None:
    """The recipe in Fooocus' own scheme."""
    for key in ("parameters", "Exif UserComment"):
        said = mapping(found.get(key))
        version = text(said.get("version"))
        if not version.startswith(NAME) and not found.get("fooocus_scheme"):
            continue
        if not said:
            continue
        size = _NUMBERS.findall(text(said.get("resolution")))
        return Recipe.of(
            NAME,
            tool_version=version.removeprefix(NAME).strip(" v"),
            prompt=said.get("prompt"),
            negative=said.get("negative_prompt"),
            model=said.get("base_model"),
            loras=list(loras(said)),
            seed=said.get("seed"),
            sampler=said.get("sampler"),
            scheduler=said.get("scheduler"),
            steps=said.get("steps"),
            cfg=said.get("guidance_scale"),
            width=size[0] if len(size) == 2 else None,
            height=size[1] if len(size) == 2 else None,
            extras={
                label: said[name]
                for name, label in _EXTRAS.items()
                if said.get(name) not in (None, "None", "")
            },
            sources=found.sources(key),
        )
    return None


def loras(said: dict[str, object]) -> Iterator[tuple[object, object]]:
    """Those of the list, and those of older versions: "lora_combined_1": "name : weight"."""
    for each in map(rows, rows(said.get("loras"))):
        if len(each) >= 2:
            yield each[0], each[1]
    for name, value in said.items():
        if name.startswith("lora_combined_"):
            lora, _, weight = text(value).rpartition(" : ")
            yield lora, weight
