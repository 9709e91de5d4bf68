"""What the board tells of the films in the making and of the released ones, beside their titles."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from projects.images.models import Version
from projects.tools.models import said

from .concept import Concept, Shot, ShotImage
from .passage import Passage
from .wait import Wait


@dataclass(frozen=True)
class Lead:
    """Where a film comes from, what it waits for, and the shot that wants a choice."""

    running_time: Decimal | None
    book: str
    chapter: str
    waits_for: str
    choose_number: int | None
    choose_image: int | None


def leads(concepts: Iterable[Concept]) -> dict[int, Lead]:
    """The leads of `concepts` by key, in one query however many there are."""
    wanted = [concept.pk for concept in concepts]
    return {row["pk"]: _lead(row) for row in _rows(wanted)} if wanted else {}


def _rows(wanted: list[int]) -> QuerySet[Concept, Any]:
    mine = Shot.objects.filter(concept=OuterRef("pk")).order_by()
    kept = Version.objects.filter(image=OuterRef("image"), state=Version.State.KEPT)
    open_ones = (
        # By value, or a planner begins at all the pictures that have no pick.
        ShotImage.objects.alias(pick=Coalesce("image__pick", 0))
        .filter(Exists(kept), pick=0, shot__concept=OuterRef("pk"))
        .order_by("shot__number", "position")
        .values("image", "shot__number")
    )
    quoted = (
        Passage.objects.kept()
        .filter(concept=OuterRef("pk"), scene__isnull=False)
        .order_by("pk")
        .values("scene__chapter__book__title", "scene__chapter__title")
    )
    # Of the concept first, then of its shots.
    own = Wait.objects.open().filter(concept=OuterRef("pk")).order_by("since", "pk")
    shots = Wait.objects.open().filter(shot__concept=OuterRef("pk")).order_by("since", "pk")
    return Concept.objects.filter(pk__in=wanted).values(
        "pk",
        time=Subquery(mine.values("concept").annotate(sum=Sum("seconds")).values("sum")),
        book=Subquery(quoted.values("scene__chapter__book__title")[:1]),
        chapter=Subquery(quoted.values("scene__chapter__title")[:1]),
        own=Subquery(own.values("capability__title")[:1]),
        own_other=Subquery(own.values("capability__other_title")[:1]),
        parts=Subquery(shots.values("capability__title")[:1]),
        parts_other=Subquery(shots.values("capability__other_title")[:1]),
        choose=Subquery(open_ones.values("shot__number")[:1]),
        image=Subquery(open_ones.values("image")[:1]),
    )


def _lead(row: dict[str, Any]) -> Lead:
    title, other = (
        (row["own"], row["own_other"]) if row["own"] else (row["parts"], row["parts_other"])
    )
    return Lead(
        row["time"],
        row["book"] or "",
        row["chapter"] or "",
        said(title, other or "") if title else "",
        row["choose"],
        row["image"],
    )
