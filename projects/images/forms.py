"""Forms of pictures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Export, Image, Version
from .sheet import PAPERS


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
