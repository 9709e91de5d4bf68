"""What a person fills in about time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timelog.duration import seconds
from timelog.models import Kind, Milestone, OpeningBalance
from timelog.models.entry import MOST_SECONDS

WEEK_SECONDS = 7 * 24 * 3600


class DurationField(forms.CharField):
    """Seconds, written as people write durations."""

    def __init__(self, *, most: int = MOST_SECONDS, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.most = most

    def clean(self, value: Any) -> int:
        """Seconds, or what is wrong with the words."""
        written = str(super().clean(value))
        if not written:
            return 0
        try:
            length = seconds(written)
        except ValueError:
            raise forms.ValidationError(
                _("“%(written)s” is no duration; write 2h40, 2:40, 2.5 or 40 min.")
                % {"written": written}
            ) from None
        if length <= 0 and self.required:
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


class BalanceForm(forms.ModelForm[OpeningBalance]):
    """Hours from before the studio."""

    kind = KindChoice(label=gettext_lazy("Kind"))
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"), min_value=0, max_value=200_000, decimal_places=2
    )

    class Meta:
        model = OpeningBalance
        fields = ("kind", "hours", "began", "as_of", "note")
        widgets = dict.fromkeys(
            ("began", "as_of"), forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        help_texts = {
            "began": gettext_lazy("If you know it. It gives the hours a pace, and dates ahead.")
        }

    def clean(self) -> dict[str, Any]:
        """Hours are gathered before they are counted."""
        data = super().clean() or {}
        began, as_of = data.get("began"), data.get("as_of")
        if began and as_of and began >= as_of:
            self.add_error("began", _("Write a day before the one the hours are counted on."))
        return data

    def save(self, commit: bool = True) -> OpeningBalance:
        """Keep it in seconds."""
        self.instance.seconds = round(self.cleaned_data["hours"] * 3600)
        return super().save(commit)


class LevelForm(forms.Form):
    """Since when the hours come as they do now."""

    began = forms.DateField(
        label=gettext_lazy("This level began on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[check_day],
    )


class KindForm(forms.ModelForm[Kind]):
    """A kind's name, and how it counts."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)

    class Meta:
        model = Kind
        fields = ("name", "family", "retired")


class AimsForm(forms.Form):
    """What the author means a week to be: a share of writing, and hours of a kind."""

    writing = forms.IntegerField(
        label=gettext_lazy("Writing, percent of each week"), min_value=0, max_value=100
    )

    def __init__(
        self, data: Any = None, *, kinds: Sequence[Kind], writing: int, auto_id: str
    ) -> None:
        initial: dict[str, Any] = {"writing": writing}
        initial |= {f"kind_{kind.pk}": said(kind.weekly) if kind.weekly else "" for kind in kinds}
        super().__init__(data, auto_id=auto_id, initial=initial)
        self.kinds = kinds
        for kind in kinds:
            label = format_lazy(gettext_lazy("{kind}, a week"), kind=kind.said)
            self.fields[f"kind_{kind.pk}"] = DurationField(
                label=label, required=False, most=WEEK_SECONDS
            )

    def clean(self) -> dict[str, Any]:
        """All aims together must fit into a week."""
        data = super().clean() or {}
        sum_ = sum(self.lengths().values())
        if sum_ > WEEK_SECONDS:
            raise forms.ValidationError(
                _("Together that is %(h)d hours. A week has 168.") % {"h": -(-sum_ // 3600)}
            )
        return data

    def lengths(self) -> dict[int, int]:
        """Seconds a week by kind; 0 where there is no aim."""
        data = self.cleaned_data
        return {kind.pk: data.get(f"kind_{kind.pk}") or 0 for kind in self.kinds}


class MilestoneForm(forms.ModelForm[Milestone]):
    """A number of hours of some kinds; one that is edited may keep a kind that is retired."""

    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1, max_value=1_000_000)
    kinds = forms.ModelMultipleChoiceField(
        Kind.objects.none(),
        label=gettext_lazy("Kinds"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Milestone
        fields = ("hours", "kinds", "name")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = Kind.objects.filter(retired=False)
        if self.instance.pk:
            choices |= Kind.objects.filter(pk__in=self.instance.kinds.values("pk"))
        field: Any = self.fields["kinds"]
        field.queryset = choices.distinct().order_by("position", "pk")

    def clean(self) -> dict[str, Any]:
        """The same hours of the same kinds twice would say nothing."""
        data = super().clean() or {}
        if data.get("hours") and data.get("kinds"):
            twin = Milestone.objects.of(data["hours"], data["kinds"])
            if twin and twin.pk != self.instance.pk:
                raise forms.ValidationError(_("There is such a milestone already."))
        return data
