"""Draw Things: JSON as the Exif user comment inside XMP."""

from .containers import Found
from .recipe import Recipe, mapping, rows
from .xmp import items

NAME = "Draw Things"


def read(found: Found) -> Recipe | None:
    """The recipe of a comment that has its short keys: "c" for the prompt, "uc" for the other."""
    for item in items(found.get("xmp")):
        said = mapping(item.value) if "UserComment" in item.path else {}
        if "c" in said and "model" in said:
            width, _, height = str(said.get("size", "")).partition("x")
            return Recipe.of(
                NAME,
                prompt=said["c"],
                negative=said.get("uc"),
                model=said["model"],
                loras=[
                    (each.get("model") or each.get("file"), each.get("weight"))
                    for each in map(mapping, rows(said.get("lora")))
                ],
                seed=said.get("seed"),
                sampler=said.get("sampler"),
                steps=said.get("steps"),
                cfg=said.get("scale"),
                width=width,
                height=height,
                extras={"Strength": said.get("strength")},
                sources=found.sources("xmp"),
            )
    return None
