"""Choosing home."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.voice.models import Profile
from projects.writing.models import Book


class HomeForm(forms.Form):
    """Which book is home, and what the author says of the voice in its language."""

    book = forms.ModelChoiceField(
        Book.objects.order_by("world", "position", "pk"),
        label=_("Home"),
        empty_label=None,
        error_messages={
            "invalid_choice": _("That book is not here any more; choose another."),
            "required": _("Choose a book."),
        },
    )
    said = forms.CharField(
        label=_("In your words"),
        max_length=200,
        required=False,
        help_text=_("How the voice is called, as “Rational, restrained, epic.”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, language: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language
        if language:
            books = Book.objects.filter(language__startswith=language)
            self.fields["book"].queryset = books.order_by("world", "position", "pk")  # type: ignore[attr-defined]
            self.fields["said"].widget.attrs["lang"] = "zh-Hans" if language == "zh" else "en"

    def save(self) -> Profile:
        """Make it home."""
        return Profile.objects.choose(self.cleaned_data["book"], self.cleaned_data["said"].strip())
