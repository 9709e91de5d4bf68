"""What a person says to bind words of a scene to a shot or a concept."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.writing.anchor import find
from projects.writing.models import Scene

from .models import Concept, Passage, Shot


class PassageForm(forms.Form):
    """The words, and whichever of scene and shot is not known from the page."""

    quote = forms.CharField(
        label=_("The words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    start = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    scene = forms.TypedChoiceField(label=_("Scene"), coerce=int)
    bound_to = forms.ChoiceField(label=_("Bind to"))

    def __init__(self, thing: Scene | Shot | Concept, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        if isinstance(thing, Scene):
            del self.fields["scene"]
            self.choices_of("bound_to", bindable())
        else:
            del self.fields["bound_to"]
            self.choices_of("scene", scenes())

    def choices_of(self, name: str, choices: list[Any]) -> None:
        """Offer these."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose one")), *choices]

    def clean(self) -> None:
        """Bind them; words that are not in the scene are refused."""
        if self.errors:
            return
        said = self.cleaned_data
        thing = self.thing
        if isinstance(thing, Scene):
            kind, _dash, key = said["bound_to"].partition("-")
            scene: Scene | None = thing
            shot = Shot.objects.select_related("concept").filter(pk=key).first()
            shot = shot if kind == "shot" else None
            concept = shot.concept if shot else Concept.objects.filter(pk=key).first()
        else:
            scene = Scene.objects.filter(pk=said["scene"]).first()
            shot = thing if isinstance(thing, Shot) else None
            concept = shot.concept if shot else thing if isinstance(thing, Concept) else None
        if scene is None or concept is None:
            raise forms.ValidationError(_("It has gone since. Open this page again."))
        quote = said["quote"].replace("\r\n", "\n")
        if find(scene.text, quote) is None:
            words = _("The scene does not have these words. Copy them from the manuscript.")
            self.add_error("quote", words)
        self.bound = (concept, shot, scene, quote, said["start"] or 0)

    def save(self) -> Passage:
        """The passage."""
        return Passage.objects.bind(*self.bound)


def bindable() -> list[Any]:
    """All concepts with their shots, as groups of choices; in two queries."""
    shots = Shot.objects.order_by("concept__number", "number")
    by_concept = {key: list(some) for key, some in groupby(shots, lambda shot: shot.concept_id)}
    return [
        (
            str(concept),
            [
                (f"concept-{concept.pk}", _("The whole concept %02d") % concept.number),
                *((f"shot-{shot.pk}", str(shot)) for shot in by_concept.get(concept.pk, [])),
            ],
        )
        for concept in Concept.objects.all()
    ]


def scenes() -> list[Any]:
    """All scenes under their books, as groups of choices; in one query."""
    rows = Scene.objects.without_text().select_related("chapter__book").in_reading_order()
    ordered = sorted(rows, key=lambda scene: scene.chapter.book_id)
    return [
        (
            book.title,
            [
                (
                    scene.pk,
                    " / ".join(filter(None, (scene.chapter.title, scene.title))),
                )
                for scene in some
            ],
        )
        for book, some in groupby(ordered, lambda scene: scene.chapter.book)
    ]
