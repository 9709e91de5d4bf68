"""The family of a picture's versions, as its page draws and lists it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .family_layout import Drawing, Size, Spot, draw
from .models import Derivation, Image, Version

SIZE = Size()
THUMB_HEIGHT = 72
TIP_WIDTH = 216
MOST_DRAWN = 100  # above, the list alone


@dataclass(frozen=True)
class Kin:
    """A version as it stands in the drawing."""

    version: Version
    spot: Spot
    is_guest: bool  # of another picture

    @property
    def address(self) -> str:
        """Where it leads: the comparison, or the picture it belongs to."""
        if self.is_guest:
            return f"{reverse('images:image', args=[self.version.image_id])}#family"
        compare = reverse("images:image_compare", args=[self.version.image_id])
        return f"{compare}?v={self.version.number}"

    @property
    def label(self) -> str:
        """Its number; of another picture with its title."""
        number = f"v{self.version.number}"
        return f"{number} · {self.version.image.title}" if self.is_guest else number

    @property
    def caption_y(self) -> float:
        """The base line of the words below it."""
        return self.spot.y + THUMB_HEIGHT + 16


@dataclass(frozen=True)
class Line:
    """An edge as it is drawn and listed."""

    edge: Derivation
    path: str = ""
    middle: Spot | None = None

    @property
    def tip(self) -> Spot:
        """The upper left corner of its words: beside the middle of the line, in the drawing."""
        middle = self.middle or Spot(0, 0)
        return Spot(max(0.0, middle.x - TIP_WIDTH / 2), middle.y + 6)

    @property
    def is_inside(self) -> bool:
        """Whether both ends are versions of one picture."""
        return bool(self.edge.child.image_id == self.edge.parent.image_id)

    @property
    def address(self) -> str:
        """The comparison of both ends; of two pictures the page where it can be changed."""
        child, parent = self.edge.child, self.edge.parent
        if not self.is_inside:
            return reverse("images:version_parents", args=[child.pk])
        compare = reverse("images:image_compare", args=[child.image_id])
        return f"{compare}?v={parent.number}&v={child.number}"

    @property
    def words(self) -> str:
        """What it is and why."""
        said = {"kind": self.edge.get_kind_display(), "reason": self.edge.reason}
        if self.edge.state == Derivation.State.PROPOSED:
            return pgettext("family", "Proposed: %(reason)s") % said
        if self.edge.how == "said":
            return _("%(kind)s, %(reason)s") % said
        return _("%(kind)s: %(reason)s") % said


@dataclass(frozen=True)
class Family:
    """The versions of one picture, those of others they come from or went into, and the edges."""

    image: Image
    versions: list[Version]
    edges: list[Derivation] = field(default_factory=list)

    @classmethod
    def of(cls, image: Image, versions: list[Version]) -> "Family":
        """Of a picture with its versions as the page has them; one query."""
        edges = Derivation.objects.shown().around(image).order_by("child__number", "pk")
        return cls(image, versions, list(edges))

    @property
    def is_worth_a_look(self) -> bool:
        """Whether there is an edge, or two versions there might be one between."""
        return bool(self.edges) or len(self.versions) > 1

    @cached_property
    def settled(self) -> list[Derivation]:
        """The edges that hold."""
        return [edge for edge in self.edges if edge.state != Derivation.State.PROPOSED]

    @cached_property
    def members(self) -> dict[int, Version]:
        """All who stand in the drawing, by id: those with an edge that holds."""
        ends = [end for edge in self.settled for end in (edge.parent, edge.child)]
        found = {end.pk: end for end in ends}
        return dict(sorted(found.items(), key=lambda item: (item[1].number, item[0])))

    @cached_property
    def drawing(self) -> Drawing:
        """Where they stand."""
        edges = [(edge.child_id, edge.parent_id) for edge in self.settled]
        return draw(list(self.members), edges, SIZE)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a drawing, and one that can be looked at."""
        return bool(self.settled) and len(self.members) <= MOST_DRAWN

    @property
    def kin(self) -> list[Kin]:
        """The versions of the drawing."""
        return [
            Kin(self.members[pk], spot, self.members[pk].image_id != self.image.pk)  # type: ignore[index]
            for pk, spot in self.drawing.spots.items()
        ]

    @property
    def lines(self) -> list[Line]:
        """The edges of the drawing."""
        found = []
        for edge in self.settled:
            key = (edge.child_id, edge.parent_id)
            if key in self.drawing.lines:
                found.append(Line(edge, self.drawing.lines[key], self.drawing.middles[key]))
        return found

    @property
    def settled_rows(self) -> list[Line]:
        """The edges that hold, for the list."""
        return [Line(edge) for edge in self.settled]

    @property
    def proposed_rows(self) -> list[Line]:
        """Those that wait for a word."""
        return [Line(edge) for edge in self.edges if edge.state == Derivation.State.PROPOSED]

    @property
    def proposals(self) -> int:
        """How many edges wait for a word."""
        return len(self.edges) - len(self.settled)

    @property
    def loose(self) -> list[Version]:
        """Versions of the picture nothing is known of."""
        known = {end for edge in self.edges for end in (edge.child_id, edge.parent_id)}
        return [each for each in self.versions if each.pk not in known]

    @property
    def box(self) -> str:
        """The part of the plane the drawing takes, with room for what a focus draws round it."""
        return f"-4 -4 {self.drawing.width + 8:g} {self.drawing.height + 8:g}"

    @property
    def width(self) -> str:
        """Of the drawing, in pixels."""
        return f"{self.drawing.width + 8:.0f}"

    @property
    def height(self) -> str:
        """Of the drawing, in pixels."""
        return f"{self.drawing.height + 8:.0f}"
