"""Keep hours that a reader read: each row once, all as one batch, which can be taken back whole."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import translation

from timelog.incoming import NotRead, Reading, Spent
from timelog.incoming.kinds import ALSO_CALLED, guess_family, plain_name
from timelog.models import DayTotal, Kind, OpeningBalance, TimeEntry
from timelog.models.kind import FIRST_NAMES

_made_key = re.compile("[0-9a-f]{32}-[0-9]+")


@dataclass
class KindFound:
    """A kind as the file names it: the studio's own one, else what a new one would count as."""

    name: str
    kind: Kind | None
    family: str
    rows: int = 0
    seconds: int = 0

    @property
    def is_new(self) -> bool:
        """Whether it is still to be made."""
        return self.kind is None


@dataclass
class Found:
    """What is in a file, and what of it the studio does not have yet."""

    reading: Reading
    source: str
    kinds: dict[str, KindFound]
    months: list[tuple[str, int]]
    new: list[tuple[str, Spent]]
    batch: UUID | None = None
    made: list[Kind] = field(default_factory=list)

    @property
    def known(self) -> int:
        """Rows that were brought in before."""
        return len(self.reading.spent) - len(self.new)

    @property
    def seconds(self) -> int:
        """The sum of all rows."""
        return sum(each.seconds for each in self.reading.spent)

    @property
    def days_with_other_hours(self) -> int:
        """Days of new rows that have hours which did not come this way: perhaps the same ones."""
        days = {each.day for _, each in self.new}
        if not days:
            return 0
        others = TimeEntry.objects.filter(day__range=(min(days), max(days)))
        return len(days & set(others.exclude(source=self.source).values_list("day", flat=True)))

    @property
    def carried_over(self) -> int:
        """Seconds carried over as one number after the first new row: perhaps the same ones."""
        days = [each.day for _, each in self.new]
        if not days:
            return 0
        balances = OpeningBalance.objects.filter(as_of__gte=min(days))
        return balances.aggregate(sum=Sum("seconds"))["sum"] or 0


def look(
    reading: Reading,
    source: str,
    *,
    without_kind: Kind | None = None,
    wanted: Mapping[str, Kind | str] | None = None,
) -> Found:
    """Compare what was read with what is kept; nothing is changed.

    `without_kind` takes the rows that name none (by default the first kind in use). `wanted` tells
    for a plain name which kind it is, or the family of a new one.
    """
    known_kinds = kinds_by_name()
    kinds: dict[str, KindFound] = {}
    months: Counter[str] = Counter()
    for each in reading.spent:
        name = plain_name(each.kind)
        if name not in kinds:
            choice = (wanted or {}).get(name)
            own = choice if isinstance(choice, Kind) else None
            if not name:
                own = without_kind or Kind.objects.order_by("retired", "position", "pk").first()
            elif choice is None:
                own = known_kinds.get(name)
            family = choice if isinstance(choice, str) else guess_family(each.kind)
            kinds[name] = KindFound(each.kind, own, own.family if own else family)
        kinds[name].rows += 1
        kinds[name].seconds += each.seconds
        months[f"{each.day:%Y-%m}"] += each.seconds
    kept = set(TimeEntry.objects.filter(source=source).values_list("source_key", flat=True))
    new = [row for row in with_keys(reading.spent, source) if row[0] not in kept]
    return Found(reading, source, kinds, sorted(months.items()), new)


def bring_in(
    reading: Reading,
    source: str,
    *,
    without_kind: Kind | None = None,
    wanted: Mapping[str, Kind | str] | None = None,
) -> Found:
    """Keep what is new, or nothing when something fails."""
    for last in (False, True):
        try:
            with transaction.atomic():
                found = look(reading, source, without_kind=without_kind, wanted=wanted)
                if found.new:
                    keep(found)
                return found
        except IntegrityError:
            # The same file at the same moment from a second device: by now it knows these rows.
            if last:
                raise
    raise AssertionError


def keep(found: Found) -> None:
    """Write the new rows, their kinds and the totals."""
    found.batch = uuid4()
    for name in dict.fromkeys(plain_name(each.kind) for _, each in found.new):
        kind = found.kinds[name]
        if kind.kind is None:
            # The key tells that an import made it, so that taking the import back may remove it.
            key = f"{found.batch.hex}-{len(found.made)}"
            kind.kind = Kind.objects.create(key=key, name=kind.name, family=kind.family)
            found.made.append(kind.kind)
    entries = []
    sums: dict[tuple[date, int], int] = defaultdict(int)
    for key, each in found.new:
        own = found.kinds[plain_name(each.kind)].kind
        assert own is not None
        sums[each.day, own.pk] += each.seconds
        entries.append(
            TimeEntry(
                kind=own,
                day=each.day,
                seconds=each.seconds,
                note=each.note,
                source=found.source,
                source_key=key,
                batch=found.batch,
            )
        )
    TimeEntry.objects.bulk_create(entries, batch_size=500)
    DayTotal.add_all(sums)


@dataclass(frozen=True)
class TakenBack:
    """What went with a batch."""

    entries: int
    kinds: tuple[str, ...]


def take_back(batch: UUID) -> TakenBack:
    """Remove all entries of an import, and those of their kinds that an import made and nothing
    uses any more."""
    with transaction.atomic():
        entries = TimeEntry.objects.closed().filter(batch=batch)
        sums: dict[tuple[date, int], int] = defaultdict(int)
        rows = list(entries.select_for_update().values_list("day", "kind", "seconds"))
        for day, kind_id, seconds in rows:
            sums[day, kind_id] -= seconds or 0
        entries.delete()
        DayTotal.add_all(sums)
        unused = Kind.objects.filter(pk__in={kind for _, kind, _ in rows}).unused()
        made = [kind for kind in unused if _made_key.fullmatch(kind.key)]
        for kind in made:
            kind.delete()
    return TakenBack(len(rows), tuple(map(str, made)))


def with_keys(rows: Iterable[Spent], source: str) -> list[tuple[str, Spent]]:
    """Each row with a key made of what it says; of equal rows the first is 1, the second 2."""
    times: Counter[tuple[object, ...]] = Counter()
    keyed = []
    for each in rows:
        note = unicodedata.normalize("NFC", each.note)
        says = (each.day.isoformat(), each.seconds, plain_name(each.kind), note)
        times[says] += 1
        text = "\x1f".join(map(str, (source, *says, times[says])))
        keyed.append((f"{source}:{hashlib.sha256(text.encode()).hexdigest()}", each))
    return keyed


def kinds_by_name() -> dict[str, Kind]:
    """Every kind by all its names: the author's own, its key, its first name in each language."""
    kinds = list(Kind.objects.all())
    names: dict[str, Kind] = {}
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            for kind in kinds:
                for name in (kind.key, str(FIRST_NAMES.get(kind.key, ""))):
                    names.setdefault(plain_name(name), kind)
    for kind in kinds:
        for name in ALSO_CALLED.get(kind.key, ()):
            names.setdefault(plain_name(name), kind)
    return names | {plain_name(kind.name): kind for kind in reversed(kinds) if kind.name}


def kind_named(written: str) -> Kind:
    """The kind of that name. Raises NotRead."""
    kind = kinds_by_name().get(plain_name(written)) if written.strip() else None
    if kind is None:
        raise NotRead("kind", written)
    return kind
