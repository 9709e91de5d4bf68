"""What is inside a version's file, in the words of the page: colours, depth, frames, layers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext_lazy

from .making import Fact
from .models import Version
from .provenance.recipe import mapping, rows, text

SPACES = {
    "rgb": "RGB",
    "grey": gettext_noop("grey"),
    "palette": gettext_noop("palette"),
    "cmyk": "CMYK",
    "lab": "Lab",
}
KINDS = {
    "group": pgettext_lazy("layer", "group"),
    "text": pgettext_lazy("layer", "text"),
    "smart": pgettext_lazy("layer", "smart object"),
    "adjustment": pgettext_lazy("layer", "adjustment"),
    "shape": pgettext_lazy("layer", "shape"),
    "fill": pgettext_lazy("layer", "fill"),
    "pixels": pgettext_lazy("layer", "pixels"),
}
# Photoshop's keys and its own names for them.
BLENDS = {
    "pass": pgettext_lazy("blend mode", "Pass through"),
    "norm": pgettext_lazy("blend mode", "Normal"),
    "diss": pgettext_lazy("blend mode", "Dissolve"),
    "dark": pgettext_lazy("blend mode", "Darken"),
    "mul": pgettext_lazy("blend mode", "Multiply"),
    "idiv": pgettext_lazy("blend mode", "Color burn"),
    "lbrn": pgettext_lazy("blend mode", "Linear burn"),
    "dkCl": pgettext_lazy("blend mode", "Darker color"),
    "lite": pgettext_lazy("blend mode", "Lighten"),
    "scrn": pgettext_lazy("blend mode", "Screen"),
    "div": pgettext_lazy("blend mode", "Color dodge"),
    "lddg": pgettext_lazy("blend mode", "Linear dodge"),
    "lgCl": pgettext_lazy("blend mode", "Lighter color"),
    "over": pgettext_lazy("blend mode", "Overlay"),
    "sLit": pgettext_lazy("blend mode", "Soft light"),
    "hLit": pgettext_lazy("blend mode", "Hard light"),
    "vLit": pgettext_lazy("blend mode", "Vivid light"),
    "lLit": pgettext_lazy("blend mode", "Linear light"),
    "pLit": pgettext_lazy("blend mode", "Pin light"),
    "hMix": pgettext_lazy("blend mode", "Hard mix"),
    "diff": pgettext_lazy("blend mode", "Difference"),
    "smud": pgettext_lazy("blend mode", "Exclusion"),
    "fsub": pgettext_lazy("blend mode", "Subtract"),
    "fdiv": pgettext_lazy("blend mode", "Divide"),
    "hue": pgettext_lazy("blend mode", "Hue"),
    "sat": pgettext_lazy("blend mode", "Saturation"),
    "colr": pgettext_lazy("blend mode", "Color"),
    "lum": pgettext_lazy("blend mode", "Luminosity"),
}
_USUAL = {"norm", "pass"}


class Row(NamedTuple):
    """A layer as a line of the list; `below` are those of a group."""

    name: str
    kind: str
    visible: bool
    opacity: int
    blend: str
    below: list["Row"]


@dataclass(frozen=True)
class FileFacts:
    """What the file of `version` holds beside its pixels."""

    version: Version

    @property
    def inside(self) -> dict[str, Any]:
        """As it was read."""
        return mapping(self.version.inside)

    @property
    def profile(self) -> str:
        """The name of the colour profile, or what stands in its place."""
        said = mapping(self.inside.get("profile"))
        if said.get("broken"):
            return _("broken, not used")
        return text(said.get("name")) or _("none, taken for sRGB")

    @property
    def colour_key(self) -> str:
        """What two versions must share to mean the same colours by the same numbers."""
        said = mapping(self.inside.get("profile"))
        if said.get("srgb"):
            return "srgb"
        return "" if said.get("broken") else text(said.get("name"))

    @property
    def facts(self) -> list[Fact]:
        """Lines for the list of the file."""
        return list(self._facts()) if self.inside else []

    def _facts(self) -> Iterator[Fact]:
        inside = self.inside
        space = SPACES.get(str(inside.get("space")), "RGB")
        bits = inside.get("bits")
        if isinstance(bits, int):
            depth = _("%(space)s, %(bits)d bits a channel") % {"space": _(space), "bits": bits}
            yield Fact(_("Colours"), depth if bits > 1 else _("black and white"))
        yield Fact(_("Colour profile"), self.profile)
        if count := self.layer_count:
            yield Fact(_("Layers"), str(count))
        credentials = mapping(inside.get("credentials"))
        if signer := text(credentials.get("signer")):
            yield Fact(_("Signed by"), signer)

    @property
    def notes(self) -> list[str]:
        """What the author should know of how it is shown, a sentence each."""
        return list(self._notes())

    def _notes(self) -> Iterator[str]:
        inside = self.inside
        frames = inside.get("frames")
        if isinstance(frames, int) and frames > 1:
            words = ngettext(
                "It holds %(count)d picture; the first is shown.",
                "It holds %(count)d pictures; the first is shown.",
                frames,
            )
            yield words % {"count": frames}
        if inside.get("unmerged") and not self.version.error:
            yield _(
                "Photoshop saved only layers here, so its small preview is shown; save it with "
                "“Maximise compatibility”."
            )
        if mapping(inside.get("profile")).get("broken"):
            yield _("Its colour profile is broken or meant for another kind of colours; not used.")
        if inside.get("space") == "cmyk" and not inside.get("profile"):
            yield _("CMYK without a profile: its colours are shown by a rule of thumb.")
        credentials = mapping(inside.get("credentials"))
        if credentials.get("unread"):
            yield _("It carries Content Credentials; install the extra “c2pa” to read them.")
        if credentials.get("broken"):
            yield _("Its Content Credentials are damaged and cannot be read.")
        if credentials.get("changed"):
            yield _("It was changed after its Content Credentials were signed.")

    @property
    def layers(self) -> list[Row]:
        """The layers, uppermost first, those of a group below it."""
        return layer_rows(self.inside.get("layers"))

    @property
    def layer_count(self) -> int:
        """How many layers, groups among them."""
        return count_of(self.layers)


def layer_rows(given: Any) -> list[Row]:
    """Layers as they were read, in words."""
    return [
        Row(
            name=text(each.get("name")),
            kind=str(KINDS.get(text(each.get("kind")), KINDS["pixels"])),
            visible=bool(each.get("visible", True)),
            opacity=int(each.get("opacity", 100)),
            blend="" if each.get("blend") in _USUAL else blend(text(each.get("blend"))),
            below=layer_rows(each.get("layers")),
        )
        for each in filter(None, map(mapping, rows(given)))
    ]


def blend(key: str) -> str:
    """A blend mode as Photoshop calls it; an unknown key stays."""
    return str(BLENDS.get(key, key))


def count_of(layers: list[Row]) -> int:
    """All layers of a tree."""
    return sum(1 + count_of(each.below) for each in layers)


def colour_warning(a: Version, b: Version) -> str:
    """A sentence where the same numbers mean different colours in two versions; else nothing."""
    one, two = FileFacts(a), FileFacts(b)
    if not one.inside or not two.inside or one.colour_key == two.colour_key:
        return ""
    said = {
        "a": a.number,
        "b": b.number,
        "profile_a": one.profile,
        "profile_b": two.profile,
    }
    return (
        _("Colour profiles differ: v%(a)d %(profile_a)s; v%(b)d %(profile_b)s.") % said
        + " "
        + _("Both are shown as sRGB.")
    )
