"""What the author fills in: a letter, and what each piece of the page shows."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from studio.public.facts import VERBS
from studio.public.facts_of_hours import DELAYS
from studio.public.models import Letter
from studio.public.models.letter import FIELDS
from studio.public.offers import Offer
from studio.public.tongues import clean

LONGEST = 500_000
VERB_NAMES = {"written": _("Written"), "rewritten": _("Rewritten"), "finished": _("Finished")}
GRAINS = [("week", _("Whole weeks")), ("day", _("Whole days"))]
DELAY_NAMES = {
    24: _("24 hours"),
    72: _("Three days"),
    168: _("A week"),
    672: _("Four weeks"),
}
_length = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


class LetterForm(forms.ModelForm[Letter]):
    """Everything of a letter may be empty until it is published."""

    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    other_body = forms.CharField(
        label=_("Text in the other language"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    class Meta:
        model = Letter
        fields = FIELDS

    def clean(self) -> dict[str, Any]:
        """Line ends as LF, and nothing a page or a feed cannot hold."""
        data = super().clean() or self.cleaned_data
        for name in FIELDS:
            if isinstance(data.get(name), str):
                text = data[name].replace("\r\n", "\n").replace("\r", "\n")
                data[name] = clean(text)
        return data


class Choices(forms.Form):
    """What a piece shows; `options` is what is kept of it."""

    def __init__(self, offer: Offer, data: Any = None) -> None:
        self.offer = offer
        super().__init__(data, initial=offer.piece.options)

    @property
    def options(self) -> dict[str, Any]:
        """As JSON; what was left to the studio is not kept."""
        return as_json(self.cleaned_data)


def as_json(data: dict[str, Any]) -> dict[str, Any]:
    """What was filled in, without what was left open."""
    kept: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, date):
            kept[name] = value.isoformat()
        elif isinstance(value, str):
            kept[name] = clean(value).strip()
        elif value is not None:
            kept[name] = value
    return kept


def sentence(label: Any, **more: Any) -> forms.CharField:
    """A sentence of the author's own."""
    return forms.CharField(label=label, required=False, max_length=400, **more)


def number_of(label: Any) -> forms.TypedChoiceField:
    """One of several things by its number; nothing chosen is None."""
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


class FrontChoices(Choices):
    """The head of the page."""

    line = sentence(_("About the work, in a sentence or two"), widget=forms.Textarea({"rows": 2}))
    other_line = sentence(_("The same in the other language"), widget=forms.Textarea({"rows": 2}))
    author = sentence(_("Signed by"), help_text=_("For feeds; without it, the name of the work."))
    image = number_of(_("Picture"))

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["image"].choices = [  # type: ignore[attr-defined]
            ("", _("That of the film in the making")),
            (0, _("None")),
            *self.offer.studio.pictures,
        ]


class BookChoices(Choices):
    """How far a book is."""

    measure = number_of(_("A chapter counts from"))
    verb = forms.ChoiceField(label=_("It is then called"), required=False)
    now = forms.BooleanField(label=_("Mark the chapter in hand"), required=False, initial=True)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        statuses = self.offer.studio.statuses.get(self.offer.subject.book.pk, [])
        self.fields["measure"].choices = [("", _("As the studio sees it")), *statuses]  # type: ignore[attr-defined]
        names = [(verb, VERB_NAMES[verb]) for verb in VERBS]
        self.fields["verb"].choices = [("", _("As the studio sees it")), *names]  # type: ignore[attr-defined]
        if len(statuses) < 2:
            del self.fields["measure"]


class FilmChoices(Choices):
    """A released film."""

    link = forms.URLField(
        label=_("Link to the film"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("This is no address; copy it from the page of the film.")},
    )
    seconds = forms.CharField(
        label=_("Length"),
        required=False,
        max_length=40,
        help_text=_("As 2:41; without it, the sum of its shots."),
    )
    day = forms.DateField(
        label=_("Released on"), required=False, widget=forms.DateInput({"type": "date"})
    )
    image = number_of(_("Poster"))

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["image"].choices = [  # type: ignore[attr-defined]
            ("", _("The picked picture of its last shot")),
            *self.offer.studio.pictures,
        ]
        seconds = self.initial.get("seconds")
        if seconds:
            self.initial = {**self.initial, "seconds": f"{seconds // 60}:{seconds % 60:02d}"}

    def clean_seconds(self) -> int | None:
        """2:41 -> 161."""
        said = self.cleaned_data["seconds"].strip().replace("：", ":")
        if not said:
            return None
        found = _length.fullmatch(said)
        if found is None:
            raise forms.ValidationError(_("Write the length as 2:41, or 1:12:00."))
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds


