"""Concepts, their shots, and the pictures of each shot."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.images.models import Image, Version
from projects.videos.cards import Card, Row, cards

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


SHOT = re.compile(r"(?:shot|镜头?)[\s_.\-]*0*(\d{1,4})", re.IGNORECASE)
STRETCH = 24  # frames of a strip that can still be told apart


class Column(NamedTuple):
    """A column of the board; three stages share one."""

    key: str
    name: "StrPromise | str"
    stages: tuple[str, ...]


class Film(NamedTuple):
    """A concept's shots in sum; `first_open` is the number of the first without a pick."""

    pk: int
    number: int
    title: str
    shot_count: int
    picked_count: int
    running_time: Decimal
    first_open: int | None

    @property
    def stretch(self) -> tuple[int, int]:
        """The numbers of the shots to show of it: all, or of a long film those about the first
        that is not settled, since a page that is opened all day must not grow with the film."""
        if self.shot_count <= STRETCH:
            return 0, 2**31 - 1
        first = (self.first_open or 1) - STRETCH // 3
        first = max(1, min(first, self.shot_count - STRETCH + 1))
        return first, first + STRETCH


class ConceptQuerySet(models.QuerySet["Concept"]):
    """Which concepts."""

    def with_counts(self) -> "ConceptQuerySet":
        """Each with `shot_count` and `picked_count` (shots whose pictures are all picked)."""
        mine = Shot.objects.filter(concept=OuterRef("pk")).order_by()
        found = {"shot_count": mine, "picked_count": mine.picked()}
        return self.annotate(
            **{
                name: Coalesce(
                    Subquery(rows.values("concept").annotate(n=Count("pk")).values("n")), 0
                )
                for name, rows in found.items()
            }
        )

    def with_covers(self) -> "ConceptQuerySet":
        """Each with `cover`: the pick of its latest shot that has one, else the newest version
        of its latest shot."""
        pictures = ShotImage.objects.filter(shot__concept=OuterRef("pk"))
        picks = pictures.filter(image__pick__isnull=False).order_by("-shot__number", "position")
        newest = pictures.filter(image__versions__state=Version.State.KEPT).order_by(
            "-shot__number", "position", "-image__versions__number"
        )
        return self.annotate(
            cover=Coalesce(
                Subquery(picks.values("image__pick")[:1]),
                Subquery(newest.values("image__versions")[:1]),
                output_field=models.BigIntegerField(),
            )
        )

    def in_the_making(self) -> "ConceptQuerySet":
        """Those whose pictures are being made, the most advanced first."""
        return self.filter(stage__in=Concept.MAKING).order_by("-stage_since", "number")

    def in_column(self, key: str) -> "ConceptQuerySet":
        """Those of one column of the board, in order."""
        column = next(column for column in Concept.COLUMNS if column.key == key)
        return self.filter(stage__in=column.stages).on_the_board()

    def on_the_board(self) -> "ConceptQuerySet":
        """In the order the author gave them within their columns."""
        return self.order_by("position", "number")

    def create_next(self, **fields: Any) -> "Concept":
        """A concept with the next free number."""
        with transaction.atomic():
            last = self.aggregate(last=Max("number"))["last"] or 0
            return self.create(number=last + 1, **fields)


