"""What a person says of a detour."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timelog.forms import check_day
from timelog.models import Detour

DAY = {"type": "date"}


class DetourForm(forms.ModelForm[Detour]):
    """A new detour, or one that is corrected."""

    gather = forms.BooleanField(
        label=gettext_lazy("Give it the nameless hours since then"), required=False, initial=True
    )

    class Meta:
        model = Detour
        fields = ("name", "why", "began", "ended")
        widgets = {
            "began": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "ended": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["gather"]
        else:
            del self.fields["ended"]

    def clean(self) -> dict[str, Any]:
        """Days of a life, in their order; a name that no other open one has."""
        data = super().clean() or {}
        began, ended = data.get("began"), data.get("ended")
        for name in ("began", "ended"):
            if data.get(name):
                try:
                    check_day(data[name])
                except forms.ValidationError as wrong:
                    self.add_error(name, wrong)
        if began and ended and ended < began:
            self.add_error("ended", _("It cannot have ended before it began."))
        others = Detour.objects.open().exclude(pk=self.instance.pk)
        if data.get("name") and others.filter(name__iexact=data["name"]).exists():
            self.add_error("name", _("There is an open detour of this name."))
        return data

    def save(self, commit: bool = True) -> Detour:
        """Keep it; what goes on again has not paid off yet."""
        if self.instance.ended is None:
            self.instance.paid_off = self.instance.judged = None
        return super().save(commit)


class JudgeForm(forms.Form):
    """Whether it paid off, and what came of it."""

    paid_off = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no"), ("", "")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )
    outcome = forms.CharField(label=gettext_lazy("What came of it"), max_length=300, required=False)


class ChooseForm(forms.Form):
    """The detour of an entry."""

    detour = forms.ModelChoiceField(
        Detour.objects.all(),
        label=gettext_lazy("Detour"),
        required=False,
        empty_label=gettext_lazy("without a name"),
    )
