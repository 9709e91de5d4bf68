"""What a person fills in about a concept or a shot."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.tools.models import Capability, Tool

from .models import BriefRevision, Concept, Shot, Wait


class ConceptForm(forms.ModelForm[Concept]):
    """A concept begins with a title; the rest can wait."""

    class Meta:
        model = Concept
        fields = ("title", "other_title", "stage", "brief")
        widgets = {"brief": forms.Textarea(attrs={"rows": 5})}

    def save(self, commit: bool = True) -> Concept:
        """Save; a new stage is a move, a new brief a revision of it."""
        said = self.cleaned_data
        with transaction.atomic():
            if self.instance.pk:
                self.instance.stage, self.instance.brief = (
                    self.initial["stage"],
                    self.initial["brief"],
                )
            concept = super().save(commit=commit)
            concept.move_to(said["stage"])
            BriefRevision.keep(concept, said["brief"])
        return concept


class BriefForm(forms.Form):
    """What a film is to be."""

    brief = forms.CharField(
        label=_("Brief"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ShotForm(forms.ModelForm[Shot]):
    """A shot: what happens, and for how long."""

    seconds = forms.DecimalField(
        label=_("Seconds"), min_value=0.1, max_value=3600, decimal_places=2, initial=4
    )

    class Meta:
        model = Shot
        fields = ("title", "seconds")


class WaitForm(forms.ModelForm[Wait]):
    """What it waits for: a capability, of one tool or of any."""

    class Meta:
        model = Wait
        fields = ("capability", "tool", "since", "note")
        widgets = {"since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wait = self.instance
        capability, tool = self.fields["capability"], self.fields["tool"]
        assert isinstance(capability, forms.ModelChoiceField)
        assert isinstance(tool, forms.ModelChoiceField)
        asked = Q(retired=False) | Q(pk=wait.capability_id)
        capability.queryset = Capability.objects.filter(asked).by_group()
        tool.queryset = Tool.objects.filter(Q(retired=False) | Q(pk=wait.tool_id))
        tool.empty_label = _("Any tool")
        capability.empty_label = _("Choose one")
        if not wait.since:
            self.initial["since"] = timezone.localdate()

    def clean_since(self) -> Any:
        """Waiting has begun; with a day of grace for an author east of this machine's clock."""
        since = self.cleaned_data["since"]
        if since > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("That day is still to come."))
        return since
