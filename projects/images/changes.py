"""The answer to "what changed from this version to that one", as far as it is known now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from . import change_words
from .making import Making
from .models import Version
from .models.comparison import ANALYSER, Comparison


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
        return [
            {**each, "where": change_words.where(each), "said": change_words.share(each["share"])}
            for each in found
        ]

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
        regions = [{k: v for k, v in each.items() if k != "said"} for each in self.regions]
        return {
            "state": self.state,
            "sentence": self.sentence,
            **known,
            "regions": regions,
            "heat": self.heat,
            "again": self.is_coming,
        }