class Concept(models.Model):
    """One film, from an idea to its release."""

    class Stage(models.TextChoices):
        """How far it is."""

        IDEA = "idea", pgettext_lazy("stage", "Idea")
        BRIEF = "brief", _("Brief")
        STORYBOARD = "storyboard", _("Storyboard")
        IMAGES = "images", _("Images")
        MOTION = "motion", _("Motion")
        EDIT = "edit", pgettext_lazy("stage", "Edit")
        RELEASED = "released", _("Released")

    MAKING = (Stage.IMAGES, Stage.MOTION, Stage.EDIT)
    COLUMNS = (
        Column("idea", Stage.IDEA.label, (Stage.IDEA,)),
        Column("brief", Stage.BRIEF.label, (Stage.BRIEF,)),
        Column("storyboard", Stage.STORYBOARD.label, (Stage.STORYBOARD,)),
        Column("making", _("In the making"), MAKING),
        Column("released", Stage.RELEASED.label, (Stage.RELEASED,)),
    )

    number = models.PositiveIntegerField(_("Number"), unique=True)
    title = models.CharField(_("Title"), max_length=200)
    other_title = models.CharField(_("Title in the other language"), max_length=200, blank=True)
    stage = models.CharField(_("Stage"), max_length=12, choices=Stage, default=Stage.IDEA)
    stage_since = models.DateTimeField(auto_now_add=True)
    # Its place in its column of the board.
    position = models.PositiveIntegerField(default=0, editable=False)
    brief = models.TextField(_("Brief"), blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number:02d} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one stands last in its column, and its first stage begins."""
        if not self._state.adding:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            self.position = self.position or self.last_position() + 1
            super().save(*args, **kwargs)
            self.changes.create(stage=self.stage, since=self.stage_since)

    @property
    def column(self) -> Column:
        """Its column of the board."""
        return next(column for column in self.COLUMNS if self.stage in column.stages)

    def last_position(self) -> int:
        """The last place in its column."""
        column = Concept.objects.in_column(self.column.key)
        last: int | None = column.aggregate(last=Max("position"))["last"]
        return last or 0

    def stages(self) -> "list[tuple[str, StrPromise | str, datetime | None]]":
        """All stages by name, each with the day it was last reached, if it was."""
        reached: dict[str, datetime] = dict(self.changes.values_list("stage", "since"))
        reached.setdefault(self.stage, self.stage_since)
        return [(key, name, reached.get(key)) for key, name in self.Stage.choices]

    def move_to(self, stage: str) -> models.Model | None:
        """Stand in `stage` from now on, last in a new column; None when it stands there already."""
        with transaction.atomic():
            locked = Concept.objects.select_for_update().get(pk=self.pk)
            if locked.stage == stage:
                return None
            self.stage, self.stage_since, self.position = stage, timezone.now(), locked.position
            if self.column != locked.column:
                self.position = self.last_position() + 1
            self.save(update_fields=["stage", "stage_since", "position"])
            return self.changes.create(stage=stage, since=self.stage_since)

    def stand_before(self, other: int | None) -> None:
        """Stand before the concept with the key `other` in this column; without one, last."""
        with transaction.atomic():
            rows = list(Concept.objects.in_column(self.column.key).select_for_update())
            mine = next(row for row in rows if row.pk == self.pk)
            rows.remove(mine)
            places = [row.pk for row in rows]
            rows.insert(places.index(other) if other in places else len(rows), mine)
            changed = []
            for position, row in enumerate(rows, 1):
                if row.position != position:
                    row.position = position
                    changed.append(row)
            Concept.objects.bulk_update(changed, ["position"])
            self.position = mine.position

    def pictures(self) -> "models.QuerySet[Image]":
        """The pictures of its shots."""
        return Image.objects.filter(in_shots__shot__concept=self).distinct()

    def show(self, image: Image) -> None:
        """Make it a picture of the shot whose number or title it bears, or of a new shot."""
        if Shot.objects.filter(concept=self, images=image).exists():
            return
        said = SHOT.match(image.title)
        shot = self.shots.filter(number=int(said[1])).first() if said else None
        shot = shot or self.shots.filter(title__iexact=image.title).first()
        (shot or self.add_shot(image.title, 4)).show(image)

    def add_shot(self, title: str, seconds: float) -> "Shot":
        """A shot after the last one."""
        with transaction.atomic():
            list(Concept.objects.select_for_update().filter(pk=self.pk))
            last = self.shots.aggregate(last=Max("number"))["last"] or 0
            return self.shots.create(number=last + 1, title=title, seconds=seconds)


class ShotQuerySet(models.QuerySet["Shot"]):
    """Which shots."""

    def picked(self) -> "ShotQuerySet":
        """Those that have pictures, all of them with a pick: what a shot needs to be settled.

        Counted and not looked for: a planner would begin at all pictures without a pick.
        """
        pictures = ShotImage.objects.filter(shot=OuterRef("pk")).order_by().values("shot")
        lacking = pictures.annotate(lacking=Count("pk") - Count("image__pick"))
        return self.filter(Exists(lacking.filter(lacking=0)))

    def film_in_the_making(self) -> "models.QuerySet[Shot, tuple[Any, ...]]":
        """The shots, in sum, of the one film that is furthest in the making: a Film's fields."""
        making = Concept.objects.in_the_making().values("pk")[:1]
        settled = Shot.objects.picked().filter(pk=OuterRef("pk"))
        return (
            self.filter(concept=Subquery(making))
            .annotate(settled=Exists(settled))
            .order_by()
            .values_list("concept", "concept__number", "concept__title")
            .annotate(
                shot_count=Count("pk"),
                picked_count=Count("pk", filter=Q(settled=True)),
                running_time=Sum("seconds"),
                first_open=Min("number", filter=Q(settled=False)),
            )
        )

    def stretch(self, film: int, first: int, end: int) -> "ShotQuerySet":
        """The shots of a film from the number `first` to the one before `end`."""
        return self.filter(concept=film, number__gte=first, number__lt=end)

    def card_rows(self) -> "models.QuerySet[Shot, tuple[Any, ...]]":
        """These shots with their pictures' versions: what `cards_of` takes."""
        return self.order_by(
            "number", "pictures__position", "pictures", "pictures__image__versions__number"
        ).values_list(
            "concept",
            "concept__number",
            "concept__title",
            "pk",
            "number",
            "title",
            "seconds",
            "pictures__image",
            "pictures__image__pick",
            "pictures__image__versions",
            "pictures__image__versions__number",
            "pictures__image__versions__state",
        )

    def cards(self) -> list[Card]:
        """These shots as cards, in one query."""
        return cards_of(self.card_rows())


