"""Midjourney: the prompt with its options, and the job's number, as the file's description."""

import re

from .containers import Found
from .recipe import Recipe

NAME = "Midjourney"
_JOB = re.compile(r"\s*Job ID:\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*$", re.IGNORECASE)
# An option and what follows it up to the next one; the dashes may have been made one long dash.
_OPTION = re.compile(r"\s(?:--|—)([a-z]+)((?:\s+(?!--|—)\S+)*)", re.IGNORECASE)
_NAMED = {"v", "version", "niji", "no", "seed", "sameseed"}
_LABELS = {
    "ar": "Aspect ratio",
    "aspect": "Aspect ratio",
    "s": "Stylize",
    "stylize": "Stylize",
    "c": "Chaos",
    "chaos": "Chaos",
    "w": "Weird",
    "weird": "Weird",
    "iw": "Image weight",
    "q": "Quality",
    "sref": "Style reference",
    "cref": "Character reference",
    "style": "Style",
}


def read(found: Found) -> Recipe | None:
    """The recipe of a description that ends with a job's number."""
    for key in ("Description", "Exif ImageDescription", "xmp description", "comment"):
        words = found.get(key)[:20_000]
        job = _JOB.search(words)
        if job:
            return told(words[: job.start()], job[1], found.sources(key))
    return None


def told(words: str, job: str, sources: list[str]) -> Recipe:
    """The recipe of a prompt with its options."""
    first = _OPTION.search(words)
    options = {key.lower(): value.strip() for key, value in _OPTION.findall(words)}
    niji = options.get("niji")
    extras = {
        _LABELS.get(name, name.capitalize()): value or "yes"
        for name, value in options.items()
        if name not in _NAMED
    }
    return Recipe.of(
        NAME,
        tool_version=f"niji {niji}" if niji else options.get("v") or options.get("version"),
        prompt=words[: first.start()] if first else words,
        negative=options.get("no"),
        seed=options.get("seed") or options.get("sameseed"),
        extras=extras | {"Job": job},
        sources=sources,
    )
