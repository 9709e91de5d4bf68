"""The page on which one chooses what to take along; rooms above offer their own versions on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from studio.lib.htmx import render

from .forms import ExportForm
from .models import Export, Version


@dataclass
class Offer:
    """A version one may take along, with the words that go with it."""

    version: Version
    heading: str
    mark: str = ""
    note: str = ""
    passage: str = ""
    title: str = ""
    shot: str = ""
    checked: bool = True

    @property
    def line(self) -> dict[str, Any]:
        """As an export keeps it."""
        names = ("heading", "mark", "note", "passage", "title", "shot")
        return {"version": self.version.pk} | {name: getattr(self, name) for name in names}


@dataclass
class Offered:
    """All that is offered: from where, called what, counted how."""

    title: str
    back: str
    offers: list[Offer]
    here: str = "images"
    lacking: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """The bytes of all originals that are chosen at first."""
        return sum(offer.version.blob.size for offer in self.offers if offer.checked)


def take_along(request: HttpRequest, offered: Offered) -> HttpResponse:
    """The page, or what was chosen on it put in hand."""
    keys = [offer.version.pk for offer in offered.offers]
    form = ExportForm(keys, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["chosen"])
        lines = [offer.line for offer in offered.offers if offer.version.pk in chosen]
        export = Export.objects.begin(
            form.cleaned_data["kind"],
            offered.title,
            lines,
            options=form.options | {"facts": facts(len(lines))},
            language=get_language() or "en",
            back=offered.back[:200],
        )
        return redirect("images:export", export.pk)
    if form.is_bound:
        again = set(request.POST.getlist("chosen"))
        for offer in offered.offers:
            offer.checked = str(offer.version.pk) in again
    context = {"here": offered.here, "offered": offered, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "images/export_new.html", context, status=status)


def facts(number: int) -> str:
    """What stands beside the title on paper."""
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    count = ngettext("%(n)d picture", "%(n)d pictures", number) % {"n": number}
    return f"{count} · {day}"


def marks(version: Version) -> str:
    """What was decided on a version, in a word or two."""
    if version.is_picked:
        return _("picked")
    return _("set aside") if version.state == Version.State.REJECTED else ""


def of_versions(versions: Iterable[Version]) -> list[Offer]:
    """One picture's versions; those set aside only when they are asked for."""
    return [
        Offer(
            version,
            f"v{version.number}",
            marks(version),
            version.note or version.filename,
            checked=version.state == Version.State.KEPT,
        )
        for version in versions
    ]


def of_pictures(covers: Iterable[Version]) -> list[Offer]:
    """Several pictures, each as it is seen in lists: its pick, else its newest version."""
    return [
        Offer(
            version,
            version.image.title,
            f"v{version.number}" if version.is_picked else not_picked(version),
            version.note,
        )
        for version in covers
    ]


def not_picked(version: Version) -> str:
    """The newest version stands in for the pick."""
    return _("v%d, not picked") % version.number
