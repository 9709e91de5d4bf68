"""The axes of the page: what each measures, its words, and one chapter on it beside home."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.voice import drawing
from projects.voice.features import Measure
from projects.voice.home import Home, Range
from projects.voice.wording import verdict

PER_CENT = {"dialogue"}


@dataclass(frozen=True)
class Kind:
    """An axis: which feature it is, its words, and how it is drawn."""

    feature: str
    title: Any
    hint: Any
    low: Any
    high: Any
    from_zero: bool = True
    turned: bool = False


def kind(feature: str, *words: Any, **how: bool) -> Kind:
    """An axis with its four words: title, what is measured, left pole, right pole."""
    return Kind(feature, *words, **how)


# What authors call a voice, each as counts that are named.
DESCRIPTORS = (
    kind(
        "reasons",
        gettext_lazy("Rational"),
        gettext_lazy("causes, conditions, numbers"),
        gettext_lazy("image"),
        gettext_lazy("argument"),
    ),
    kind(
        "emphasis",
        gettext_lazy("Restrained"),
        gettext_lazy("intensifiers, exclamation, stress"),
        gettext_lazy("ornate"),
        gettext_lazy("bare"),
        turned=True,
    ),
    kind(
        "spans",
        gettext_lazy("Epic"),
        gettext_lazy("spans of time and distance named"),
        gettext_lazy("hours"),
        gettext_lazy("aeons"),
    ),
    kind(
        "ideas",
        gettext_lazy("Profound"),
        gettext_lazy("abstract nouns, open questions"),
        gettext_lazy("event"),
        gettext_lazy("idea"),
    ),
)
# What stylometry measures.
MEASURES = (
    kind(
        "sentence_median",
        gettext_lazy("Sentences"),
        gettext_lazy("their median length"),
        gettext_lazy("short"),
        gettext_lazy("long"),
    ),
    kind(
        "sentence_cv",
        gettext_lazy("Cadence"),
        gettext_lazy("how much their length varies"),
        gettext_lazy("even"),
        gettext_lazy("varied"),
        from_zero=False,
    ),
    kind(
        "dialogue",
        gettext_lazy("Dialogue"),
        gettext_lazy("share of words in quotation marks"),
        gettext_lazy("told"),
        gettext_lazy("spoken"),
    ),
    kind(
        "mattr",
        gettext_lazy("Vocabulary"),
        gettext_lazy("different words among 500"),
        gettext_lazy("recurring"),
        gettext_lazy("rich"),
        from_zero=False,
    ),
)


@dataclass
class Axis:
    """One axis with everything on it, as places along it."""

    kind: Kind
    home: tuple[float, float] | None
    dots: list[drawing.Dot]
    mark: float | None
    interval: tuple[float, float] | None
    is_small: bool
    verdict: str
    said: str

    @property
    def home_end(self) -> float:
        """Where home ends."""
        return round(sum(self.home), 2) if self.home else 0.0

    @classmethod
    def of(
        cls,
        kind: Kind,
        home: Home | None,
        here: Measure | None,
        others: Sequence[Measure],
        name: str,
    ) -> "Axis | None":
        """The chapter `here`, called `name`, among `others`; None while nothing is measured."""
        found = home.range(kind.feature) if home else None
        values = [value for each in others if (value := each.scalars.get(kind.feature)) is not None]
        value = here.scalars.get(kind.feature) if here else None
        bounds = here.intervals.get(kind.feature) if here else None
        ends = [found.low, found.high] if found else []
        on_it = [*values, *ends, *([] if value is None else [value])]
        if not on_it:
            return None
        scale = drawing.Scale.over(on_it, from_zero=kind.from_zero, turned=kind.turned)
        if here is None or value is None:
            told = ""
        elif here.is_small:
            told = _("too short to tell")
        else:
            told = verdict(found, value, turned=kind.turned) if found else ""
        return cls(
            kind,
            scale.span(*ends) if found else None,
            drawing.dots(scale, values),
            None if value is None else scale.at(value),
            scale.span(*bounds) if bounds else None,
            bool(here and here.is_small),
            told,
            said(kind, found, value, name),
        )


def said(kind: Kind, found: Range | None, value: float | None, name: str) -> str:
    """An axis as a sentence."""
    parts = [str(kind.title)]
    if value is not None:
        told = {"value": figure(kind.feature, value), "chapter": name}
        parts.append(_("%(chapter)s at %(value)s") % told)
    if found:
        low, high = figure(kind.feature, found.low), figure(kind.feature, found.high)
        parts.append(_("home range %(low)s to %(high)s") % {"low": low, "high": high})
    return _("; ").join(parts)


def figure(feature: str, value: float | None) -> str:
    """A value as a person reads it: 31%, 21, 0.52."""
    if value is None:
        return "–"
    if feature in PER_CENT:
        return f"{100 * value:.0f}%"
    if feature in {"mattr", "sentence_cv"}:
        return f"{value:.2f}"
    return f"{value:.1f}".removesuffix(".0")
