"""What is in a file of hours, beside what the studio has: looked at before anything is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.utils import translation

from studio.store.days import Days
from studio.store.models import Setting
from timelog import keys, restore, restore_detours
from timelog.incoming import NotRead, Reading, Spent, Wishes
from timelog.incoming.kinds import ALSO_CALLED, guess_family, plain_name
from timelog.models import Kind, OpeningBalance, TimeEntry
from timelog.models.kind import FIRST_NAMES
from timelog.overlaps import Span, overlaps

REMEMBERED = "time.import"  # the setting: what was chosen before, by format
Choice = Kind | str


class Over(NamedTuple):
    """A new row, and the row of the file it lies over, or the entry that is here by its pk."""

    row: Spent
    other: Spent | None
    entry: int = 0

    @property
    def mark(self) -> str:
        """By what a page names it."""
        return mark(self.row)


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
    new: list[keys.Keyed]
    missing: restore.Missing
    overlapping: list[Over]
    batch: UUID | None = None
    made: list[Kind] = field(default_factory=list)
    shortened: int = 0  # entries that were here, and were made shorter

    @property
    def known(self) -> int:
        """Rows that were brought in before."""
        return len(self.reading.spent) - len(self.new)

    @property
    def seconds(self) -> int:
        """The sum of all rows."""
        return sum(each.seconds for each in self.reading.spent)

    @property
    def repeated(self) -> int:
        """Rows that say just what another row says."""
        return keys.repeated(self.reading.spent)

    @property
    def doubts(self) -> list[Spent]:
        """New rows to look at twice."""
        return [each for _, each in self.new if each.doubt]

    @property
    def days_with_other_hours(self) -> int:
        """Days of new rows that have hours which did not come this way: perhaps the same ones."""
        days = {each.day for _, each in self.new}
        if not days:
            return 0
        others = TimeEntry.objects.filter(day__range=(min(days), max(days)))
        others = others.exclude(source__in=self.source.split(", "))
        return len(days & set(others.values_list("day", flat=True)))

    @property
    def carried_over(self) -> int:
        """Seconds carried over as one number after the first new row: perhaps the same ones."""
        days = [each.day for _, each in self.new]
        if not days:
            return 0
        balances = OpeningBalance.objects.filter(as_of__gte=min(days))
        return balances.aggregate(sum=Sum("seconds"))["sum"] or 0


def wishes(**said: Any) -> Wishes:
    """What the author said of a file, and what the studio knows."""
    days = Days.of_the_studio()
    return Wishes(home=days.zone_name, day_starts_at=days.starts_at, **said)


def look(
    reading: Reading,
    source: str = "",
    *,
    without_kind: Kind | None = None,
    wanted: Mapping[str, Choice] | None = None,
    before: Sequence["Found"] = (),
) -> Found:
    """Compare what was read with what is kept; nothing is changed. `before` are other files, whose
    rows are taken as kept.

    `without_kind` takes the rows that name none (by default the first kind in use). `wanted` tells
    for a name (see name_of) which kind it is, or the family of a new one; what is not told there is
    as it was chosen for the last file of this format.
    """
    source = source or reading.format
    choices = {**remembered(source), **(wanted or {})}
    known, own_names = kinds_by_name(), restore.names(reading.own)
    kinds: dict[str, KindFound] = {}
    months: Counter[str] = Counter()
    for each in reading.spent:
        name = name_of(each)
        if name not in kinds:
            said = own_names.get(name, {}).get("said") or each.kind
            choice = choices.get(name)
            own = choice if isinstance(choice, Kind) else None
            if not name:
                own = without_kind or Kind.objects.order_by("retired", "position", "pk").first()
            elif choice is None:
                own = known.get(name) or known.get(plain_name(said))
            guess = own_names.get(name, {}).get("family") or guess_family(said)
            family = choice if isinstance(choice, str) else guess
            kinds[name] = KindFound(said, own, own.family if own else family)
        kinds[name].rows += 1
        kinds[name].seconds += each.seconds
        months[f"{each.day:%Y-%m}"] += each.seconds
    new = new_rows(reading, source, before)
    idle = restore_detours.idle(reading.spent, [each for _, each in new])
    missing = restore.missing(reading.own, kinds_by_name(), idle)
    over = overlapping([each for _, each in new])
    return Found(reading, source, kinds, sorted(months.items()), new, missing, over)


def overlapping(new: list[Spent]) -> list[Over]:
    """New rows that lie over one another, or over hours that are here."""
    spans: list[Span[Spent | int]] = [
        Span(each.start, each.end, each) for each in new if each.start and each.end
    ]
    if not spans:
        return []
    first, last = min(each.start for each in spans), max(each.end for each in spans)
    here = TimeEntry.objects.spans(first, last)
    spans += [Span(start.astimezone(UTC), end.astimezone(UTC), pk) for start, end, pk, _ in here]
    found: list[Over] = []
    for earlier, later in overlaps(spans):
        row, other = later.of, earlier.of
        if not isinstance(row, Spent):
            row, other = other, row
        if isinstance(row, Spent):
            found.append(Over(row, other) if isinstance(other, Spent) else Over(row, None, other))
    return found


def mark(row: Spent) -> str:
    """A name for a row of a file that has a beginning: its line, and when that was, as a rule of
    repetition makes several of one line; and the file where there are several."""
    assert row.start is not None
    return f"{row.line}-{row.start:%Y%m%d%H%M%S}{row.file and f'-{row.file}'}"


def name_of(each: Spent) -> str:
    """By what a row's kind is known: its key in a file of a studio, else its plain name."""
    return each.own["kind"] if each.own else plain_name(each.kind)


