"""The answer to "what changed from this version to that one", as far as it is known now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from . import change_words
from .making import Making
from .models import Version
from .models.comparison import ANALYSER, Comparison

LISTED = 12


@dataclass(frozen=True)
class Map:
    """A drawing of A with its areas, 1000 units on its longer side."""

    width: float
    height: float
    version: int


@dataclass(frozen=True)
class Changes:
    """What changed from `a` to `b`: "working", "first", "ready", "different" or "unable"."""

    a: Version
    b: Version
    state: str
    result: dict[str, Any]
    making: Making

    @classmethod
    def between(cls, a: Version, b: Version) -> "Changes":
        """What is kept, else a first answer at once while a worker finds the whole one."""
        making = Making.of(b, a)
        if a.blob_id == b.blob_id:
            return cls(a, b, "ready", {"regions": [], "share": 0.0}, making)
        kept = Comparison.objects.between(a, b)
        if kept.state != Comparison.State.WAITING:
            return cls(a, b, str(kept.state), kept.result, making)
        first = kept.first_look()
        return cls(a, b, "first" if first else "working", first, making)

    @property
    def numbers(self) -> tuple[int, int]:
        """The numbers of both versions."""
        return self.a.number, self.b.number

    @property
    def sentence(self) -> str:
        """All of it in words."""
        return change_words.sentence(self.numbers, self.state, self.result, self.making)

    @property
    def regions(self) -> list[dict[str, Any]]:
        """The areas, each with where it lies in words."""
        found: list[dict[str, Any]] = self.result.get("regions", [])
        return [{**each, "where": change_words.where(each)} for each in found]

    @property
    def listed(self) -> list[dict[str, Any]]:
        """Those a page lists."""
        return self.regions[:LISTED]

    @property
    def more(self) -> int:
        """How many areas the page does not list."""
        return max(0, len(self.result.get("regions", [])) - LISTED)

    @property
    def map(self) -> "Map | None":
        """A small picture of A to draw the areas on; None where there are none."""
        version = self.a
        if not self.result.get("regions") or not version.has_previews:
            return None
        width, height = version.width or 1, version.height or 1
        side = max(width, height) / 1000
        return Map(round(width / side, 1), round(height / side, 1), version.pk)

    @property
    def heat(self) -> str:
        """The address of the heat map, else nothing."""
        if self.state != "ready" or self.a.blob_id == self.b.blob_id:
            return ""
        old, new = self.numbers
        address = reverse("images:heat", args=[self.a.image_id])
        return f"{address}?v={old}&v={new}&made={ANALYSER}"

    @property
    def is_coming(self) -> bool:
        """Whether more will be known soon."""
        return self.state in {"working", "first"}

    def as_json(self) -> dict[str, Any]:
        """For the viewer."""
        names = ("matrix", "registration", "floor", "grade", "share")
        known = {name: self.result.get(name) for name in names}
        return {
            "state": self.state,
            "sentence": self.sentence,
            **known,
            "regions": self.regions,
            "heat": self.heat,
            "again": self.is_coming,
        }
