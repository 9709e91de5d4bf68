"""SwarmUI: JSON with "sui_image_params", under "parameters" or as an Exif user comment or model."""

from .containers import Found
from .recipe import Recipe, mapping, rows

NAME = "SwarmUI"
_NAMED = {
    *("prompt", "negativeprompt", "model", "seed", "sampler", "scheduler", "steps", "cfgscale"),
    *("width", "height", "loras", "loraweights", "swarm_version", "images", "comfyuisampler"),
    *("comfyuischeduler", "initimage"),
}


def read(found: Found) -> Recipe | None:
    """The recipe of the first text that has those parameters."""
    for key in ("parameters", "Exif UserComment", "Exif Model"):
        said = mapping(mapping(found.get(key)).get("sui_image_params"))
        if said:
            weights = [*rows(said.get("loraweights")), *[None] * 100]
            return Recipe.of(
                NAME,
                tool_version=said.get("swarm_version"),
                prompt=said.get("prompt"),
                negative=said.get("negativeprompt"),
                model=said.get("model"),
                loras=list(zip(rows(said.get("loras")), weights, strict=False)),
                seed=said.get("seed"),
                sampler=said.get("sampler") or said.get("comfyuisampler"),
                scheduler=said.get("scheduler") or said.get("comfyuischeduler"),
                steps=said.get("steps"),
                cfg=said.get("cfgscale"),
                width=said.get("width"),
                height=said.get("height"),
                extras={name: value for name, value in said.items() if name not in _NAMED},
                sources=found.sources(key),
            )
    return None
