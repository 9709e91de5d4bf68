"""What a person fills in about one entry: a kind, and either how long or from when to when."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from studio.store.days import Days
from timelog.forms import DurationField, KindChoice, check_day, said
from timelog.models import Kind, TimeEntry
from timelog.overlap import Stretch
from timelog.wall import instants

CLOCK = {"type": "time"}


class EntryForm(forms.Form):
    """An entry by hand; `kept` is the kind it has, which one may keep when it is retired."""

    kind = KindChoice(label=gettext_lazy("Kind"))
    length = DurationField(
        label=gettext_lazy("How long"),
        help_text=gettext_lazy("2h40, 2:40, 2.5 or 40 min"),
        required=False,
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[check_day],
    )
    begins = forms.TimeField(
        label=pgettext_lazy("time of day", "From"),
        required=False,
        widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=pgettext_lazy("time of day", "To"),
        required=False,
        widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"),
    )
    note = forms.CharField(label=pgettext_lazy("time", "Note"), max_length=500, required=False)
    # Asked only where a wall time came twice that night.
    which = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("first", gettext_lazy("before")), ("second", gettext_lazy("after"))],
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        *args: Any,
        kept: Kind | None = None,
        days: Days | None = None,
        old: TimeEntry | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.given_days, self.old = days, old
        self.doubtful = False
        self.stretch: Stretch | None = None
        if kept is not None and kept.retired:
            choices = Kind.objects.in_use() | Kind.objects.filter(pk=kept.pk)
            self.fields["kind"].queryset = choices  # type: ignore[attr-defined]

    @classmethod
    def about(cls, entry: TimeEntry, data: Any, days: Days) -> "EntryForm":
        """The form of an entry that is kept, in the zone in which it was written."""
        days = Days(entry.zone or days.zone_name, days.starts_at)
        initial: dict[str, Any] = {
            "kind": entry.kind_id,
            "day": entry.day,
            "note": entry.note,
            "length": said(entry.seconds),
        }
        if entry.started_at and entry.ended_at:
            initial["begins"] = minute(entry.started_at, days)
            initial["ends"] = minute(entry.ended_at, days)
        return cls(data, initial=initial, kept=entry.kind, days=days, old=entry)

    def offer(self, kinds: Sequence[Kind]) -> None:
        """Offer the kinds that were read already; a select would read them twice."""
        field: Any = self.fields["kind"]
        field.choices = [(kind.pk, kind.said) for kind in kinds]

    def clean(self) -> dict[str, Any]:
        """Either how long, or from when to when; together they must agree."""
        data = super().clean() or {}
        begins, ends, length = data.get("begins"), data.get("ends"), data.get("length")
        if self.errors:
            return data
        if self.keeps_its_times:
            self.stretch = self.lengthened(length)
            data["length"] = self.stretch.seconds if self.stretch else self.old_seconds
        elif ends and not begins:
            self.add_error("begins", _("Write when it began, or only how long it was."))
        elif begins and (ends or length):
            self.stretch = self.read(data, begins, ends, length)
        elif not length:
            nothing = _("Write more than nothing.")
            asked = _("Write how long it was, or from when to when.")
            self.add_error("length", nothing if self.data.get("length") else asked)
        elif "length" not in self.changed_data:
            data["length"] = self.old_seconds
        if self.stretch:
            data["length"] = self.stretch.seconds
        return data

    @property
    def old_seconds(self) -> int:
        """2h40 in the form stands for the seconds that were measured, until it is changed."""
        return (self.old.seconds or 0) if self.old else 0

    @property
    def keeps_its_times(self) -> bool:
        """Whether it was timed to the second, and day, from and to still say the same."""
        timed = self.old is not None and self.old.is_timed
        return timed and not {"day", "begins", "ends"} & set(self.changed_data)

    def lengthened(self, length: int | None) -> Stretch | None:
        """Another length keeps the beginning and moves the end."""
        if "length" not in self.changed_data or not length or not self.old:
            return None
        start = self.old.started_at
        assert start is not None
        return Stretch(start, start + timedelta(seconds=length), self.old.pk, self.old.zone)

    def read(
        self, data: dict[str, Any], begins: time, ends: time | None, length: int | None
    ) -> Stretch | None:
        """From when to when, in the zone in which it is written."""
        days, pk = self.given_days or Days.of_the_studio(), self.old.pk if self.old else 0
        changed = set(self.changed_data)
        starts = self.instant(data, begins, days)
        if starts is None:
            return None
        if ends is None or (self.old and "length" in changed and "ends" not in changed):
            return Stretch(starts, starts + timedelta(seconds=length or 0), pk, days.zone_name)
        stops = self.instant(data, ends, days, starts)
        if stops is None:
            return None
        found = Stretch(starts, stops, pk, days.zone_name)
        if length and not self.old and said(length) != said(found.seconds):
            told = {"times": said(found.seconds), "length": said(length)}
            self.add_error(
                "length",
                _("From and to make %(times)s, and here stands %(length)s. Leave one out.") % told,
            )
        return found

    def instant(
        self, data: dict[str, Any], wall: time, days: Days, after: datetime | None = None
    ) -> datetime | None:
        """The instant of a wall time on the entry's day, the first one after `after` where that is
        given; None where it came twice and it was not said which one is meant."""
        day = data["day"]
        found = [at for at in instants(day, wall, days) if after is None or at > after]
        if not found and after is not None:
            found = instants(day + timedelta(days=1), wall, days)
        if len(found) == 2 and not data.get("which"):
            self.doubtful = True
            self.add_error(
                None,
                _("%(time)s came twice that night, as the clocks were set back. Say which one.")
                % {"time": f"{wall:%H:%M}"},
            )
            return None
        return found[-1] if data.get("which") == "second" else found[0]


def minute(instant: datetime, days: Days) -> time:
    """The wall time of an instant, to the minute, as a form shows it."""
    return instant.astimezone(days.zone).time().replace(second=0, microsecond=0)
