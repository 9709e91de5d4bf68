"""Which version was made from which: the family tree, read from files or said by hand."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.images.kin import Clue as Told
from projects.images.kin import (
    Finding,
    Member,
    is_above,
    looks_like,
    match,
    own_clues,
    parent_clues,
)
from projects.images.likeness import distance

from .version import Version

MOST_CHILDREN = 500  # looked at again when a file comes whose name so many ask for
MOST_CANDIDATES = 500
MOST_CLUES = 200
BY_HAND = ("said", "refused")

REASONS = {
    "saved": _("the history in the file lists that save"),
    "derived": _("the file says that it was saved from it"),
    "document": _("the file says that it comes from that document"),
    "pasted": _("the file says that parts of it were pasted in"),
    "ingredient": _("its Content Credentials name it"),
    "loaded": _("the file says that it was made from “%(name)s”"),
    "overwritten": _("it was made from a file of its own name, “%(name)s”"),
    "unused": _("the file loads “%(name)s”, but nothing of it reached the picture"),
    "named": _("only its name says so, after “%(name)s”"),
    "said": _("said by hand"),
    "looks": _("looks much like v%(number)d"),
}
AT_FIRST_SIGHT = 4  # bits of a fingerprint: so few are told apart only by looking closely


class Circular(Exception):
    """A version cannot come from itself, nor from what was made from it; says so as a sentence."""

    def __init__(self, child: Version, parent: Version) -> None:
        self.child, self.parent = child, parent
        super().__init__(child, parent)

    def __str__(self) -> str:
        if self.child.pk == self.parent.pk:
            return str(_("A version is not made from itself; choose another one."))
        numbers = {"child": self.child.number, "parent": self.parent.number}
        return str(
            _("v%(parent)d was itself made from v%(child)d; take that back first.") % numbers
        )


class ClueQuerySet(models.QuerySet["Clue"]):
    """Which clues."""

    def keep(self, version: Version) -> None:
        """Keep what the file of `version` says, in place of what older readers said."""
        ids, name, signed = version.identity, version.filename, version.inside.get("credentials")
        own = [
            Clue(version=version, type=type, value=value)
            for type, value in own_clues(name, ids, signed)
        ]
        told = parent_clues(name, ids, version.how_made, signed)[:MOST_CLUES]
        said = [
            Clue(version=version, of_parent=True, position=position, **each._asdict())
            for position, each in enumerate(told)
        ]
        with transaction.atomic():
            self.filter(version=version).delete()
            self.bulk_create([*own, *said])

    def answering(self, version: Version) -> "ClueQuerySet":
        """Those by which other files may mean `version`."""
        own = self.filter(version=version, of_parent=False).values_list("type", "value")
        meant = Q(pk=None)
        for type, value in own:
            meant |= Q(type=type, value=value)
        return self.filter(meant, of_parent=True)

    def members(self, child: Version, told: Iterable[Told]) -> dict[tuple[str, str], list[Member]]:
        """Whom the clues of `child` may mean, all of its own picture and enough of the others."""
        wanted = {(each.type, each.value) for each in told}
        known: dict[tuple[str, str], list[Member]] = {}
        rows = self.filter(of_parent=False, value__in={value for _type, value in wanted})
        fields = ("type", "value", "version", "version__image", "version__number", "version__blob")
        here = rows.filter(version__image=child.image_id)
        others = rows.exclude(version__image=child.image_id).order_by("version")
        for type, value, *member in [
            *here.values_list(*fields),
            *others.values_list(*fields)[:MOST_CANDIDATES],
        ]:
            if (type, value) in wanted:
                known.setdefault((type, value), []).append(Member(*member))
        return known


class Clue(models.Model):
    """A word of a version's file: what it may be called by, or whom it was made from.

    Kept apart so that a parent which comes later finds its children; made anew from the file.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="clues")
    of_parent = models.BooleanField(default=False)
    type = models.CharField(max_length=10)
    value = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, blank=True)
    how = models.CharField(max_length=12, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ClueQuerySet.as_manager()

    class Meta:
        ordering = ["version", "of_parent", "position"]
        indexes = [models.Index(fields=["value", "type"], name="clue_by_value")]

    def __str__(self) -> str:
        return f"{self.version}: {self.type} {self.value}"

    @property
    def told(self) -> Told:
        """As the matching takes it."""
        return Told(self.type, self.value, self.kind, self.how)


class DerivationQuerySet(models.QuerySet["Derivation"]):
    """Which edges, and how they come to be."""

    def settled(self) -> "DerivationQuerySet":
        """Those that hold: read from a file or said by hand."""
        return self.filter(state__in=[Derivation.State.FOUND, Derivation.State.SAID])

    def shown(self) -> "DerivationQuerySet":
        """Those to show, with both ends; what was refused is only remembered."""
        ends = ("child__image", "parent__image")
        return self.exclude(state=Derivation.State.REFUSED).select_related(*ends)

    def around(self, image: Any) -> "DerivationQuerySet":
        """Those with an end in a picture."""
        return self.filter(Q(child__image=image) | Q(parent__image=image))

    def nearest_parent(self, version: Version) -> int | None:
        """The id of what a version was made from in its own picture, an edit before the rest."""
        own = self.settled().filter(child=version, parent__image=version.image_id)
        is_edit = models.Case(models.When(kind=Derivation.Kind.EDIT, then=0), default=1)
        return own.order_by(is_edit, "-parent__number").values_list("parent", flat=True).first()

    def relate(self, blob_pk: int) -> None:
        """Find the parents of the versions of a blob, and the children that waited for them."""
        for version in Version.objects.filter(blob=blob_pk):
            Clue.objects.keep(version)
            self.match(version)
            waiting = Clue.objects.answering(version).values_list("version", flat=True)
            children = Version.objects.filter(pk__in=waiting).exclude(pk=version.pk)
            for child in children.order_by("pk")[:MOST_CHILDREN]:
                self.match(child)
            self.match_alike(version)

    def match_alike(self, version: Version) -> None:
        """Look again at later versions of the picture that look more like this one than like any
        other before them: it came after them."""
        looks = [] if version.look is None else Version.objects.looks(version.image_id)
        later = []
        for pk, number, look in looks:
            if number > version.number:
                before = (each for each in looks if each[1] < number)
                found = looks_like(look, before)
                if found and found.parent == version.pk:
                    later.append(pk)
        for child in Version.objects.filter(pk__in=later[:MOST_CHILDREN]).order_by("pk"):
            self.match(child)

    def moved(self, version: Version) -> None:
        """It stands in another picture or under another number: what its look spoke for is found
        anew, as that counts within one picture."""
        stale = self.filter(how="looks", state=Derivation.State.PROPOSED)
        stale = stale.filter(Q(child=version) | Q(parent=version))
        again = {version.pk, *stale.values_list("child", flat=True)}
        stale.delete()
        for child in Version.objects.filter(pk__in=again).order_by("pk"):
            self.match(child)
        self.match_alike(version)

    def alike(self, child: Version) -> list[Finding]:
        """A proposal to the earlier version of its picture that it looks most like. None where the
        author has said anything of the kind: a refused likeness is not followed by the next."""
        if child.look is None or self.filter(child=child, state__in=BY_HAND).exists():
            return []
        looks = Version.objects.looks(child.image_id, before=child.number)
        found = looks_like(child.look, looks)
        return [found] if found else []

    def match(self, child: Version) -> None:
        """Read the edges of one version from its clues; what was said by hand stays."""
        told = [clue.told for clue in child.clues.filter(of_parent=True)]
        known = Clue.objects.members(child, told)
        found = match(Member(child.pk, child.image_id, child.number, child.blob_id), told, known)
        found = found or self.alike(child)
        with transaction.atomic():
            ends = [child.pk, *(each.parent for each in found)]
            list(Version.objects.select_for_update().filter(pk__in=ends).order_by("pk"))
            self._write(child, found)

    def _write(self, child: Version, found: list[Finding]) -> None:
        rows = {row.parent_id: row for row in self.filter(child=child)}
        by_hand = {pk for pk, row in rows.items() if row.is_by_hand}
        stale = rows.keys() - by_hand - {each.parent for each in found}
        self.filter(child=child, parent__in=stale).delete()
        for each in found:
            if each.parent in by_hand or self.is_above(each.parent, child.pk):
                continue
            state = Derivation.State.FOUND if each.is_certain else Derivation.State.PROPOSED
            self.update_or_create(
                child=child,
                parent_id=each.parent,
                defaults={"kind": each.kind, "how": each.how, "state": state},
            )

    def is_above(self, parent: int, child: int) -> bool:
        """Whether `child` is among those `parent` was made from, or is it."""
        parents: dict[int, list[int]] = {}
        front = [parent]
        while front:
            rows = self.settled().filter(child__in=front).values_list("child", "parent")
            front = []
            for below, above in rows:
                parents.setdefault(below, []).append(above)
                if above not in parents:
                    front.append(above)
        return is_above(parent, child, parents)

    def say(self, child: Version, parent: Version, kind: str) -> "Derivation":
        """Say by hand that `child` was made from `parent`; raises Circular."""
        with transaction.atomic():
            ends = [child.pk, parent.pk]
            list(Version.objects.select_for_update().filter(pk__in=ends).order_by("pk"))
            if self.is_above(parent.pk, child.pk):
                raise Circular(child, parent)
            said = {"kind": kind, "how": "said", "state": Derivation.State.SAID}
            return self.update_or_create(child=child, parent=parent, defaults=said)[0]

    def refuse(self, child: Version, parent: Version) -> None:
        """Say that `child` was not made from `parent`; no reading brings it back."""
        said = {"state": Derivation.State.REFUSED}
        self.update_or_create(child=child, parent=parent, defaults=said)

    def forget(self, child: Version, parent: Version) -> None:
        """Take back what was said by hand; what the file says holds again."""
        self.filter(child=child, parent=parent).delete()
        self.match(child)


class Derivation(models.Model):
    """An edge of the family tree: `child` was made from `parent`."""

    class Kind(models.TextChoices):
        """What was made of the parent."""

        EDIT = "edit", pgettext_lazy("family", "Edit")
        REFERENCE = "reference", pgettext_lazy("family", "Reference")
        UPSCALE = "upscale", pgettext_lazy("family", "Upscale")
        UNKNOWN = "unknown", pgettext_lazy("family", "Made from it")

    class State(models.TextChoices):
        """Whether it holds, and who says so."""

        FOUND = "found", _("Read from the file")
        PROPOSED = "proposed", _("Proposed")
        SAID = "said", _("Said by hand")
        REFUSED = "refused", _("Refused")

    child = models.ForeignKey(Version, models.CASCADE, related_name="made_from")
    parent = models.ForeignKey(Version, models.CASCADE, related_name="made_into")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UNKNOWN)
    how = models.CharField(max_length=12, default="said")
    state = models.CharField(max_length=8, choices=State, default=State.SAID)
    created = models.DateTimeField(auto_now_add=True)

    objects = DerivationQuerySet.as_manager()

    class Meta:
        ordering = ["child", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="one_edge_between_two"),
            models.CheckConstraint(
                condition=~Q(child=models.F("parent")), name="nothing_is_made_from_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} from {self.parent}"

    @property
    def is_by_hand(self) -> bool:
        """Whether the author said or refused it."""
        return self.state in {self.State.SAID, self.State.REFUSED}

    @property
    def is_weak(self) -> bool:
        """Whether nothing but a name speaks for it, or it is only proposed."""
        return self.how == "named" or self.state == self.State.PROPOSED

    @property
    def bits(self) -> int:
        """In how many of 64 bits the fingerprints of both ends differ."""
        return distance(self.child.look or 0, self.parent.look or 0)

    @property
    def measured(self) -> str:
        """How near they are in figures, for who asks; empty where that is not the reason."""
        if self.how != "looks":
            return ""
        return str(_("%(bits)d of the 64 bits of their fingerprints differ")) % {"bits": self.bits}

    @property
    def reason(self) -> str:
        """Why it is there, for a page to say; needs both ends."""
        told: dict[str, Any] = {"name": self.parent.filename, "number": self.parent.number}
        if self.how == "looks" and self.bits <= AT_FIRST_SIGHT:
            return str(_("looks the same as v%(number)d at first sight")) % told
        return str(REASONS.get(self.how, REASONS["said"])) % told
