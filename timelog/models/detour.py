"""Detours: ways away from the work that were given a name, and what became of them.

A detour is open until it is closed; later the author says whether it paid off. Hours of a kind that
counts as a detour go to the one whose name stands in the entry's note, or to the only one open.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, F, Max, Min, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .kind import Kind


class DetourQuerySet(models.QuerySet["Detour"]):
    """Which detours."""

    def open(self) -> "DetourQuerySet":
        """Those that go on, the oldest first."""
        return self.filter(ended=None).order_by("began", "pk")

    def for_entry(self, kind: Kind, note: str, day: date) -> "Detour | None":
        """The one that hours of `kind` on `day` with this note belong to, if that can be told."""
        if kind.family != Kind.Family.DETOUR:
            return None
        return meant(self.open().filter(began__lte=day), note, day)

    def with_totals(self, year: int) -> "DetourQuerySet":
        """Each with `seconds`, `this_year` (of those, in `year`), `count`, `first` and `last`."""
        within = Q(entries__day__gte=date(year, 1, 1), entries__day__lte=date(year, 12, 31))
        return self.annotate(
            seconds=Coalesce(Sum("entries__seconds"), 0),
            this_year=Coalesce(Sum("entries__seconds", filter=within), 0),
            count=Count("entries"),
            first=Min("entries__day"),
            last=Max("entries__day"),
        ).order_by(F("ended").desc(nulls_first=True), "-began", "-pk")

    def waiting(self, year: int) -> "DetourQuerySet":
        """With totals, those that go on or that nobody has judged."""
        return self.with_totals(year).filter(paid_off=None)


class Kept(models.Manager["Detour"]):
    """Without those in the trash."""

    def get_queryset(self) -> DetourQuerySet:
        """Those that were not removed."""
        return DetourQuerySet(self.model, using=self._db).filter(trashed=False)


class Detour(models.Model):
    """A named way away from the work."""

    name = models.CharField(_("Name"), max_length=120)
    why = models.CharField(_("Why I took it"), max_length=300, blank=True)
    began = models.DateField(_("Since"))
    ended = models.DateField(_("Closed on"), null=True, blank=True)
    # Whether it paid off: nobody knows at once, and the answer may change.
    paid_off = models.BooleanField(null=True, default=None, editable=False)
    judged = models.DateField(null=True, editable=False)
    outcome = models.CharField(_("What came of it"), max_length=300, blank=True)
    trashed = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects: Any = Kept.from_queryset(DetourQuerySet)()
    everything = DetourQuerySet.as_manager()

    class Meta:
        base_manager_name = "everything"
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_off=None, judged=None) | Q(judged__isnull=False),
                name="a_judged_detour_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.ended is None

    def close(self, day: date) -> None:
        """It has ended."""
        self.ended = max(day, self.began)
        self.save(update_fields=["ended"])

    def reopen(self) -> None:
        """It goes on after all; what was thought of it no longer holds."""
        self.ended = self.paid_off = self.judged = None
        self.save(update_fields=["ended", "paid_off", "judged"])

    def judge(self, paid_off: bool | None, outcome: str, day: date) -> None:
        """Say whether it paid off, or that this is open again."""
        self.paid_off, self.outcome = paid_off, outcome
        self.judged = None if paid_off is None else day
        self.save(update_fields=["paid_off", "outcome", "judged"])

    def remove(self) -> None:
        """Into the trash: its hours stay hours of a detour, without a name."""
        type(self).everything.filter(pk=self.pk).update(trashed=True)

    def bring_back(self) -> None:
        """Undo `remove`."""
        type(self).everything.filter(pk=self.pk).update(trashed=False)


def meant(open_ones: Iterable[Detour], note: str, day: date) -> Detour | None:
    """Which of the open detours hours of a detour on `day` with this note belong to."""
    found = [one for one in open_ones if one.began <= day]
    words = note.casefold()
    named = [one for one in found if one.name.casefold() in words]
    if named:
        # Of "Kontext" and "Kontext Max" the longer name was meant.
        return max(named, key=lambda one: len(one.name))
    return found[0] if len(found) == 1 else None
