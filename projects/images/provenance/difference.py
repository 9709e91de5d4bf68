"""What changed in the making from one version to the next."""

from typing import NamedTuple

from .recipe import Lora, Recipe

# In the order a person would ask: with what, from what, by which numbers.
_COMPARED = (
    *("tool", "tool_version", "model", "seed", "steps", "cfg", "sampler", "scheduler"),
    "size",
)


class Change(NamedTuple):
    """One thing that changed: its name as a field, what it was and what it is; "" is nothing."""

    name: str
    old: str
    new: str


def changes(old: Recipe, new: Recipe) -> list[Change]:
    """All that changed but the prompts: those are read word by word, not told of.

    Two tools do not write down the same things, so of them only what both tell is compared.
    """
    found = [Change(name, said(old, name), said(new, name)) for name in _COMPARED]
    before, after = weights(old), weights(new)
    found += [
        Change("lora", before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys([*before, *after])
    ]
    found += [
        Change(name, old.extras.get(name, ""), new.extras.get(name, ""))
        for name in dict.fromkeys([*old.extras, *new.extras])
        if name != "Job"  # of another picture, another one
    ]
    if old.tool != new.tool:
        found = [each for each in found if each.name == "lora" or (each.old and each.new)]
        found = [each for each in found if each.name != "tool_version"]
    return [each for each in found if each.old != each.new]


def said(recipe: Recipe, name: str) -> str:
    """A field as it is written."""
    if name == "size":
        return f"{recipe.width} × {recipe.height}" if recipe.width and recipe.height else ""
    value = getattr(recipe, name)
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def weights(recipe: Recipe) -> dict[str, str]:
    """The LoRAs by name, each as it is written."""
    return {lora.name: written(lora) for lora in recipe.loras}


def written(lora: Lora) -> str:
    """A LoRA with its weight."""
    return lora.name if lora.weight is None else f"{lora.name} {lora.weight:g}"
