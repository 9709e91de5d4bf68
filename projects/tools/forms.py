"""What a person fills in about tools and tests."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .again import WEEKS, suggest
from .matrix import MARKS
from .models import Capability, Tool, Trial


def day_input() -> forms.DateInput:
    """A day as browsers take it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ToolForm(forms.ModelForm[Tool]):
    """A tool's name and version."""

    class Meta:
        model = Tool
        fields = ("name", "version", "retired")


class CapabilityForm(forms.ModelForm[Capability]):
    """What one asks of a tool, in one language or two."""

    class Meta:
        model = Capability
        fields = ("title", "other_title", "group", "retired")

    def save(self, commit: bool = True) -> Capability:
        """In another group it stands last."""
        group = self.cleaned_data["group"]
        if self.instance.pk and "group" in self.changed_data:
            self.instance.group = self.initial["group"]
            self.instance.join(group)
        return super().save(commit)


class TrialForm(forms.ModelForm[Trial]):
    """A test: what it showed, when, and when to try again.

    An empty day means the day that is usual for the state; `never` means no reminder.
    """

    never = forms.BooleanField(label=gettext_lazy("Do not remind me"), required=False)

    class Meta:
        model = Trial
        fields = ("state", "tried_on", "note", "again_on")
        widgets = {
            "state": forms.RadioSelect,
            "tried_on": day_input(),
            "note": forms.Textarea(attrs={"rows": 2}),
            "again_on": day_input(),
        }
        error_messages = {"state": {"required": gettext_lazy("Say what the test showed.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "trial_%s"} | kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = Trial.State.choices
        self.fields["again_on"].help_text = (
            _("Left empty: in %(partly)d weeks for partly, in %(not)d for not yet, never for can.")
            % WEEKS
        )
        if self.instance.pk:
            self.initial["never"] = self.instance.again_on is None
        else:
            self.initial.setdefault("tried_on", timezone.localdate())

    @property
    def states(self) -> list[tuple[str, str, str, int]]:
        """Each state: its value, its name, how it is drawn, in how many weeks to test again."""
        return [
            (state.value, str(state.label), MARKS[state.value], WEEKS.get(state.value, 0))
            for state in Trial.State
        ]

    def clean(self) -> dict[str, Any]:
        """Settle when to test again."""
        data: dict[str, Any] = super().clean() or {}
        state, tried_on, again_on = (data.get(key) for key in ("state", "tried_on", "again_on"))
        # A day of grace: the author may be east of the clock of this machine.
        if tried_on and tried_on > timezone.localdate() + timedelta(days=1):
            self.add_error("tried_on", _("That day is still to come. Write the day of the test."))
        if data.get("never"):
            data["again_on"] = None
        elif state and tried_on and (again_on is None or self.follows_the_rule()):
            data["again_on"] = suggest(state, tried_on)
        elif tried_on and again_on and again_on <= tried_on:
            self.add_error("again_on", _("Choose a day after the test."))
        return data

    def follows_the_rule(self) -> bool:
        """Whether an existing test had the usual day, and nobody touched it."""
        old = self.instance
        if not old.pk or {"again_on", "never"} & set(self.changed_data):
            return False
        return bool(old.again_on == suggest(old.state, old.tried_on))
