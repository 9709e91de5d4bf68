"""What the studio holds that could be published, each part read once.

The pages of the author's side and the act of publishing read it; the public side never does.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, Sum
from django.utils import timezone

from projects.images.models import Version
from projects.videos.models import Concept, Shot
from projects.worlds.models import World
from projects.writing.models import Status
from projects.writing.shelf import Volume, shelf
from studio.public.stills import Sides, Still
from studio.store.days import Days
from timelog.duration import whole_hours
from timelog.models import DayTotal, Intention, Kind, Milestone

YEAR = timedelta(days=53 * 7)


class Settled(NamedTuple):
    """A picture the author has picked; only such pictures are offered."""

    version: int
    sha256: str
    width: int
    height: int
    image: int
    title: str
    concept: int | None
    versions: int


@dataclass(frozen=True)
class Marks:
    """A milestone: hours of some kinds."""

    pk: int
    hours: int
    name: str
    reached: date | None
    kinds: frozenset[int]


class Studio:
    """Lazily read rows."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or timezone.now()

    # --- words ----------------------------------------------------------------------------------
    @cached_property
    def world(self) -> World | None:
        """The world whose name the page carries: the first one, as in the studio itself."""
        return World.objects.order_by("pk").first()

    @cached_property
    def intention(self) -> Intention | None:
        """Why it was begun."""
        return Intention.objects.current()

    @cached_property
    def volumes(self) -> list[Volume]:
        """The books, twins as one."""
        return shelf(self.world) if self.world else []

    @cached_property
    def statuses(self) -> dict[int, list[tuple[int, str]]]:
        """By book, the author's words for how far a text is, in order."""
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        rows = Status.objects.filter(book__world=self.world)
        for book, pk, label in rows.values_list("book_id", "pk", "label"):
            found[book].append((pk, label))
        return found

    # --- films and pictures ---------------------------------------------------------------------
    @cached_property
    def concepts(self) -> list[Any]:
        """All films, with their counts."""
        return list(Concept.objects.with_counts())

    @property
    def making(self) -> list[Any]:
        """Those in the making, the most advanced first."""
        found = [concept for concept in self.concepts if concept.stage in Concept.MAKING]
        return sorted(found, key=lambda one: (-one.stage_since.timestamp(), one.number))

    @cached_property
    def seconds(self) -> dict[int, float]:
        """How long each film is, by its shots."""
        rows = Shot.objects.order_by().values_list("concept").annotate(long=Sum("seconds"))
        return {concept: float(long or 0) for concept, long in rows}

    @cached_property
    def settled(self) -> list[Settled]:
        """The picked versions, those of the latest shots first."""
        rows: Any = (
            Version.objects.visible()
            .filter(image__pick=F("pk"))
            .order_by(F("image__in_shots__shot__number").desc(nulls_last=True), "-image")
            .values_list(
                *("pk", "blob__sha256", "width", "height", "image", "image__title"),
                "image__in_shots__shot__concept",
            )
        )
        counts = self.version_counts
        return [Settled._make((*row, counts.get(row[4], 0))) for row in rows]

    @cached_property
    def version_counts(self) -> dict[int, int]:
        """How many versions can be looked at, by picture."""
        rows = Version.objects.visible().order_by().values_list("image").annotate(n=Count("pk"))
        return dict(rows)

    @property
    def pictures(self) -> list[tuple[int, str]]:
        """Every settled picture once: (id, title)."""
        return list({one.image: one.title for one in self.settled}.items())

    def still(self, image: int | None, sides: Sides) -> Still | None:
        """The picked version of a picture."""
        found = next((one for one in self.settled if one.image == image), None)
        return still_of(found, sides)

    def cover(self, concept: int, sides: Sides) -> Still | None:
        """The settled picture of a film's latest shot that has one."""
        return still_of(next((one for one in self.settled if one.concept == concept), None), sides)

    def versions_of(self, image: int | None) -> list[Version]:
        """Its versions that can be looked at, with their bytes' names."""
        visible = Version.objects.visible().filter(image=image).select_related("blob")
        return list(visible.order_by("number")) if image else []

    @property
    def most_made(self) -> int | None:
        """The settled picture that was made most often."""
        best = max(self.settled, key=lambda one: (one.versions, one.image), default=None)
        return best.image if best and best.versions > 1 else None

    # --- hours ------------------------------------------------------------------------------------
    @cached_property
    def days(self) -> Days:
        """Which day it is."""
        return Days.of_the_studio()

    @cached_property
    def kinds(self) -> list[Any]:
        """Kinds with their totals."""
        return list(Kind.objects.with_totals())

    @cached_property
    def milestones(self) -> list[Marks]:
        """Those that count something, the smallest first."""
        folded: dict[int, Marks] = {}
        rows = Milestone.objects.values_list("pk", "hours", "name", "reached", "kinds")
        for pk, hours, name, reached, kind in rows.order_by("hours", "pk"):
            before = folded[pk].kinds if pk in folded else frozenset()
            kinds = before | ({kind} if kind is not None else frozenset())
            folded[pk] = Marks(pk, hours, name, reached, kinds)
        return [marks for marks in folded.values() if marks.kinds and marks.hours]

    @cached_property
    def spent(self) -> list[tuple[date, int, int]]:
        """(day, kind, seconds) of the last year and of whatever lies ahead."""
        first = self.days.today(self.now) - YEAR - timedelta(days=40)
        rows = DayTotal.objects.filter(day__gte=first).order_by("day")
        return list(rows.values_list("day", "kind", "seconds"))

    def crossed(self, marks: Marks) -> date | None:
        """The day on which its hours were reached, by the log; None when before the log."""
        carried = sum(kind.carried for kind in self.kinds if kind.pk in marks.kinds)
        total = carried
        if whole_hours(total) >= marks.hours:
            return None
        for day, seconds in self.daily(marks.kinds):
            total += seconds
            if whole_hours(total) >= marks.hours:
                return day
        return None

    def daily(self, kinds: frozenset[int]) -> list[tuple[date, int]]:
        """Every day of the log with its seconds of `kinds`."""
        if kinds not in self._daily:
            rows = DayTotal.objects.filter(kind__in=kinds).values_list("day")
            found = rows.annotate(sum=Sum("seconds")).order_by("day")
            self._daily[kinds] = list(found)
        return self._daily[kinds]

    @cached_property
    def _daily(self) -> dict[frozenset[int], list[tuple[date, int]]]:
        return {}


def still_of(found: Settled | None, sides: Sides) -> Still | None:
    """As a picture to publish."""
    if found is None:
        return None
    return Still(found.version, found.sha256, found.width, found.height, sides)
