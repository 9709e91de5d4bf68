"""What waits for the person: the few things only they can decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Max, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.images.models import Image, Version
from projects.videos.cards import Card
from projects.writing.models import Revision
from studio.store.models import Job

MOST = 3


@dataclass(frozen=True)
class Item:
    """One thing that waits: an icon, the act, a fact beside it, and where it is done."""

    icon: str
    act: str
    fact: str
    url: str


def waiting(shots: Iterable[Card]) -> list[Item]:
    """At most three things, the gravest first; one query however much there is."""
    found = {row["what"]: row for row in _counts() if row["n"]}
    items: list[Item] = []
    if row := found.get("conflicts"):
        act = ngettext("Two texts of one scene", "%(n)d scenes have two texts", row["n"])
        url = reverse("writing:scene_revisions", args=[row["newest"]])
        items.append(Item("history", act % {"n": row["n"]}, _("Both are kept. Choose one."), url))
    if row := found.get("failed"):
        act = ngettext("%(n)d job failed", "%(n)d jobs failed", row["n"])
        items.append(Item("alert", act % {"n": row["n"]}, _("Try again"), reverse("desk:jobs")))
    items += _choices(shots)
    if row := found.get("undecided"):
        url = reverse("images:image_compare", args=[row["newest"]])
        items.append(Item("columns", _("A picture waits for a pick"), _("Compare"), url))
    if row := found.get("unreadable"):
        act = ngettext("%(n)d file cannot be read", "%(n)d files cannot be read", row["n"])
        url = reverse("images:image", args=[row["newest"]])
        items.append(Item("alert", act % {"n": row["n"]}, _("Look at it"), url))
    return items[:MOST]


def _choices(shots: Iterable[Card]) -> list[Item]:
    """The shot of the concept in the making that has versions to choose between."""
    for card in shots:
        if card.state == "choosing" and card.image:
            act = _("Choose for shot %(number)02d") % {"number": card.number}
            kept = sum(dot != "rejected" for dot in card.dots)
            fact = ngettext("%(n)d version", "%(n)d versions", kept) % {"n": kept}
            url = reverse("images:image_compare", args=[card.image])
            return [Item("columns", act, fact, url)]
    return []


def _counts() -> Iterable[dict[str, Any]]:
    """How many of each, and the newest one's id: a union of aggregates, so one round trip."""
    # The newest one only: it is found at once, where a count would look at every picture.
    newest = Image.objects.undecided().order_by("-pk").values("pk")[:1]
    return (
        _count(Revision.objects.conflicts(), "conflicts", "scene")
        .union(
            _count(Image.objects.filter(pk=Subquery(newest)), "undecided", "pk"),
            _count(Version.objects.unreadable(), "unreadable", "image"),
            _count(Job.objects.filter(state=Job.State.FAILED), "failed", None),
            all=True,
        )
        .values("what", "n", "newest")
    )


def _count(rows: QuerySet[Any, Any], what: str, newest: str | None) -> QuerySet[Any, Any]:
    """One row (what, n, newest) when there are any, none otherwise."""
    last = Cast(Max(newest), CharField()) if newest else Value("", CharField())
    named = rows.order_by().annotate(what=Value(what, CharField()))
    counted: QuerySet[Any, Any] = named.values("what").annotate(n=Count("pk"), newest=last)
    return counted