def cards_of(rows: Iterable[Any]) -> list[Card]:
    """Cards of what `card_rows` found."""
    return cards(Row._make([*row[:11], row[11] == Version.State.REJECTED]) for row in rows)


class Shot(models.Model):
    """One shot of a concept; its place in the film is its number."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="shots")
    number = models.PositiveIntegerField()
    title = models.CharField(_("Title"), max_length=200)
    seconds = models.DecimalField(
        _("Seconds"),
        max_digits=6,
        decimal_places=2,
        default=4,
        validators=[MinValueValidator(0.1), MaxValueValidator(3600)],
    )
    images: "models.ManyToManyField[Image, ShotImage]" = models.ManyToManyField(
        Image, through="ShotImage", related_name="shots"
    )

    objects = ShotQuerySet.as_manager()

    class Meta:
        ordering = ["concept", "number"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "number"], name="one_shot_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number:02d} {self.title}"

    def add_image(self, title: str = "") -> Image:
        """A new, empty picture of this shot."""
        with transaction.atomic():
            image = Image.objects.create(title=title or self.title)
            self.show(image)
            return image

    def show(self, image: Image) -> None:
        """Count `image` among this shot's pictures, after the others."""
        last = self.pictures.aggregate(last=Max("position"))["last"]
        ShotImage.objects.get_or_create(
            shot=self, image=image, defaults={"position": 0 if last is None else last + 1}
        )


class ShotImage(models.Model):
    """A picture of a shot."""

    shot = models.ForeignKey(Shot, models.CASCADE, related_name="pictures")
    image = models.ForeignKey(Image, models.CASCADE, related_name="in_shots")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["shot", "image"], name="one_place_per_picture")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.shot}"
