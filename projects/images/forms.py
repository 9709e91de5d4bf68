"""Forms of pictures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Export, Image, Mark, Version
from .places import PLACES, corners
from .shapes import BOX, PIN, Point, middle, shaped
from .sheet import PAPERS

LONGEST_MARK = 4000  # characters
UNREAD = _("That shape cannot be read; draw it again.")
NO_SHAPE = {"invalid": UNREAD, "invalid_choice": UNREAD}


class ImageForm(forms.ModelForm[Image]):
    """A picture's title; with files it may be left to their names."""

    class Meta:
        model = Image
        fields = ("title",)
        widgets = {"title": forms.TextInput(attrs={"class": "input", "autocomplete": "off"})}

    def __init__(self, *args: Any, has_files: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        title = self.fields["title"]
        title.required = not has_files
        title.error_messages["required"] = _("Give the picture a title, or choose files.")


class NoteForm(forms.ModelForm[Version]):
    """What the author notes about a version."""

    class Meta:
        model = Version
        fields = ("note",)


class MarkForm(forms.ModelForm[Mark]):
    """What a mark says, and where it stands: points as they were drawn, else words or percents.

    Without any of these a mark that is there stays where it is.
    """

    body = forms.CharField(required=False, max_length=LONGEST_MARK, strip=True)
    shape = forms.ChoiceField(choices=Mark.Shape, required=False, error_messages=NO_SHAPE)
    points = forms.JSONField(required=False, error_messages=NO_SHAPE)
    place = forms.ChoiceField(choices=[("", ""), *PLACES.items()], required=False)
    x = forms.FloatField(required=False, min_value=0, max_value=100)
    y = forms.FloatField(required=False, min_value=0, max_value=100)
    w = forms.FloatField(required=False, min_value=0, max_value=100)
    h = forms.FloatField(required=False, min_value=0, max_value=100)

    class Meta:
        model = Mark
        fields = ("kind", "body")
        error_messages = {"kind": {"invalid_choice": _("Choose note, to-do or approved.")}}

    @property
    def sentence(self) -> str:
        """The first thing that is wrong, as a sentence."""
        for name, errors in self.errors.items():
            if name in ("x", "y", "w", "h"):
                return str(_("Give the place in percent of the picture, from 0 to 100."))
            return str(errors[0])
        return ""

    def clean(self) -> dict[str, Any]:
        """Words where there must be some, and a shape that is one."""
        said = super().clean() or self.cleaned_data
        kind = said.get("kind")
        if kind != Mark.Kind.KEEP and not said.get("body") and "body" not in self.errors:
            self.add_error("body", _("A mark needs a word or two."))
        shape, points = self.drawn(said)
        if self.errors:
            return said
        if not points and self.instance._state.adding:
            self.add_error(
                None, _("Say where: choose a place, or give percents from the left and the top.")
            )
        elif kind == Mark.Kind.KEEP and shape == PIN:
            self.add_error(
                None, _("Only an area can be approved; draw a box round what must stay.")
            )
        return said | {"shape": shape, "points": points}

    def drawn(self, said: dict[str, Any]) -> tuple[str, list[Point]]:
        """The shape that was given, else the one there is; without points when none was given."""
        shape = said.get("shape") or (PIN if self.instance._state.adding else self.instance.shape)
        given = said.get("points")
        if not given and said.get("place"):
            ends = corners(said["place"])
            shape = shape if shape == BOX else PIN
            given = ends if shape == BOX else [middle(ends)]
        elif not given and said.get("x") is not None and said.get("y") is not None:
            left, top = said["x"] / 100, said["y"] / 100
            wide, high = ((said.get(side) or 0) / 100 for side in ("w", "h"))
            shape = BOX if wide and high else PIN
            given = [(left, top), (left + wide, top + high)] if shape == BOX else [(left, top)]
        if not given:
            return shape, []
        try:
            return shape, shaped(shape, given)
        except (TypeError, ValueError):
            self.add_error(None, UNREAD)
            return shape, []


class ExportForm(forms.Form):
    """What to take along, and in which form; the versions to choose from are given to it."""

    MOST = {"pdf": 400, "png": 120, "zip": 1000}
    COLUMNS = (2, 3, 4, 5, 6)

    kind = forms.ChoiceField(label=_("What"), choices=Export.Kind.choices, initial="pdf")
    paper = forms.ChoiceField(
        label=_("Paper"), choices=[(name, name) for name in PAPERS], initial="A4", required=False
    )
    turned = forms.ChoiceField(
        label=_("Held"),
        choices=[("landscape", _("Landscape")), ("portrait", _("Upright"))],
        initial="landscape",
        required=False,
    )
    columns = forms.TypedChoiceField(
        label=_("In a row"),
        choices=[(n, n) for n in COLUMNS],
        coerce=int,
        initial=4,
        required=False,
    )
    chosen = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Choose one or more."),
            "invalid_choice": _("One of them is not here any more; choose again."),
        },
    )

    def __init__(self, offered: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(pk, pk) for pk in offered]

    def clean(self) -> dict[str, Any]:
        """No more than one file holds well."""
        told: dict[str, Any] = super().clean() or {}
        most = self.MOST.get(told.get("kind", ""), 0)
        if len(told.get("chosen", ())) > most > 0:
            words = _("It holds %d at most; choose fewer, or a PDF.")
            self.add_error("chosen", words % most)
        return told

    @property
    def options(self) -> dict[str, Any]:
        """What the sheet is to look like."""
        told = self.cleaned_data
        return {
            "paper": told["paper"] or "A4",
            "landscape": told["turned"] != "portrait",
            "columns": told["columns"] or 4,
        }
