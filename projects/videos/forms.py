"""What a person fills in about a concept or a shot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Concept, Shot


class ConceptForm(forms.ModelForm[Concept]):
    """A concept begins with a title; the rest can wait."""

    class Meta:
        model = Concept
        fields = ("title", "other_title", "stage", "brief")
        widgets = {"brief": forms.Textarea(attrs={"rows": 5})}


class ShotForm(forms.ModelForm[Shot]):
    """A shot: what happens, and for how long."""

    seconds = forms.DecimalField(
        label=_("Seconds"), min_value=0.1, max_value=3600, decimal_places=2, initial=4
    )

    class Meta:
        model = Shot
        fields = ("title", "seconds")
