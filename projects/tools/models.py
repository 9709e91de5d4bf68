"""Tools, what one may ask of them, and the tests that say what each can do."""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from studio.lib.ordering import Positioned
from studio.lib.text import is_chinese

from .beginning import COMMON
from .matrix import MARKS, Standing

UNDO_FOR = timedelta(days=1)


def language_of(text: str) -> str:
    """For the lang attribute of what the author wrote."""
    return "zh-Hans" if is_chinese(text) else "en"


def reads_chinese() -> bool:
    """Whether the page speaks Chinese."""
    return (get_language() or "").startswith("zh")


def said(title: str, other_title: str) -> str:
    """The one of two titles that is in the reader's language, else the first."""
    fits = is_chinese(other_title) == reads_chinese() != is_chinese(title)
    return other_title if other_title and fits else title


class ToolQuerySet(models.QuerySet["Tool"]):
    """Which tools."""

    def in_use(self) -> "ToolQuerySet":
        """Those the author works with."""
        return self.filter(retired=False)


class Tool(Positioned):
    """Something that makes pictures, motion or sound, or helps to."""

    name = models.CharField(_("Name"), max_length=60)
    version = models.CharField(_("Version or maker"), max_length=60, blank=True)
    retired = models.BooleanField(_("No longer used"), default=False)

    objects = ToolQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        """The language of its name."""
        return language_of(self.name)

    def remove(self) -> dict[str, Any]:
        """Take away a tool that was never tested (else ProtectedError); `bring_back` undoes it."""
        return removed(self, "name", "version", "retired", "position")

    @classmethod
    def bring_back(cls, fields: dict[str, Any]) -> "Tool":
        """Undo `remove`."""
        return cls.objects.create(**fields)


class CapabilityQuerySet(models.QuerySet["Capability"]):
    """Which capabilities."""

    def in_use(self) -> "CapabilityQuerySet":
        """Those the author still asks for."""
        return self.filter(retired=False)

    def by_group(self) -> "CapabilityQuerySet":
        """Group by group, each in the author's order."""
        places = [
            models.When(group=key, then=Value(place))
            for place, key in enumerate(Capability.Group.values)
        ]
        return self.order_by(models.Case(*places, default=Value(99)), "position", "pk")

    def begin(self) -> int:
        """Add the short list, unless something is there; answers how many were added."""
        with transaction.atomic():
            if self.exists():
                return 0
            for group, english, chinese in COMMON:
                first, second = (chinese, english) if reads_chinese() else (english, chinese)
                self.create(group=group, title=first, other_title=second)
        return len(COMMON)


class Capability(Positioned):
    """Something one asks of a tool."""

    scope_fields = ("group",)

    class Group(models.TextChoices):
        """What it is about."""

        PICTURE = "picture", pgettext_lazy("capabilities", "Picture")
        MOTION = "motion", pgettext_lazy("capabilities", "Motion")
        SOUND = "sound", pgettext_lazy("capabilities", "Sound")
        TEXT = "text", pgettext_lazy("capabilities", "Text")
        WORK = "work", pgettext_lazy("capabilities", "Work")

    group = models.CharField(_("Group"), max_length=8, choices=Group, default=Group.PICTURE)
    title = models.CharField(_("Title"), max_length=120)
    other_title = models.CharField(_("Title in the other language"), max_length=120, blank=True)
    retired = models.BooleanField(_("No longer asked for"), default=False)

    objects = CapabilityQuerySet.as_manager()

    class Meta(Positioned.Meta):
        verbose_name_plural = "capabilities"

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """Its title in the reader's language where there are two."""
        return said(self.title, self.other_title)

    @property
    def language(self) -> str:
        """The language of what is said."""
        return language_of(self.said)

    @property
    def other(self) -> str:
        """The title that is not said."""
        return self.title if self.said == self.other_title else self.other_title

    @property
    def other_language(self) -> str:
        """The language of the title that is not said."""
        return language_of(self.other)

    def join(self, group: str) -> None:
        """Stand last in another group."""
        if group != self.group:
            self.group = group
            last = self.siblings().exclude(pk=self.pk).aggregate(last=models.Max("position"))
            self.position = (last["last"] or 0) + 1

    def remove(self) -> dict[str, Any]:
        """Take away what nothing was tested on or waits for (else ProtectedError)."""
        return removed(self, "group", "title", "other_title", "retired", "position")

    @classmethod
    def bring_back(cls, fields: dict[str, Any]) -> "Capability":
        """Undo `remove`."""
        return cls.objects.create(**fields)


