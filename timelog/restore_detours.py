"""Detours that a file of a studio holds, and which detour hours that are brought in belong to."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from timelog.incoming import Spent
from timelog.models import Detour, ImportBatch, Kind
from timelog.models.detour import meant

Record = dict[str, Any]
Naming = tuple[str, str, int]  # name, first day, and which of several such
DAYS = ("began", "ended", "judged")


class Detours:
    """The detours of the studio, to find that of many rows; looked up once, if any row asks."""

    @cached_property
    def here(self) -> dict[Naming, Detour]:
        """As a file names them."""
        return here()

    @cached_property
    def open(self) -> list[Detour]:
        """Those that go on."""
        return list(Detour.objects.open())

    def of(self, each: Spent, kind: Kind) -> Detour | None:
        """The one a row belongs to: what a studio's own file names, else as one written by hand."""
        is_detour = kind.family == Kind.Family.DETOUR
        if each.own is None:
            return meant(self.open, each.note, each.day) if is_detour else None
        if not is_detour and kind.family != each.own["family"]:
            return None  # the author chose another kind for it
        return self.here.get(naming(each.own)) if each.own["detour_began"] else None


def naming(own: Mapping[str, Any]) -> Naming:
    """How an entry of the file names its detour."""
    return own["detour"], own["detour_began"] or "", own["detour_number"]


def here() -> dict[Naming, Detour]:
    """The detours of the studio as a file names them."""
    detours = list(Detour.objects.order_by("pk"))
    said = numbered((one.name, one.began.isoformat()) for one in detours)
    return dict(zip(said, detours, strict=True))


def numbered(said: Iterable[tuple[str, str]]) -> list[Naming]:
    """Of equal ones the second is 2."""
    times: Counter[tuple[str, str]] = Counter()
    found = []
    for name, began in said:
        times[name, began] += 1
        found.append((name, began, times[name, began]))
    return found


def idle(rows: Iterable[Spent], new: Iterable[Spent]) -> set[Naming]:
    """Detours of which all hours are here: renamed or removed, they would only come twice."""
    named = {naming(each.own) for each in rows if each.own}
    return named - {naming(each.own) for each in new if each.own}


def missing(records: list[Record], left: Collection[Naming]) -> list[Record]:
    """Those the studio does not have, without those to be `left`."""
    if not records:
        return []
    known = here().keys() | set(left)
    said = numbered((each["name"], each["began"]) for each in records)
    return [each for each, naming in zip(records, said, strict=True) if naming not in known]


def keep(records: list[Record], batch: ImportBatch) -> None:
    """Make them; the batch notes them."""
    for each in records:
        days = {name: each[name] and date.fromisoformat(each[name]) for name in DAYS}
        made = Detour.objects.create(**{**each, **days})
        batch.made.setdefault("detours", []).append(made.pk)


def take_back(batch: ImportBatch) -> None:
    """Take away those the batch made, once its entries are gone, unless other hours are on them."""
    made = batch.made.get("detours", [])
    Detour.everything.filter(pk__in=made, entries=None).delete()
