"""What a person fills in about books, parts, chapters and scenes."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from .models import Book, Chapter, Part, Scene, Series, Status
from .worked import Aim

ROOM_TO_WRITE = {name: forms.Textarea(attrs={"rows": 4}) for name in ("synopsis", "notes")}


class BookForm(forms.ModelForm[Book]):
    """A book has one language; its twin tells it in the other."""

    series_title = forms.CharField(
        label=_("Series"),
        max_length=200,
        required=False,
        help_text=_("A new name begins a new series. Leave it empty for a book on its own."),
    )

    twin = forms.ModelChoiceField(
        label=_("The same book in the other language"),
        queryset=Book.objects.none(),
        required=False,
        empty_label=_("None"),
    )

    class Meta:
        model = Book
        fields = ("title", "other_title", "language", "unit", "target")
        help_texts = {"target": _("In the unit above. Leave it empty if there is none.")}

    field_order = ("title", "other_title", "language", "series_title", "unit", "target", "twin")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        world = self.instance.world
        offer(self.fields["series_title"], "series", world.series.values_list("title", flat=True))
        if self.instance.series:
            self.initial["series_title"] = self.instance.series.title
        own = self.instance.pk
        free = Q(twin=None) | Q(twin=own) if own else Q(twin=None)
        twins = Book.objects.filter(free, world=world).exclude(pk=own)
        self.initial["twin"] = self.instance.twin_id
        choose_from(self, "twin", twins)

    def clean(self) -> dict[str, Any]:
        """A twin tells the same book in the other language."""
        found = super().clean() or self.cleaned_data
        twin = found.get("twin")
        if twin and twin.language == found.get("language"):
            self.add_error("twin", _("That book is in the same language; choose another."))
        return found

    def save(self, commit: bool = True) -> Book:
        """Save the book; its twin then points back at it."""
        name = self.cleaned_data["series_title"].strip()
        world, twin = self.instance.world, self.cleaned_data.get("twin")
        self.instance.series = (
            Series.objects.get_or_create(world=world, title=name)[0] if name else None
        )
        book = super().save(commit=commit)
        if "twin" in self.fields:
            book.pair_with(twin)
        return book


class PartForm(forms.ModelForm[Part]):
    """Chapters under one title."""

    class Meta:
        model = Part
        fields = ("title",)


class PassForm(forms.Form):
    """What a pass is for, in the author's words."""

    purpose = forms.CharField(label=_("Purpose"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            pgettext("purpose of a pass", "Structure"),
            pgettext("purpose of a pass", "Prose"),
            pgettext("purpose of a pass", "Continuity"),
            pgettext("purpose of a pass", "Voice"),
            pgettext("purpose of a pass", "Translation"),
        ]
        offer(self.fields["purpose"], "purposes", offered)
        self.fields["purpose"].widget.attrs["autocomplete"] = "off"

    def clean_purpose(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["purpose"].split())


class StatusMixin(forms.ModelForm):  # type: ignore[type-arg]
    """The author's own word for how far a text is; a new word makes a new status."""

    status_label = forms.CharField(
        label=_("Status"),
        max_length=80,
        required=False,
        help_text=_("Your own word, such as “first draft”. A new word is remembered."),
    )

    @property
    def book(self) -> Book:
        """Whose statuses these are."""
        raise NotImplementedError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = self.book.statuses.values_list("label", flat=True)
        offer(self.fields["status_label"], "statuses", labels)
        if self.instance.status:
            self.initial["status_label"] = self.instance.status.label

    def save(self, commit: bool = True) -> Any:
        """Save with the status of that label."""
        label = self.cleaned_data["status_label"].strip()
        self.instance.status = (
            Status.objects.get_or_create(book=self.book, label=label)[0] if label else None
        )
        return super().save(commit=commit)


class ChapterForm(StatusMixin):
    """A chapter's title, its place and what happens in it."""

    class Meta:
        model = Chapter
        fields = ("title", "other_title", "part", "numbered", "synopsis", "notes")
        widgets = ROOM_TO_WRITE

    field_order = ("title", "other_title", "part", "numbered", "status_label", "synopsis", "notes")

    @property
    def book(self) -> Book:
        """The chapter's book."""
        book: Book = self.instance.book
        return book

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choose_from(self, "part", self.book.parts.all())
        field.label, field.empty_label = _("Part"), _("Before the first part")


class SceneForm(StatusMixin):
    """What stands about a scene, beside its words."""

    counterpart = forms.ModelChoiceField(
        label=_("The same scene in the other language"),
        queryset=Scene.objects.none(),
        required=False,
        empty_label=_("None"),
    )

    class Meta:
        model = Scene
        fields = ("title", "synopsis", "notes")
        widgets = ROOM_TO_WRITE

    field_order = ("title", "status_label", "synopsis", "notes", "counterpart")

    @property
    def book(self) -> Book:
        """The book of the scene's chapter."""
        book: Book = self.instance.chapter.book
        return book

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scenes = Scene.objects.filter(chapter__book=self.book.twin_id or 0)
        scenes = scenes.select_related("chapter").without_text().in_reading_order()
        self.initial["counterpart"] = self.instance.counterpart_id
        field = choose_from(self, "counterpart", scenes)
        field.label_from_instance = scene_label

    def save(self, commit: bool = True) -> Any:
        """Save; the counterpart then points back."""
        scene = super().save(commit=commit)
        if "counterpart" in self.fields:
            scene.pair_with(self.cleaned_data["counterpart"])
        return scene


def scene_label(scene: Any) -> str:
    """Chapter and scene, as a choice in a list."""
    return f"{scene.chapter.title} · {scene.title or scene.position}"


def offer(field: forms.Field, name: str, values: Any) -> None:
    """Let the browser offer `values` for the field, by a datalist the template renders."""
    field.widget.attrs["list"] = f"{name}-list"
    field.offered = list(values)  # type: ignore[attr-defined]


def choose_from(form: Any, name: str, rows: Any) -> Any:
    """Offer `rows` in the field, which goes when there are none."""
    field = form.fields[name]
    field.queryset = rows
    if not rows.exists():
        del form.fields[name]
    return field


class DailyForm(forms.Form):
    """What the author wants to write in a day, and what they count in."""

    target = forms.IntegerField(
        label=_("A day’s target"), min_value=0, max_value=1_000_000, required=False
    )
    unit = forms.ChoiceField(
        label=_("Count in"),
        choices=[choice for choice in Book.Unit.choices if choice[0] != Book.Unit.AUTO],
    )

    @property
    def aim(self) -> Aim:
        """What was filled in."""
        return Aim(self.cleaned_data["target"] or 0, self.cleaned_data["unit"])