def new_rows(reading: Reading, source: str, before: Sequence[Found] = ()) -> list[keys.Keyed]:
    """The rows the studio does not have, each with its key ("" where it has none)."""
    others = [each for each in reading.spent if not each.own]
    kept = set(TimeEntry.objects.filter(source=source).values_list("source_key", flat=True))
    earlier = [row for found in before for row in found.new]
    kept |= {key for key, _ in earlier}
    new = keys.new_rows(others, source, {key for key in kept if key})
    own = [each for each in reading.spent if each.own]
    if own:
        ids, source_keys = TimeEntry.objects.identities(), TimeEntry.objects.source_keys()
        ids |= {each.own["id"] for _, each in earlier if each.own}
        source_keys |= {key for key, _ in earlier if key}
        for each in own:
            assert each.own is not None
            key = each.own["source_key"]
            if each.own["id"] not in ids and key not in source_keys:
                ids.add(each.own["id"])
                new.append((key, each))
    return new


# --- what was chosen before -----------------------------------------------------------------------
def remembered(source: str) -> dict[str, Choice]:
    """Which kind each name was last time."""
    kept = Setting.read(REMEMBERED, {}).get(source, {}).get("kinds", {})
    kinds = Kind.objects.in_bulk(list(kept.values()))
    return {name: kinds[pk] for name, pk in kept.items() if pk in kinds}


def remembered_zone(source: str) -> str:
    """In which zone the last file of this format was read."""
    return str(Setting.read(REMEMBERED, {}).get(source, {}).get("zone", ""))


def remember(found: Found) -> None:
    """Keep which kind each name is, and the zone, for the next file of this format."""
    kept = Setting.read(REMEMBERED, {})
    mine = kept.setdefault(found.source, {})
    names = {name: each.kind.pk for name, each in found.kinds.items() if name and each.kind}
    mine["kinds"] = {**mine.get("kinds", {}), **names}
    if found.reading.zone:
        mine["zone"] = found.reading.zone
    Setting.write(REMEMBERED, kept)


# --- kinds by their names -------------------------------------------------------------------------
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
