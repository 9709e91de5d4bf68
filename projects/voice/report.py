"""What `measure_voice` tells: units and the home they are measured against. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .features import LEAST, Measure, measure
from .home import Home, TooLittle, counts_at_home, nearest
from .texts import Named, need_pieces, pieces


@dataclass
class Report:
    """The units in their order with their measures; home, or why there is none."""

    language: str
    units: list[tuple[Named, Measure]]
    home: Home | None
    of_home: dict[str, Measure]
    own: dict[str, int]
    alone: bool
    note: str = ""

    @classmethod
    def of(cls, units: Sequence[Named], baseline: Sequence[Named], language: str) -> "Report":
        """Measure `units` against `baseline`, all in `language`; without one, against each other.

        A baseline of few files is cut into pieces. Raises TooLittle when it is too short for that.
        """
        measured = [(unit, measure(unit.text, language)) for unit in units]
        if not baseline:
            home, note = None, ""
            try:
                home = Home.of([each for _, each in measured])
            except TooLittle as error:
                note = str(error)
            named = {unit.name: each for unit, each in measured if counts_at_home(each)}
            texts = [unit.text for unit, each in measured if counts_at_home(each)]
        else:
            parts = pieces(baseline, language) if need_pieces(baseline) else baseline
            whole = [(part, measure(part.text, language)) for part in parts]
            home, note = Home.of([each for _, each in whole]), ""
            named = {part.name: each for part, each in whole if counts_at_home(each)}
            texts = [part.text for part, each in whole if counts_at_home(each)]
        own = {text: at for at, text in enumerate(texts)}
        return cls(language, measured, home, named, own, not baseline, note)

    def distance(self, unit: Named, made: Measure) -> float | None:
        """How far from home; a text of home itself is measured against the others."""
        if self.home is None:
            return None
        at = self.own.get(unit.text)
        return self.home.distance(made) if at is None else self.home.own_distances[at]

    def rows(self) -> list[dict[str, Any]]:
        """A plain dictionary for each unit."""
        return [self.row(unit, made) for unit, made in self.units]

    def row(self, unit: Named, made: Measure) -> dict[str, Any]:
        """One unit: what was measured, and where that stands."""
        home, distance = self.home, self.distance(unit, made)
        told: dict[str, Any] = {
            "name": unit.name,
            "file": unit.file,
            "chars": made.chars,
            "words": made.words,
            "small": made.is_small,
            "features": {
                "sentences": len(made.lengths),
                "paragraphs": made.paragraphs,
                **made.scalars,
                "marks": made.marks,
                "function_words": made.function,
            },
            "intervals": {name: list(bounds) for name, bounds in made.intervals.items()},
            "distance": distance,
            "limit": home.limit(made.words) if home and distance is not None else None,
            "within": home.within(distance, made) if home else None,
        }
        if home:
            told["delta"] = home.delta(made)
            told["z"] = {
                name: found.z(value)
                for name, value in made.scalars.items()
                if value is not None and (found := home.range(name)) and found.deviation
            }
            told["moved"] = [vars(each) for each in home.moved(made)]
            others = {name: each for name, each in self.of_home.items() if name != unit.name}
            told["nearest"] = nearest(home, made, others)
        return told

    def baseline(self) -> dict[str, Any]:
        """Home as plain values."""
        if self.home is None:
            return {"units": 0, "note": self.note}
        home = self.home
        return {
            "units": home.units,
            "names": list(self.of_home),
            "of": "each other" if self.alone else "baseline",
            "words": home.words,
            "chars": sum(each.chars for each in self.of_home.values()),
            "distances": home.own_distances,
            "delta": home.typical,
            "features": home.ranges,
            "function_words": dict(
                zip(home.markers, (1000 * mean for mean in home.means), strict=True)
            ),
        }

    def as_json(self) -> dict[str, Any]:
        """All of it, numbers to six places."""
        told = {
            "language": self.language,
            "least_words": LEAST[self.language],
            "units": self.rows(),
            "baseline": self.baseline(),
        }
        rounded: dict[str, Any] = _rounded(told)
        return rounded


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return value
