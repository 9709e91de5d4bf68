"""AUTOMATIC1111's web UI and those that write as it does: Forge, SD.Next, and many a script.

Prompt, then "Negative prompt: …", then one line of "Key: value" pairs (modules/infotext_utils.py of
the web UI). In PNG under "parameters", in JPEG and WebP as an Exif user comment, in GIF a comment.
"""

import re
from typing import Any

from .containers import Found
from .recipe import Recipe, base_name, mapping, parsed, rows, text

NAME = "AUTOMATIC1111"
KEYS = ("parameters", "Exif UserComment", "stealth", "comment", "Exif ImageDescription")
MOST_LINE = 20_000
LEAST_PAIRS = 3
LORA = re.compile(r"<(?:lora|lyco):([^:<>]{1,200})(?::([-\d.]{1,20}))?[^<>]{0,100}>")
_PAIR = re.compile(r'\s*([\w][\w \-/]{0,59}):\s*("(?:\\.|[^\\"]){1,5000}"|[^,]*)(?:,|$)')
_SIZE = re.compile(r"(\d{1,6})\s*[x×]\s*(\d{1,6})")
_NEGATIVE = "Negative prompt:"
_NAMED = {
    *("Steps", "Sampler", "Schedule type", "CFG scale", "Seed", "Size", "Model", "Version", "App"),
    *("Hashes", "Model hash", "VAE hash", "Lora hashes", "TI hashes"),
    *("Civitai resources", "Civitai metadata", "Template", "Negative Template"),
}


def read(found: Found) -> Recipe | None:
    """The recipe in the first text that has a line of settings."""
    for key in KEYS:
        recipe = infotext(found.get(key), sources=found.sources(key))
        if recipe is not None:
            return recipe
    return None


def infotext(words: str, **more: Any) -> Recipe | None:
    """The recipe such a text tells; None where it has no line of settings."""
    if words.lstrip().startswith("{"):
        return None  # JSON of another tool
    lines = words.strip().split("\n")
    at = next(
        (number for number in range(len(lines) - 1, -1, -1) if lines[number].startswith("Steps:")),
        len(lines) - 1,
    )
    pairs = settings(", ".join(line.strip(" ,") for line in lines[at:])[:MOST_LINE])
    if len(pairs) < LEAST_PAIRS:
        return None
    prompt, _, negative = "\n".join(["", *lines[:at]]).partition(f"\n{_NEGATIVE}")
    size = _SIZE.search(pairs.get("Size", ""))
    tool, version = maker(pairs)
    return Recipe.of(
        tool,
        tool_version=version,
        prompt=prompt,
        negative=negative,
        model=pairs.get("Model"),
        loras=[*LORA.findall(prompt), *resources(pairs)],
        seed=pairs.get("Seed"),
        sampler=pairs.get("Sampler"),
        scheduler=pairs.get("Schedule type"),
        steps=pairs.get("Steps"),
        cfg=pairs.get("CFG scale"),
        width=size and size[1],
        height=size and size[2],
        extras={name: said for name, said in pairs.items() if name not in _NAMED},
        **more,
    )


def settings(line: str) -> dict[str, str]:
    """The pairs of a line of settings; a quoted value is JSON."""
    pairs: dict[str, str] = {}
    for match in _PAIR.finditer(line):
        value = match[2].strip()
        if value.startswith('"'):
            value = text(parsed(value), 5000) or value
        pairs.setdefault(match[1].strip(), value)
    return pairs


def maker(pairs: dict[str, str]) -> tuple[str, str]:
    """(tool, version) by how it calls itself; the first web UI does not."""
    version, app = pairs.get("Version", ""), pairs.get("App", "")
    if app:
        return app, version
    named = re.match(r"([A-Za-z][\w .]*?)\s+v?(\d[\w.\-]*)$", version)
    if named:
        return named[1], named[2]
    if re.match(r"(?:f\d|neo|forge)", version, re.IGNORECASE):
        return "Forge", version
    if re.fullmatch(r"[A-Za-z]+", version):
        return version, ""
    return NAME, version


def resources(pairs: dict[str, str]) -> list[tuple[str, Any]]:
    """The LoRAs in the list Civitai writes beside a prompt."""
    return [
        (base_name(each.get("modelName")), each.get("weight"))
        for each in map(mapping, rows(parsed(pairs.get("Civitai resources", ""))))
        if str(each.get("type", "")).lower() in {"lora", "locon", "lycoris"}
    ]
