"""Keep hours that a reader read: each row once, all as one batch, which can be taken back whole."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from timelog import restore, restore_detours, restore_links
from timelog.among import Ways, put
from timelog.found import Choice, Found, kinds_by_name, look, name_of, remember
from timelog.incoming import Reading, Spent
from timelog.models import DayTotal, ImportBatch, Kind, TimeEntry
from timelog.models.making_room import move_all, move_back

ALSO = ("by_clock", "vouched_at", "page", "linked")
_made_key = re.compile("[0-9a-f]{32}-[0-9]+")


def bring_in(reading: Reading, source: str = "", **options: Any) -> Found:
    """Keep what is new of one file: see bring_in_all."""
    (found,) = bring_in_all([reading], source, **options)
    return found


def bring_in_all(
    readings: Sequence[Reading],
    source: str = "",
    *,
    without_kind: Kind | None = None,
    wanted: Mapping[str, Choice] | None = None,
    file: str = "",
    batch: UUID | None = None,
    ways: Ways | None = None,
) -> list[Found]:
    """Keep what is new, or nothing when something fails; all of it is one batch, and what two of
    the files hold comes in once. `batch` is what it is to be known by, `ways` what is done where
    rows share time with others (timelog.among)."""
    for last in (False, True):
        try:
            with transaction.atomic():
                told = ImportBatch(pk=batch or uuid4(), file=file[:200])
                found, chosen = [], dict(wanted or {})
                for reading in readings:
                    each = look(reading, source, without_kind=without_kind, wanted=chosen)
                    if each.new or each.missing:
                        keep(each, chosen, told, ways or {})
                        made = {name: named.kind for name, named in each.kinds.items()}
                        chosen |= {name: kind for name, kind in made.items() if kind}
                    found.append(each)
                if told.format:
                    told.save(force_insert=True)
                return found
        except IntegrityError:
            # The same file at the same moment from a second device: by now it knows these rows.
            if last:
                raise
    raise AssertionError


def keep(found: Found, wanted: Mapping[str, Choice], batch: ImportBatch, ways: Ways) -> None:
    """Write the new rows, their kinds and the totals, and what else the file holds; the batch,
    which may hold other files already, notes it."""
    found.batch, batch.format = batch.pk, batch.format or found.source
    found.made = restore.keep_kinds(found.missing, batch, wanted)
    before = batch.made.get("kinds", [])
    by_key = {kind.key: kind for kind in found.made}
    for name in dict.fromkeys(name_of(each) for _, each in found.new):
        kind = found.kinds[name]
        if kind.kind is None:
            kind.kind = by_key.get(name)
        if kind.kind is None:
            # The key tells that an import made it, so that taking the import back may remove it.
            key = f"{batch.pk.hex}-{len(before) + len(found.made)}"
            kind.kind = Kind.objects.create(key=key, name=kind.name, family=kind.family)
            found.made.append(kind.kind)
    restore_detours.keep(found.missing.detours, batch)
    among = put(found.new, ways)
    found.new, found.shortened = among.rows, len(among.moved)
    batch.note_moved(move_all(among.moved))
    keep_rows(found)
    restore.keep_others(found.missing, found.reading.own, kinds_by_name(), batch)
    batch.made["kinds"] = [*before, *(kind.pk for kind in found.made)]
    remember(found)


def keep_rows(found: Found) -> None:
    """Write the new rows and add them to the totals."""
    entries, detours = [], restore_detours.Detours()
    sums: dict[tuple[date, int], int] = defaultdict(int)
    for key, each in found.new:
        kind = found.kinds[name_of(each)].kind
        assert kind is not None
        sums[each.day, kind.pk] += each.seconds
        made = entry(key, each, kind, found)
        made.detour = detours.of(each, kind)
        entries.append(made)
    TimeEntry.objects.bulk_create(entries, batch_size=500)
    restore_links.tie(zip(entries, (each for _, each in found.new), strict=True))
    DayTotal.add_all(sums)


def entry(key: str, each: Spent, kind: Kind, found: Found) -> TimeEntry:
    """The entry of a row. One of a studio's own file keeps where it came from."""
    own = each.own or {"source": found.source, "id": ""}
    also = {name: own[name] for name in ALSO if name in own}
    return TimeEntry(
        kind=kind,
        day=each.day,
        seconds=each.seconds,
        note=each.note,
        started_at=each.start,
        ended_at=each.end,
        zone=each.zone,
        key=UUID(own["id"]) if own["id"] else None,
        source=own["source"],
        source_key=key or None,
        batch=found.batch,
        **also,
    )


@dataclass(frozen=True)
class TakenBack:
    """What went with a batch."""

    entries: int
    kinds: tuple[str, ...]
    stayed: int = 0  # entries that had made room and were changed since, so that they stay


def take_back(batch: UUID) -> TakenBack:
    """Remove all entries of an import, what else it brought, and those of the kinds an import made
    that nothing uses any more."""
    with transaction.atomic():
        entries = TimeEntry.objects.closed().filter(batch=batch)
        sums: dict[tuple[date, int], int] = defaultdict(int)
        rows = list(entries.select_for_update().values_list("day", "kind", "seconds"))
        for day, kind_id, seconds in rows:
            sums[day, kind_id] -= seconds or 0
        entries.delete()
        DayTotal.add_all(sums)
        stayed = 0
        told = ImportBatch.objects.filter(pk=batch).first()
        if told:
            restore.take_back(told)
            stayed = move_back(told.moved)
        by_import = set(told.made.get("kinds", [])) if told else set()
        kinds = {kind for _, kind, _ in rows} | by_import
        unused = Kind.objects.filter(pk__in=kinds).unused()
        made = [k for k in unused if k.pk in by_import or _made_key.fullmatch(k.key)]
        for kind in made:
            kind.delete()
        if told:
            told.delete()
    return TakenBack(len(rows), tuple(map(str, made)), stayed)