def removed(row: Tool | Capability, *names: str) -> dict[str, Any]:
    """Delete `row`; tests of it that were removed before go with it."""
    with transaction.atomic():
        row.trials.exclude(removed=None).delete()
        row.delete()
    return {name: getattr(row, name) for name in names}


class TrialQuerySet(models.QuerySet["Trial"]):
    """Which tests."""

    def kept(self) -> "TrialQuerySet":
        """Those that were not removed."""
        return self.filter(removed=None)

    def of_cell(self, tool: Tool, capability: Capability) -> "TrialQuerySet":
        """The history of one capability of one tool, the newest first."""
        return self.kept().filter(tool=tool, capability=capability).order_by("-tried_on", "-pk")

    def standing(self) -> "TrialQuerySet":
        """The newest of each tool and capability: it says how things stand."""
        later = Q(tried_on__gt=OuterRef("tried_on")) | Q(
            tried_on=OuterRef("tried_on"), pk__gt=OuterRef("pk")
        )
        same = Trial.objects.kept().filter(tool=OuterRef("tool"), capability=OuterRef("capability"))
        return self.kept().filter(~Exists(same.filter(later)))

    def can(self) -> "TrialQuerySet":
        """The tools that can, as things stand; one no longer used can nothing any more."""
        return self.standing().filter(state=Trial.State.CAN, tool__retired=False)

    def due(self, today: date) -> "TrialQuerySet":
        """What is to be tested again, the longest due first."""
        wanted = self.standing().filter(tool__retired=False, capability__retired=False)
        return wanted.filter(again_on__lte=today).order_by("again_on", "pk")

    def counted(self) -> Coalesce:
        """How many they are, as a part of another query."""
        one = self.order_by().values(one=Value(1))
        return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)

    def rows(self) -> list[Standing]:
        """What the matrix is made of."""
        rows = self.values_list("tool", "capability", "state", "again_on")
        return [Standing(*row) for row in rows]


class Trial(models.Model):
    """One test of one tool on one day."""

    class State(models.TextChoices):
        """What it showed."""

        CAN = "can", pgettext_lazy("a tool", "Can")
        PARTLY = "partly", pgettext_lazy("a tool", "Partly")
        NOT = "not", pgettext_lazy("a tool", "Not yet")

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="trials")
    capability = models.ForeignKey(Capability, models.PROTECT, related_name="trials")
    state = models.CharField(_("What it showed"), max_length=6, choices=State)
    tried_on = models.DateField(_("Tried on"))
    note = models.TextField(_("Note"), blank=True, max_length=4000)
    again_on = models.DateField(_("Test again on"), null=True, blank=True)
    # A removed test stays for a day, with all that points to it, so that undo brings it back whole.
    removed = models.DateTimeField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        ordering = ["-tried_on", "-pk"]
        indexes = [models.Index(fields=["capability", "tool", "tried_on"], name="trial_of_a_cell")]

    def __str__(self) -> str:
        return f"{self.tool}, {self.capability}: {self.get_state_display()}"

    @property
    def mark(self) -> str:
        """How its state is drawn."""
        return MARKS[self.state]

    @property
    def language(self) -> str:
        """The language of its note."""
        return language_of(self.note)

    @property
    def is_due(self) -> bool:
        """Whether its day to test again has come."""
        return self.again_on is not None and self.again_on <= timezone.localdate()

    def test_again(self, day: date | None) -> None:
        """Be due on `day`; never when None."""
        self.again_on = day
        self.save(update_fields=["again_on"])

    def remove(self) -> None:
        """Take it out of the history; those removed more than a day ago go for good."""
        now = timezone.now()
        Trial.objects.filter(removed__lt=now - UNDO_FOR).delete()
        self.removed = now
        self.save(update_fields=["removed"])

    def bring_back(self) -> None:
        """Undo `remove`."""
        self.removed = None
        self.save(update_fields=["removed"])
