"""What waits for the person: the few things only they can decide."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Max, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.images.models import Image, Mark, Trace, Version
from projects.tools.models import Trial, said
from projects.videos.cards import Card
from projects.videos.models import Wait
from projects.writing.models import Revision
from studio.lib.prepared import prepared
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
    found = {row["what"]: row for row in _counts(timezone.localdate()) if row["n"]}
    items: list[Item] = []
    if row := found.get("conflicts"):
        act = ngettext("Two texts of one scene", "%(n)d scenes have two texts", row["n"])
        url = reverse("writing:scene_revisions", args=[row["newest"]])
        items.append(Item("history", act % {"n": row["n"]}, _("Both are kept. Choose one."), url))
    if row := found.get("failed"):
        act = ngettext("%(n)d job failed", "%(n)d jobs failed", row["n"])
        items.append(Item("alert", act % {"n": row["n"]}, _("Try again"), reverse("desk:jobs")))
    if row := found.get("broken"):
        items.append(_broken(row["n"], json.loads(row["facts"])))
    items += _choices(shots)
    if row := found.get("awake"):
        items.append(_awake(row["n"], json.loads(row["facts"])))
    if row := found.get("due"):
        items.append(_due(json.loads(row["facts"])))
    if row := found.get("undecided"):
        url = reverse("images:image_compare", args=[row["newest"]])
        items.append(Item("columns", _("A picture waits for a pick"), _("Compare"), url))
    if row := found.get("marks"):
        act = ngettext("%(n)d to-do on a picture", "%(n)d to-dos on pictures", row["n"])
        url = reverse("images:image", args=[row["newest"]]) + "#marks"
        items.append(Item("pin", act % {"n": row["n"]}, _("Open the newest"), url))
    if row := found.get("unreadable"):
        act = ngettext("%(n)d file cannot be read", "%(n)d files cannot be read", row["n"])
        url = reverse("images:image", args=[row["newest"]])
        items.append(Item("alert", act % {"n": row["n"]}, _("Look at it"), url))
    if row := found.get("proposed"):
        act = ngettext("%(n)d file found its picture", "%(n)d files found their pictures", row["n"])
        url = reverse("images:proposals")
        items.append(Item("image", act % {"n": row["n"]}, _("See whether it is right"), url))
    return items[:MOST]


def _choices(shots: Iterable[Card]) -> list[Item]:
    """The shot of the concept in the making that has versions to choose between."""
    for card in shots:
        if choice := card.choice:
            act = _("Choose for shot %(number)02d") % {"number": card.number}
            fact = ngettext("%(n)d version", "%(n)d versions", choice.kept) % {"n": choice.kept}
            url = reverse("images:image_compare", args=[choice.image])
            return [Item("columns", act, fact, url)]
    return []


def _awake(number: int, facts: dict[str, Any]) -> Item:
    """What waited for a tool and need wait no longer; `facts` are those of one."""
    if number > 1:
        act = _("%(n)d shots and concepts need wait no longer") % {"n": number}
        return Item("tool", act, _("See what they wait for"), reverse("tools:tools") + "#waiting")
    if facts["shot"]:
        act = _("Take up shot %(number)02d again") % {"number": facts["shot_number"]}
        url = reverse("videos:shot", args=[facts["shot"]])
    else:
        act = _("Take up concept %(number)02d again") % {"number": facts["concept_number"]}
        url = reverse("videos:concept", args=[facts["concept"]])
    capability = said(facts["title"], facts["other_title"])
    return Item("tool", act, _("%s: a tool can") % capability, url)


def _due(facts: dict[str, Any]) -> Item:
    """The test that has been due the longest."""
    names = {"tool": facts["tool"], "capability": said(facts["title"], facts["other_title"])}
    day = date_format(date.fromisoformat(facts["day"]), "MONTH_DAY_FORMAT")
    url = reverse("tools:cell", args=[facts["tool_id"], facts["capability_id"]])
    act = _("Test %(tool)s again: %(capability)s") % names
    return Item("tool", act, _("Due %(day)s") % {"day": day}, url)


def _broken(number: int, facts: dict[str, Any]) -> Item:
    """A version that changed what was approved; `facts` are those of one."""
    act = ngettext(
        "v%(version)d changed what you approved",
        "%(n)d approved areas changed in later versions",
        number,
    )
    act %= {"n": number, "version": facts["number"]}
    query = f"?v={facts['approved']}&v={facts['number']}#mark-{facts['mark']}"
    url = reverse("images:image_compare", args=[facts["image"]]) + query
    return Item("lock", act, _("Compare"), url)


@prepared
def _counts(day: date) -> QuerySet[Any, dict[str, Any]]:
    """How many of each, and the newest one's id: a union of aggregates, so one round trip."""
    # The newest one only: it is found at once, where a count would look at every picture.
    newest = Image.objects.undecided().order_by("-pk").values("pk")[:1]
    due = Trial.objects.due(day).values("pk")[:1]
    capability = {"title": "capability__title", "other_title": "capability__other_title"}
    return (
        _count(Revision.objects.conflicts(), "conflicts", "scene")
        .union(
            _count(Image.objects.filter(pk=Subquery(newest)), "undecided", "pk"),
            _count(Version.objects.unreadable(), "unreadable", "image"),
            _count(Version.objects.proposed(), "proposed", None),
            _count(Mark.objects.to_do(), "marks", "version__image"),
            _count(
                Trace.objects.overpainted(),
                "broken",
                None,
                mark="mark_id",
                image="version__image_id",
                number="version__number",
                approved="mark__version__number",
            ),
            _count(Job.objects.filter(state=Job.State.FAILED), "failed", None),
            _count(
                Wait.objects.awake(),
                "awake",
                None,
                shot="shot_id",
                shot_number="shot__number",
                concept="concept_id",
                concept_number="concept__number",
                **capability,
            ),
            _count(
                Trial.objects.filter(pk=Subquery(due)),
                "due",
                None,
                tool="tool__name",
                tool_id="tool_id",
                capability_id="capability_id",
                day="again_on",
                **capability,
            ),
            all=True,
        )
        .values("what", "n", "newest", "facts")
    )


def _count(
    rows: QuerySet[Any, Any], what: str, newest: str | None, **facts: str
) -> QuerySet[Any, Any]:
    """One row (what, n, newest, facts of one) when there are any, none otherwise."""
    last = Cast(Max(newest), CharField()) if newest else Value("", CharField())
    told = Max(Cast(JSONObject(**facts), TextField())) if facts else Value("", TextField())
    named = rows.order_by().annotate(what=Value(what, CharField()))
    counted: QuerySet[Any, Any] = named.values("what").annotate(
        n=Count("pk"), newest=last, facts=told
    )
    return counted
