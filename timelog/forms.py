"""What a person fills in about time."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from timelog.duration import seconds
from timelog.models import Kind, Milestone, OpeningBalance
from timelog.models.entry import MOST_SECONDS


class DurationField(forms.CharField):
    """Seconds, written as people write durations."""

    def __init__(self, *, most: int = MOST_SECONDS, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.most = most

    def clean(self, value: Any) -> int:
        """Seconds, or what is wrong with the words."""
        written = str(super().clean(value))
        try:
            length = seconds(written)
        except ValueError:
            raise forms.ValidationError(
                _("“%(written)s” is no duration; write 2h40, 2:40, 2.5 or 40 min.")
                % {"written": written}
            ) from None
        if length <= 0:
            raise forms.ValidationError(_("Write more than nothing."))
        if length > self.most:
            raise forms.ValidationError(
                _("That is more than %(h)d hours.") % {"h": self.most // 3600}
            )
        return length


class KindChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the kinds in use."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Kind.objects.in_use(), empty_label=None, **options)


def said(length: int | None) -> str:
    """Seconds as they are written into a form: 2h40."""
    minutes = round((length or 0) / 60)
    return f"{minutes // 60}h{minutes % 60:02d}"


def check_day(day: date) -> None:
    """A slip of the finger is no day of work."""
    if not 1900 <= day.year <= 2100:
        raise forms.ValidationError(_("Write a day between 1900 and 2100."))


class EntryForm(forms.Form):
    """An entry by hand; `kept` is the kind it has, which one may keep when it is retired."""

    kind = KindChoice(label=gettext_lazy("Kind"))
    length = DurationField(
        label=gettext_lazy("How long"), help_text=gettext_lazy("2h40, 2:40, 2.5 or 40 min")
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[check_day],
    )
    note = forms.CharField(label=pgettext_lazy("time", "Note"), max_length=500, required=False)

    def __init__(self, *args: Any, kept: Kind | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if kept is not None and kept.retired:
            choices = Kind.objects.in_use() | Kind.objects.filter(pk=kept.pk)
            self.fields["kind"].queryset = choices  # type: ignore[attr-defined]


class BalanceForm(forms.ModelForm[OpeningBalance]):
    """Hours from before the studio."""

    kind = KindChoice(label=gettext_lazy("Kind"))
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"), min_value=0, max_value=200_000, decimal_places=2
    )

    class Meta:
        model = OpeningBalance
        fields = ("kind", "hours", "as_of", "note")
        widgets = {"as_of": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def save(self, commit: bool = True) -> OpeningBalance:
        """Keep it in seconds."""
        self.instance.seconds = round(self.cleaned_data["hours"] * 3600)
        return super().save(commit)


class KindForm(forms.ModelForm[Kind]):
    """A kind's name, and how it counts."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)

    class Meta:
        model = Kind
        fields = ("name", "family", "retired")


class MilestoneForm(forms.ModelForm[Milestone]):
    """A number of hours of some kinds."""

    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1, max_value=1_000_000)
    kinds = forms.ModelMultipleChoiceField(
        Kind.objects.in_use(),
        label=gettext_lazy("Kinds"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Milestone
        fields = ("hours", "kinds", "name")
