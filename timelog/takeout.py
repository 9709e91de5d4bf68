"""Everything the studio knows of hours, as records: for export, and as `timelog.incoming.own`
takes it in again. The clock that runs is no entry yet."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F

from timelog.models import (
    Detour,
    Intention,
    Kind,
    Milestone,
    OpeningBalance,
    TimeEntry,
    TimeLink,
)
from timelog.models.known_again import identity_of
from timelog.outgoing import Record
from timelog.restore_detours import Naming, here

AT_ONCE = 500  # rows


def records() -> Iterator[Record]:
    """All records, those of one sort together, entries last and the earliest first."""
    kinds = {kind.pk: kind for kind in Kind.objects.all()}
    for kind in kinds.values():
        yield "kind", kind_record(kind)
    for balance in OpeningBalance.objects.order_by("as_of", "pk"):
        yield "balance", balance_record(balance, kinds[balance.kind_id])
    for milestone in Milestone.objects.prefetch_related("kinds"):
        yield "milestone", milestone_record(milestone)
    for intention in Intention.objects.order_by("since", "pk"):
        yield "intention", intention_record(intention)
    detours = here()
    for detour in detours.values():
        yield "detour", detour_record(detour)
    named = {detour.pk: named_as(naming) for naming, detour in detours.items()}
    entries = TimeEntry.objects.closed().order_by("day", F("started_at").asc(nulls_last=True), "pk")
    rows = entries.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        links = links_of(some)
        for entry in some:
            told = entry_record(entry, kinds[entry.kind_id])
            yield "entry", told | beside(entry, named, links.get(entry.pk, []))


def entry_record(entry: TimeEntry, kind: Kind) -> dict[str, Any]:
    """An entry; times as the clock of its zone showed them, with the offset."""
    return {
        "id": str(identity_of(entry.pk, entry.created, entry.key)),
        "day": entry.day.isoformat(),
        "seconds": entry.seconds,
        "kind": kind.key,
        "said": kind.said,
        "family": kind.family,
        "note": entry.note,
        "start": at(entry.started_at, entry.zone),
        "end": at(entry.ended_at, entry.zone),
        "zone": entry.zone,
        "source": entry.source,
        "source_key": entry.source_key or "",
    }


def beside(
    entry: TimeEntry, named: dict[int, dict[str, Any]], links: list[dict[str, Any]]
) -> dict[str, Any]:
    """What few entries have; of what one has not, nothing is said. `named` are the detours."""
    found = {
        **named.get(entry.detour_id or 0, {}),
        "by_clock": entry.by_clock,
        "vouched_at": at(entry.vouched_at, ""),
        "page": entry.page,
        "linked": at(entry.linked, ""),
        "links": links,
    }
    return {key: value for key, value in found.items() if value}


def links_of(entries: list[TimeEntry]) -> dict[int, list[dict[str, Any]]]:
    """What they went to. Not by prefetching: that ties rows into circles, which pile up."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for link in TimeLink.objects.with_titles().filter(entry__in=entries):
        found[link.entry_id].append(link_record(link))
    return found


def link_record(link: TimeLink) -> dict[str, Any]:
    """A thing an entry's time went to, and how much of it."""
    what, pk = link.thing
    told = {"what": what, "id": pk, "title": link.title}
    return {**told, "seconds": link.seconds, "by_hand": link.by_hand}


def named_as(naming: Naming) -> dict[str, Any]:
    """How an entry names its detour: by the name and first day, and where that is not enough by
    its number."""
    name, began, number = naming
    told: dict[str, Any] = {"detour": name, "detour_began": began}
    return told if number == 1 else {**told, "detour_number": number}


def detour_record(detour: Detour) -> dict[str, Any]:
    """A detour and what became of it."""
    return {
        "name": detour.name,
        "why": detour.why,
        "began": detour.began.isoformat(),
        "ended": detour.ended and detour.ended.isoformat(),
        "paid_off": detour.paid_off,
        "judged": detour.judged and detour.judged.isoformat(),
        "outcome": detour.outcome,
    }


def kind_record(kind: Kind) -> dict[str, Any]:
    """A kind; `said` is its name in the reader's language."""
    return {
        "key": kind.key,
        "said": kind.said,
        "name": kind.name,
        "family": kind.family,
        "retired": kind.retired,
        "weekly": kind.weekly,
    }


def balance_record(balance: OpeningBalance, kind: Kind) -> dict[str, Any]:
    """Hours carried over."""
    return {
        "kind": kind.key,
        "said": kind.said,
        "seconds": balance.seconds,
        "began": balance.began and balance.began.isoformat(),
        "as_of": balance.as_of.isoformat(),
        "note": balance.note,
    }


def milestone_record(milestone: Milestone) -> dict[str, Any]:
    """A milestone and the kinds it counts."""
    return {
        "hours": milestone.hours,
        "name": milestone.name,
        "reached": milestone.reached and milestone.reached.isoformat(),
        "kinds": [kind.key for kind in milestone.kinds.all()],
    }


def intention_record(intention: Intention) -> dict[str, Any]:
    """Why it was begun, while that was true."""
    return {
        "text": intention.text,
        "other_text": intention.other_text,
        "since": intention.since.isoformat(),
        "until": intention.until and intention.until.isoformat(),
    }


def at(moment: datetime | None, zone: str) -> str:
    """An instant by the clock of a zone."""
    if moment is None:
        return ""
    try:
        return moment.astimezone(ZoneInfo(zone) if zone else UTC).isoformat()
    except (ZoneInfoNotFoundError, ValueError):
        return moment.astimezone(UTC).isoformat()
