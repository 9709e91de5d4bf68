"""What a person fills in about a world or an entry of its bible."""

import re
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .models import Entry, World


class WorldForm(forms.ModelForm[World]):
    """A world is a name, in one language or in two."""

    class Meta:
        model = World
        fields = ("title", "other_title")


class EntryForm(forms.ModelForm[Entry]):
    """One thing that is true, and the names it goes by."""

    aliases = forms.CharField(
        label=_("Also called"),
        required=False,
        max_length=2000,
        help_text=_("Other names, with commas between them."),
    )

    class Meta:
        model = Entry
        fields = ("kind", "title", "other_title", "summary", "body", "picture")
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}

    field_order = ("kind", "title", "other_title", "aliases", "summary", "body", "picture")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].empty_label = _("No picture")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["aliases"] = ", ".join(alias.name for alias in self.instance.aliases.all())

    def clean_aliases(self) -> list[str]:
        """The names one by one; a comma of either script, or a line's end, ends a name."""
        names = [name.strip() for name in re.split(r"[,，、;；\n]", self.cleaned_data["aliases"])]
        too_long = next((name for name in names if len(name) > 200), None)
        if too_long:
            raise forms.ValidationError(_("One of the names is longer than 200 characters."))
        return [name for name in names if name]

    def save(self, commit: bool = True) -> Entry:
        """Save the entry with its names."""
        with transaction.atomic():
            entry = super().save(commit=commit)
            entry.set_aliases(self.cleaned_data["aliases"])
        return entry
