"""What an entry's time went to: a scene, a picture, a shot or a film."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q, Sum

from projects.images.models import Image
from projects.videos.models import Concept, Shot
from projects.writing.models import Scene
from timelog.sharing import Thing, scaled

THINGS: dict[str, type[models.Model]] = {
    "scene": Scene,
    "image": Image,
    "shot": Shot,
    "concept": Concept,
}
# What a name of it needs beside the row.
BESIDE: dict[str, tuple[str, ...] | None] = {
    "scene": ("chapter__book",),
    "image": None,
    "shot": ("concept",),
    "concept": None,
}


class TimeLinkQuerySet(models.QuerySet["TimeLink"]):
    """Which links."""

    def with_things(self) -> "TimeLinkQuerySet":
        """With what they point at, the largest share first."""
        return self.select_related(
            "scene__chapter__book", "image", "shot__concept", "concept"
        ).order_by("-seconds", "pk")

    def with_titles(self) -> "TimeLinkQuerySet":
        """With what they point at, and of that the title alone: a scene may be long."""
        titles = [f"{what}__title" for what in THINGS]
        related = ("scene__chapter", "image", "shot", "concept")
        rows = self.select_related(*related).order_by("pk")
        return rows.only("entry", "seconds", "by_hand", *titles, "scene__chapter__title")

    def titles(self, wanted: Iterable[Thing]) -> dict[Thing, str]:
        """What each thing is called, without those that are gone; a query for each sort."""
        found: dict[Thing, str] = {}
        for what, things in groupby(sorted(wanted), key=lambda thing: thing[0]):
            rows = THINGS[what]._base_manager.only("title")
            if what == "scene":
                rows = rows.select_related("chapter").only("title", "chapter__title")
            there = rows.in_bulk([pk for _what, pk in things])
            found |= {(what, pk): title_of(row) for pk, row in there.items()}
        return found

    def of_concept(self, pk: int) -> "TimeLinkQuerySet":
        """Those of a film, its shots and their pictures."""
        pictures = Image.objects.filter(in_shots__shot__concept=pk).values("pk")
        return self.filter(Q(concept=pk) | Q(shot__concept=pk) | Q(image__in=pictures))

    def of_shot(self, pk: int) -> "TimeLinkQuerySet":
        """Those of a shot and its pictures."""
        pictures = Image.objects.filter(in_shots__shot=pk).values("pk")
        return self.filter(Q(shot=pk) | Q(image__in=pictures))

    def things(self, what: str, first: Sequence[int], number: int = 12) -> list[Any]:
        """Scenes, pictures, shots or films: these, in this order, then the newest, up to `number`
        more."""
        every, beside = THINGS[what]._default_manager.all(), BESIDE[what]
        if beside:
            every = every.select_related(*beside)
        rows = {row.pk: row for row in every.filter(pk__in=first)}
        newest = every.exclude(pk__in=first).order_by("-pk")
        return [rows[pk] for pk in first if pk in rows] + list(newest[:number])

    def seconds(self) -> int:
        """Their sum."""
        return self.aggregate(sum=Sum("seconds"))["sum"] or 0

    def by_scene(self, chapter: int) -> dict[int, int]:
        """Seconds by scene of a chapter."""
        rows = self.filter(scene__chapter=chapter).order_by().values_list("scene")
        return dict(rows.annotate(sum=Sum("seconds")))

    def give(self, entry: Any, shares: Mapping[Thing, int], by_hand: bool) -> None:
        """Let the entry have just these links."""
        self.filter(entry=entry).delete()
        self.bulk_create(
            TimeLink(entry=entry, seconds=seconds, by_hand=by_hand, **{f"{what}_id": pk})
            for (what, pk), seconds in shares.items()
            if seconds
        )

    def fit(self, entry: Any) -> None:
        """After a correction of the entry's length: shares given by hand keep their proportion."""
        links = list(self.filter(entry=entry).order_by("pk"))
        shares = scaled([link.seconds for link in links], entry.seconds or 0)
        for link, seconds in zip(links, shares, strict=True):
            link.seconds = seconds
        self.bulk_update(links, ["seconds"])


class TimeLink(models.Model):
    """A share of an entry's time, and the one thing it went to."""

    entry = models.ForeignKey("timelog.TimeEntry", models.CASCADE, related_name="links")
    scene = models.ForeignKey(Scene, models.CASCADE, null=True, related_name="+")
    image = models.ForeignKey(Image, models.CASCADE, null=True, related_name="+")
    shot = models.ForeignKey(Shot, models.CASCADE, null=True, related_name="+")
    concept = models.ForeignKey(Concept, models.CASCADE, null=True, related_name="+")
    seconds = models.PositiveIntegerField()
    by_hand = models.BooleanField(default=False)

    objects = TimeLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scene__isnull=False, image=None, shot=None, concept=None)
                | Q(scene=None, image__isnull=False, shot=None, concept=None)
                | Q(scene=None, image=None, shot__isnull=False, concept=None)
                | Q(scene=None, image=None, shot=None, concept__isnull=False),
                name="a_link_points_at_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.seconds}"

    @property
    def thing(self) -> Thing:
        """("scene", 5)."""
        return next((what, pk) for what in THINGS if (pk := getattr(self, f"{what}_id")))

    @property
    def title(self) -> str:
        """What that is called."""
        return title_of(self.target)

    @property
    def target(self) -> Any:
        """The scene, picture, shot or film itself."""
        return getattr(self, self.thing[0])


def title_of(thing: Any) -> str:
    """What it is called, in the author's own words; a scene without a title bears its chapter's."""
    return str(thing.title or thing)
