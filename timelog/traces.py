"""What was saved in the studio, and when: the evidence of work, read from the works themselves.

The works do not know that they are timed. Here stands which of their rows bear witness: the instant
of each, and the scene, picture, shot or film it belongs to. All of it is read in one query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from timelog.sharing import Thing

WHATS = ("scene", "image", "shot", "concept")


@dataclass(frozen=True)
class Trace:
    """A kind of rows that witness work: the field with their instant, and where each thing they
    belong to stands ({"scene": "scene"}); of several the first that is not empty counts."""

    model: str
    at: str
    things: Mapping[str, str] = field(default_factory=dict)
    where: Q = field(default_factory=Q)

    def rows(self, condition: Q) -> "QuerySet[Any, Any]":
        """(instant, scene, image, shot, concept) of each."""
        model = apps.get_model(self.model)
        nothing = Cast(Value(None), BigIntegerField())
        columns: dict[str, Any] = {f"of_{what}": nothing for what in WHATS}
        columns |= {
            f"of_{what}": Cast(F(path), BigIntegerField()) for what, path in self.things.items()
        }
        every: QuerySet[Any, Any] = model._base_manager.filter(self.where)
        dated = every.annotate(when=F(self.at), **columns).filter(condition)
        told: QuerySet[Any, Any] = dated.order_by().values_list("when", *columns)
        return told


_traces: list[Trace] = []


def register(trace: Trace) -> None:
    """Count rows as evidence of work."""
    if trace not in _traces:
        _traces.append(trace)


def saved(start: datetime, end: datetime) -> list[tuple[datetime, Thing | None]]:
    """(instant, thing) of all that was saved after `start` and up to `end`, in order."""
    found = [(when, thing_of(ids)) for when, *ids in rows(Q(when__gt=start, when__lte=end))]
    return sorted(found, key=lambda mark: mark[0])


def rows(condition: Q) -> Iterable[tuple[Any, ...]]:
    """All rows of evidence that meet the condition on `when`, in one query."""
    first, *rest = (trace.rows(condition) for trace in _traces)
    return first.union(*rest, all=True)


def thing_of(ids: Iterable[int | None]) -> Thing | None:
    """("shot", 5) of the columns of a row."""
    found = {what: pk for what, pk in zip(WHATS, ids, strict=True) if pk}
    for what in ("scene", "image", "shot", "concept"):
        if what in found:
            return what, found[what]
    return None


FIRST = (
    Trace("writing.Revision", "created", {"scene": "scene"}, ~Q(kind__in=["import", "moved"])),
    Trace("writing.Remark", "created", {"scene": "scene"}),
    Trace("images.Version", "created", {"image": "image"}),
    Trace("videos.Passage", "created", {"shot": "shot", "concept": "concept"}),
    Trace("videos.BriefRevision", "created", {"concept": "concept"}),
    Trace("videos.StageChange", "since", {"concept": "concept"}),
    Trace("videos.Wait", "created", {"shot": "shot", "concept": "concept"}),
    Trace("videos.ThreadLink", "created", {"concept": "concept"}),
    Trace("worlds.Entry", "created"),
    Trace("tools.Trial", "created"),
)
