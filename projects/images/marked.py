"""Marks as a page shows them: numbered, each with what became of it on the version looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Image, Mark, Trace, Version
from .places import PLACES, place_of
from .shapes import outline

COARSE = 10.0  # ΔE: where no less could be seen, "untouched" would say too much


@dataclass(frozen=True)
class Marked:
    """A mark with its number on the picture, and its traces by version."""

    number: int
    mark: Mark
    traces: dict[int, Trace]
    on: Version | None = None

    @property
    def version(self) -> Version:
        """The version it was made on."""
        return self.mark.version

    @property
    def trace(self) -> Trace | None:
        """What became of it on the version looked at; None where that is its own, or not known."""
        return self.traces.get(self.on.pk) if self.on else None

    @property
    def is_awaited(self) -> bool:
        """Whether a worker still has to find it on the version looked at."""
        elsewhere = self.on is not None and self.on.pk != self.version.pk
        return elsewhere and self.trace is None and bool(self.on and self.on.has_previews)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return place_of(self.mark.middle)

    @property
    def fate(self) -> str:
        """What became of it on the version looked at, as a sentence; empty on its own."""
        trace = self.trace
        if trace is None or self.on is None:
            return ""
        names = {"number": self.on.number, "share": max(1, round(100 * trace.share))}
        if trace.verdict == Trace.Verdict.UNTOUCHED and trace.floor >= COARSE:
            return _("No strong change seen in v%(number)d; a fine one would not show") % names
        if trace.verdict == Trace.Verdict.UNTOUCHED:
            return _("Untouched in v%(number)d") % names
        if trace.verdict == Trace.Verdict.CHANGED:
            return _("Changed in v%(number)d: %(share)d %% of it") % names
        if trace.verdict == Trace.Verdict.GONE and not trace.points:
            return _("v%(number)d is framed otherwise; not found there") % names
        if trace.verdict == Trace.Verdict.GONE:
            return _("Outside the frame of v%(number)d") % names
        return _("v%(number)d cannot be compared") % names

    @property
    def limit(self) -> str:
        """Below what nothing was seen, in figures, where that is much; else empty."""
        trace = self.trace
        if not trace or trace.verdict != Trace.Verdict.UNTOUCHED or trace.floor < COARSE:
            return ""
        return _("Nothing below ΔE %(floor)d is seen here") % {"floor": round(trace.floor)}

    @property
    def addressed_in(self) -> Version | None:
        """The first later version that changed the place of an open to-do."""
        if not self.mark.is_todo or self.mark.done:
            return None
        changed = [
            trace.version
            for trace in self.traces.values()
            if trace.verdict == Trace.Verdict.CHANGED and trace.is_later
        ]
        return min(changed, key=lambda version: version.number, default=None)

    @property
    def data(self) -> dict[str, Any]:
        """What the viewer draws: on its own version, and dashed on the others."""
        mark = self.mark
        return {
            "id": mark.pk,
            "number": self.number,
            "version": self.version.number,
            "shape": mark.shape,
            "kind": mark.kind,
            "done": mark.done is not None,
            "body": mark.body,
            "points": outline(mark.shape, mark.points),
            "edit": reverse("images:mark_edit", args=[mark.pk]),
            "on": {
                trace.version.number: {"points": trace.points, "verdict": trace.verdict}
                for trace in self.traces.values()
                if trace.points
            },
        }


def marks_of(image: Image, versions: Sequence[Version], on: Version | None = None) -> list[Marked]:
    """All marks of a picture, numbered as they were made; two queries at most."""
    by_pk = {version.pk: version for version in versions}
    found = []
    for number, mark in enumerate(Mark.objects.of_image(image), 1):
        if mark.version_id not in by_pk:
            continue
        mark.version = by_pk[mark.version_id]
        traced = [trace for trace in mark.traces.all() if trace.version_id in by_pk]
        for trace in traced:
            trace.version, trace.mark = by_pk[trace.version_id], mark
        found.append(Marked(number, mark, {trace.version_id: trace for trace in traced}, on))
    return found


def warn(marked: Sequence[Marked], versions: Sequence[Version]) -> None:
    """Tell each version what it changed of what was approved before: `version.broken`."""
    for version in versions:
        traces = [one.traces[version.pk] for one in marked if version.pk in one.traces]
        broken = [trace for trace in traces if trace.is_broken]
        version.broken = broken  # type: ignore[attr-defined]


def marks_context(image: Image, versions: Sequence[Version], on: Version | None) -> dict[str, Any]:
    """What the list of marks shows, beside the version `on`; and each version is warned."""
    marked = marks_of(image, versions, on)
    warn(marked, versions)
    return {
        "marked": marked,
        "standing": [one for one in marked if not one.mark.done],
        "settled": [one for one in marked if one.mark.done],
        "awaited": any(one.is_awaited for one in marked),
        "marked_data": [one.data for one in marked],
        "mark_on": list(reversed(versions)),
        "other": on,
        "places": PLACES,
    }
