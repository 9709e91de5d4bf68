"""Easy Diffusion: each value under a key of its own, in one of two spellings, or all as JSON."""

from typing import Any

from .containers import Found
from .recipe import Recipe, base_name, mapping, rows

NAME = "Easy Diffusion"
_KEYS = {
    "prompt": ("prompt", "Prompt"),
    "negative": ("negative_prompt", "Negative Prompt"),
    "model": ("use_stable_diffusion_model", "Stable Diffusion model", "Stable Diffusion Model"),
    "seed": ("seed", "Seed"),
    "sampler": ("sampler_name", "Sampler"),
    "steps": ("num_inference_steps", "Steps", "Inference Steps"),
    "cfg": ("guidance_scale", "Guidance Scale"),
    "width": ("width", "Width"),
    "height": ("height", "Height"),
}
_LORA = ("use_lora_model", "LoRA model", "LoRA")
_WEIGHT = ("lora_alpha", "LoRA alpha", "LoRA Strength")


def read(found: Found) -> Recipe | None:
    """The recipe of a file that states a model and a prompt under those keys."""
    said: dict[str, Any] = mapping(found.get("Exif UserComment")) or found.texts
    given = {name: first(said, keys) for name, keys in _KEYS.items()}
    if not given["model"] or not given["prompt"] or not given["steps"]:
        return None
    given["model"] = base_name(given["model"])
    names, weights = first(said, _LORA), first(said, _WEIGHT)
    loras = zip(rows(names) or [names], rows(weights) or [weights], strict=False)
    sources = found.sources("Exif UserComment", "prompt", "Prompt")[:1]
    return Recipe.of(NAME, loras=[each for each in loras if each[0]], sources=sources, **given)


def first(said: dict[str, Any], keys: tuple[str, ...]) -> Any:
    """The value under the first of `keys` that has one."""
    return next((said[key] for key in keys if said.get(key) not in (None, "", "None")), None)
