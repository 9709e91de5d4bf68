"""Forms of pictures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Image, Version


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
