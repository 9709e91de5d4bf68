"""What time is spent on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, FilteredRelation, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from studio.lib.ordering import Positioned
from studio.store.models import Setting
from timelog.tasks import ask_later

AIM = "aim.writing"  # the setting: percent of each week


class KindQuerySet(models.QuerySet["Kind"]):
    """Which kinds."""

    def in_use(self) -> "KindQuerySet":
        """Those one can choose."""
        return self.filter(retired=False).order_by("position", "pk")

    def writing(self) -> frozenset[int]:
        """The ids of those that count as writing."""
        return frozenset(self.filter(family=Kind.Family.WRITING).values_list("pk", flat=True))

    def called(self, asked: str) -> "Kind | None":
        """The one of this id or key; without either, the first."""
        if not asked:
            return self.first()
        return self.filter(**({"pk": asked} if asked.isdecimal() else {"key": asked})).first()

    def unused(self) -> "KindQuerySet":
        """Those nothing refers to."""
        return self.filter(entries=None, balances=None, milestones=None)

    def with_totals(self) -> "KindQuerySet":
        """Each with `total`, the seconds of its entries and of what was carried over.

        And with the entry that the clock runs on, in `open_id`, `open_since`, `open_note`,
        `open_zone` and `open_vouched`: empty on all but one.
        """
        carried = Coalesce(Sum("balances__seconds"), 0)
        return self.annotate(
            now=FilteredRelation("entries", condition=Q(entries__open=True)),
            open_id=F("now__pk"),
            open_since=F("now__started_at"),
            open_note=F("now__note"),
            open_zone=F("now__zone"),
            open_vouched=F("now__vouched_at"),
            carried=carried,
            total=F("seconds") + carried,
        ).order_by("position", "pk")

    def aim(self, writing: int, lengths: Mapping[int, int | None]) -> None:
        """Aim at `writing` percent of each week, and at so many seconds a week of each kind."""
        with transaction.atomic():
            Setting.write(AIM, writing)
            for pk, seconds in lengths.items():
                self.filter(pk=pk).update(weekly=seconds or None)


class Kind(Positioned):
    """A kind of work; its family tells how it counts in the balance."""

    class Family(models.TextChoices):
        """Writing first, video second, detours named."""

        WRITING = "writing", _("Writing")
        VIDEO = "video", _("Video")
        DETOUR = "detour", _("Detour")

    key = models.SlugField(max_length=40, unique=True, allow_unicode=True)
    name = models.CharField(_("Name"), max_length=80, blank=True)
    family = models.CharField(_("Counts as"), max_length=8, choices=Family, default=Family.WRITING)
    retired = models.BooleanField(_("No longer used"), default=False)
    # Seconds a week that the author means to spend on it, if they said so.
    weekly = models.PositiveIntegerField(null=True, editable=False)
    # The sum of all its entries, kept beside them: Today must not add up twenty years.
    seconds = models.BigIntegerField(default=0, editable=False)

    objects = KindQuerySet.as_manager()

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """Its name: the author's own, else the one it was born with, in the reader's language."""
        return self.name or str(FIRST_NAMES.get(self.key, self.key))


FIRST_NAMES = {"writing": _("Writing"), "video": _("Film craft"), "detour": _("Detour")}


class OpeningBalanceQuerySet(models.QuerySet["OpeningBalance"]):
    """Which hours were carried over."""

    def rises(self) -> "models.QuerySet[OpeningBalance, Any]":
        """(day, kind, seconds) of each."""
        return self.order_by("as_of", "pk").values_list("as_of", "kind", "seconds")


class OpeningBalance(models.Model):
    """Hours from before the studio, carried over as one number."""

    kind = models.ForeignKey(Kind, models.CASCADE, related_name="balances")
    seconds = models.PositiveBigIntegerField()
    # Hours without a beginning have no pace, and nothing can be said of what they lead to.
    began = models.DateField(_("Gathered since"), null=True, blank=True)
    as_of = models.DateField(_("As of"))
    note = models.CharField(pgettext_lazy("time", "Note"), max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = OpeningBalanceQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.seconds // 3600} h"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it; what is foretold rests on it."""
        super().save(*args, **kwargs)
        ask_later()

    def remove(self) -> dict[str, Any]:
        """Take it back; what it returns brings it in again by `bring_back`."""
        removed = {
            "pk": self.pk,
            "kind_id": self.kind_id,
            "seconds": self.seconds,
            "began": self.began and self.began.isoformat(),
            "as_of": self.as_of.isoformat(),
            "note": self.note,
        }
        self.delete()
        ask_later()
        return removed

    @classmethod
    def bring_back(cls, removed: Mapping[str, Any]) -> "OpeningBalance":
        """Undo `remove`; a second time finds it back already."""
        fields = {**removed, "as_of": date.fromisoformat(removed["as_of"])}
        if began := fields.get("began"):
            fields["began"] = date.fromisoformat(began)
        balance, _made = cls.objects.get_or_create(pk=fields.pop("pk"), defaults=fields)
        return balance
