"""What a shot or a concept waits for: that a tool can do something."""

from typing import Any

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.tools.models import Capability, Tool, Trial

from .concept import Concept, Shot


class WaitQuerySet(models.QuerySet["Wait"]):
    """Which waits."""

    def open(self) -> "WaitQuerySet":
        """Those nobody has taken up or given up."""
        return self.filter(ended=None)

    def of(self, thing: Shot | Concept) -> "WaitQuerySet":
        """Those of a shot; those of a concept and of its shots."""
        if isinstance(thing, Shot):
            return self.filter(shot=thing)
        return self.filter(Q(concept=thing) | Q(shot__concept=thing))

    def with_waking(self) -> "WaitQuerySet":
        """Each with what woke it, if something did: `woken_on` and `woken_by`, a tool's name.

        Nothing is kept of it: the tests as they stand say whether some tool, or the one that is
        waited for, can.
        """
        can = (
            Trial.objects.can()
            .filter(capability=OuterRef("capability"))
            .filter(tool=Coalesce(OuterRef("tool"), F("tool")))
            .order_by("tried_on", "pk")
        )
        return self.annotate(
            woken_on=Subquery(can.values("tried_on")[:1]),
            woken_by=Subquery(can.values("tool__name")[:1]),
        )

    def awake(self) -> "WaitQuerySet":
        """The open ones that need wait no longer."""
        waking: Any = self.open().with_waking()
        awake: WaitQuerySet = waking.filter(woken_on__isnull=False)
        return awake

    def for_pages(self) -> "WaitQuerySet":
        """The open ones with all that a page says of them, the awake first, then the longest."""
        rows: Any = self.open().with_waking()
        rows = rows.select_related("shot__concept", "concept", "capability", "tool")
        ordered: WaitQuerySet = rows.order_by(F("woken_on").asc(nulls_last=True), "since", "pk")
        return ordered


class Wait(models.Model):
    """A shot, or a whole concept, that waits for a capability: of one tool, or of any."""

    class End(models.TextChoices):
        """How it ended."""

        TAKEN_UP = "taken", gettext_lazy("Taken up")
        DISMISSED = "dismissed", gettext_lazy("Given up")

    shot = models.ForeignKey(Shot, models.CASCADE, null=True, related_name="waits")
    concept = models.ForeignKey(Concept, models.CASCADE, null=True, related_name="waits")
    capability = models.ForeignKey(
        Capability, models.PROTECT, related_name="waits", verbose_name=gettext_lazy("Capability")
    )
    tool = models.ForeignKey(
        Tool,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="waits",
        verbose_name=gettext_lazy("Tool"),
    )
    since = models.DateField(gettext_lazy("Since"))
    note = models.CharField(gettext_lazy("Note"), max_length=200, blank=True)
    ended = models.DateTimeField(null=True, editable=False)
    end = models.CharField(max_length=9, choices=End, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = WaitQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shot__isnull=False, concept=None) | Q(shot=None, concept__isnull=False),
                name="a_shot_or_a_concept_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing}: {self.capability}"

    @property
    def thing(self) -> Shot | Concept:
        """What waits."""
        thing = self.shot or self.concept
        assert thing is not None
        return thing

    @property
    def named(self) -> str:
        """What waits, in two words."""
        if self.shot:
            return _("shot %(number)02d") % {"number": self.shot.number}
        return _("concept %(number)02d") % {"number": self.thing.number}

    @classmethod
    def begin(
        cls, thing: Shot | Concept, capability: Capability, tool: Tool | None, **fields: Any
    ) -> "Wait":
        """Wait; what waits for the same already goes on waiting, with what is said now."""
        key: dict[str, Any] = {thing._meta.model_name or "": thing}
        with transaction.atomic():
            list(type(thing)._default_manager.select_for_update().filter(pk=thing.pk))
            wait, _new = cls.objects.open().update_or_create(
                defaults=fields, capability=capability, tool=tool, **key
            )
        return wait

    def take_up(self) -> None:
        """Go on with it: it waits no longer."""
        self.finish(self.End.TAKEN_UP)

    def dismiss(self) -> None:
        """Wait no longer, though nothing came of it."""
        self.finish(self.End.DISMISSED)

    def finish(self, end: str) -> None:
        """Stop waiting."""
        self.ended, self.end = timezone.now(), end
        self.save(update_fields=["ended", "end"])

    def resume(self) -> None:
        """Wait again: undo `take_up` and `dismiss`."""
        self.ended, self.end = None, ""
        self.save(update_fields=["ended", "end"])