class MakingChoices(Choices):
    """The film in the making."""

    concept = number_of(_("Which film"))
    picture = forms.BooleanField(label=_("Show its picture"), required=False, initial=True)
    shots = forms.BooleanField(
        label=_("Say how many shots are settled"), required=False, initial=True
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        making = [(one.pk, str(one)) for one in self.offer.studio.making]
        self.fields["concept"].choices = [("", _("The most advanced")), *making]  # type: ignore[attr-defined]


class ConceptsChoices(Choices):
    """The films to come: a number, and names only if chosen."""

    names = forms.BooleanField(label=_("Show their names"), required=False)
    pictures = forms.BooleanField(label=_("Show their pictures"), required=False)


class FrameChoices(Choices):
    """One picture, two of its versions."""

    image = number_of(_("Picture"))
    before = number_of(_("Before"))
    after = number_of(_("After"))
    caption = sentence(_("What to say of it"), widget=forms.Textarea({"rows": 2}))
    other_caption = sentence(
        _("The same in the other language"), widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        studio = self.offer.studio
        counts = studio.version_counts
        several = [(pk, title) for pk, title in studio.pictures if counts.get(pk, 0) > 1]
        self.fields["image"].choices = [("", _("The one made most often")), *several]  # type: ignore[attr-defined]
        chosen = str(self.data.get("image") if self.is_bound else self.initial.get("image"))
        image = int(chosen) if chosen.isdecimal() else studio.most_made
        numbers = [(one.number, f"v{one.number}") for one in studio.versions_of(image)]
        self.fields["before"].choices = [("", _("The first")), *numbers]  # type: ignore[attr-defined]
        self.fields["after"].choices = [("", _("The pick")), *numbers]  # type: ignore[attr-defined]


class HoursChoices(Choices):
    """How exactly the hours are shown."""

    grain = forms.ChoiceField(label=_("Counted in"), choices=GRAINS)
    delay = forms.TypedChoiceField(
        label=_("Held back for"),
        coerce=int,
        choices=[(hours, DELAY_NAMES[hours]) for hours in DELAYS],
        help_text=_("The time of day is never shown."),
    )
    forecast = forms.BooleanField(
        label=_("Say when the next milestone may come"), required=False, initial=True
    )
    year = forms.BooleanField(label=_("Draw the last year"), required=False)


class OwnMilestoneForm(forms.Form):
    """A milestone in the author's own words."""

    words = forms.CharField(
        label=_("What was reached"),
        max_length=120,
        error_messages={"required": _("Say what was reached.")},
    )
    other_words = forms.CharField(
        label=_("The same in the other language"), max_length=120, required=False
    )
    day = forms.DateField(
        label=_("When"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("This is no day; write it as 2026-06-02.")},
    )

    @property
    def options(self) -> dict[str, Any]:
        """As JSON."""
        return as_json(self.cleaned_data)


class OwnMilestoneChoices(OwnMilestoneForm, Choices):
    """The same, once it is there."""


FORMS: dict[str, type[Choices]] = {
    "front": FrontChoices,
    "book": BookChoices,
    "film": FilmChoices,
    "making": MakingChoices,
    "concepts": ConceptsChoices,
    "frame": FrameChoices,
    "hours": HoursChoices,
}


def choices_of(offer: Offer, data: Any = None) -> Choices | None:
    """The form of a piece; None where there is nothing to choose."""
    if offer.facts is None:
        return None
    if offer.name.startswith("milestone-own"):
        return OwnMilestoneChoices(offer, data)
    form = FORMS.get(offer.kind)
    return form(offer, data) if form else None
