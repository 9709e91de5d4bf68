"""Milestones on the way, and why it was begun."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from studio.lib.text import is_chinese
from timelog.tasks import ask_later

from .kind import Kind


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Which milestones."""

    def marks(self) -> "models.QuerySet[Milestone, Any]":
        """(id, hours, name, kind), a row a kind."""
        return self.order_by("hours", "pk").values_list("pk", "hours", "name", "kinds")

    def of(self, hours: int, kinds: Iterable[Kind]) -> "Milestone | None":
        """The one at so many hours of just these kinds."""
        wanted = {kind.pk for kind in kinds}
        found = self.filter(hours=hours).prefetch_related("kinds")
        return next((one for one in found if {kind.pk for kind in one.kinds.all()} == wanted), None)

    def add(self, hours: int, kinds: Iterable[Kind], name: str = "") -> "Milestone":
        """Set one."""
        with transaction.atomic():
            milestone = self.create(hours=hours, name=name)
            milestone.kinds.set(kinds)
            ask_later()
        return milestone


class Milestone(models.Model):
    """A number of hours of some kinds."""

    hours = models.PositiveIntegerField(_("Hours"))
    kinds = models.ManyToManyField(Kind, verbose_name=_("Kinds"), related_name="milestones")
    name = models.CharField(_("Name"), max_length=120, blank=True)
    reached = models.DateField(null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["hours", "pk"]

    def __str__(self) -> str:
        return f"{self.hours:,} h"

    def change(self, *, hours: int, kinds: Iterable[Kind], name: str) -> None:
        """Move it, call it something else, or let it count other kinds."""
        with transaction.atomic():
            self.hours, self.name = hours, name
            self.save()
            self.kinds.set(kinds)
            ask_later()

    def remove(self) -> dict[str, Any]:
        """Take it away; what it returns brings it back by `bring_back`."""
        with transaction.atomic():
            removed = {
                "pk": self.pk,
                "hours": self.hours,
                "name": self.name,
                "reached": self.reached and self.reached.isoformat(),
                "kinds": sorted(self.kinds.values_list("pk", flat=True)),
            }
            self.delete()
            ask_later()
        return removed

    @classmethod
    def bring_back(cls, removed: Mapping[str, Any]) -> "Milestone":
        """Undo `remove`; a second time finds it back already. Kind.DoesNotExist when none of its
        kinds is left."""
        fields = dict(removed)
        kinds = list(Kind.objects.filter(pk__in=fields.pop("kinds")))
        if not kinds:
            raise Kind.DoesNotExist
        with transaction.atomic():
            milestone, made = cls.objects.get_or_create(pk=fields.pop("pk"), defaults=fields)
            if made:
                milestone.kinds.set(kinds)
                ask_later()
        return milestone


class IntentionQuerySet(models.QuerySet["Intention"]):
    """Which sentence."""

    def standing(self) -> "IntentionQuerySet":
        """The one that stands at the top of every day, if there is one."""
        return self.filter(until=None).order_by("-pk")[:1]

    def current(self) -> "Intention | None":
        """The same."""
        return self.standing().first()

    def say(self, text: str, other_text: str = "") -> "Intention":
        """Say it anew from now on; what was said before is kept with its dates."""
        with transaction.atomic():
            before = self.current()
            if before and (before.text, before.other_text) == (text, other_text):
                return before
            now = timezone.now()
            self.filter(until=None).update(until=now)
            return self.create(text=text, other_text=other_text, since=now)


class Said(NamedTuple):
    """A sentence, and the same in the other language if there is one."""

    text: str
    lang: str
    other_text: str
    other_lang: str

    def turned(self) -> "Said":
        """The other one first."""
        return Said(self.other_text, self.other_lang, self.text, self.lang)


class Intention(models.Model):
    """Why I started, in the author's words, while they were true."""

    text = models.CharField(_("Why I started"), max_length=300)
    other_text = models.CharField(_("The same in the other language"), max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.text

    def said(self) -> "Said":
        """As a page says it: a Chinese page in Chinese alone where it can, else both."""
        said = Said(self.text, self.lang, self.other_text, self.other_lang)
        if not (get_language() or "").startswith("zh"):
            return said
        chinese = [each for each in (said, said.turned()) if each.text and each.lang != "en"]
        return chinese[0]._replace(other_text="") if chinese else said

    @property
    def lang(self) -> str:
        """The language of the sentence."""
        return "zh-Hans" if is_chinese(self.text) else "en"

    @property
    def other_lang(self) -> str:
        """The language of the second sentence."""
        return "zh-Hans" if is_chinese(self.other_text) else "en"
