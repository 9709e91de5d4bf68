"""Which things an entry's time went to, found from what was saved and from the page it began on."""

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from timelog.models import TimeEntry, TimeLink
from timelog.models.link import THINGS
from timelog.sharing import LATE, Thing, shares
from timelog.silences import note_left_running
from timelog.traces import saved

AT_ONCE = 500
MOST = 2**63  # no id is larger, whatever an address says
# Pages that show one thing: the name of the address tells which.
PAGES = {
    "writing:scene_edit": "scene",
    "writing:scene_revisions": "scene",
    "writing:scene_about": "scene",
    "images:image": "image",
    "images:image_compare": "image",
    "videos:shot": "shot",
    "videos:shot_edit": "shot",
    "videos:concept": "concept",
    "videos:concept_edit": "concept",
    "videos:brief_edit": "concept",
}


def link_new() -> int:
    """Link the entries that were not looked at since they ended; how many those were."""
    entries = list(TimeEntry.objects.unlinked().order_by("started_at")[:AT_ONCE])
    for entry in entries:
        link(entry)
    if entries:
        note_left_running()
    return len(entries)


def link(entry: TimeEntry) -> None:
    """Find the links of one entry; those by hand stay as they are."""
    with transaction.atomic():
        row = TimeEntry.objects.unlinked().select_for_update(of=("self",)).filter(pk=entry.pk)
        found = row.first()
        if found is None:
            return
        if not found.links.filter(by_hand=True).exists():
            TimeLink.objects.give(found, standing(shares_of(found)), by_hand=False)
        row.update(linked=timezone.now())


def shares_of(entry: TimeEntry) -> dict[Thing, int]:
    """Seconds by thing, as the evidence says."""
    start, end = entry.started_at, entry.ended_at
    if start is None or end is None:
        return {}
    return shares(start, end, saved(start, end + LATE), page_thing(entry.page))


def page_thing(path: str) -> Thing | None:
    """What a page of the studio shows, if it shows one thing."""
    try:
        found = resolve(path.partition("?")[0]) if path else None
    except Resolver404:
        return None
    what = PAGES.get(found.view_name) if found else None
    pk = found.kwargs["pk"] if found and what else 0
    return (what, pk) if what and 0 < pk < MOST else None


def standing(wanted: dict[Thing, int]) -> dict[Thing, int]:
    """Without what is gone since."""
    kept: dict[Thing, int] = {}
    for what, model in THINGS.items():
        pks = {pk for kind, pk in wanted if kind == what}
        if pks:
            there = set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
            kept |= {(what, pk): wanted[what, pk] for pk in pks & there}
    return kept
