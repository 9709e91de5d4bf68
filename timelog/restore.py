"""What a file of a studio holds beside entries: kinds, carried-over hours, milestones, intentions,
detours (`timelog.restore_detours`).

What is here already, by what it says, is left alone. A kind that is here under the same key and
counts nothing yet takes on what the file says of it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from timelog import restore_detours
from timelog.incoming.kinds import plain_name
from timelog.models import ImportBatch, Intention, Kind, Milestone, OpeningBalance

Record = dict[str, Any]
Own = Mapping[str, list[Record]]
OF_A_KIND = ("name", "family", "retired", "weekly")


@dataclass
class Missing:
    """Records of the file that the studio does not have."""

    kinds: list[Record] = field(default_factory=list)
    changed: list[tuple[Kind, Record]] = field(default_factory=list)
    balances: list[Record] = field(default_factory=list)
    milestones: list[Record] = field(default_factory=list)
    intentions: list[Record] = field(default_factory=list)
    detours: list[Record] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def names(own: Own) -> dict[str, Record]:
    """The kinds of the file by their keys."""
    return {each["key"]: each for each in own.get("kinds", [])}


class Kinds:
    """Which kind of the studio a key of the file stands for: by the key, else by the name."""

    def __init__(self, own: Own, known: Mapping[str, Kind]) -> None:
        self.by_key = {kind.key: kind for kind in Kind.objects.all()}
        self.said, self.known = names(own), known

    def of(self, key: str) -> Kind | None:
        """The kind, if there is one."""
        said = self.said.get(key, {}).get("said", "")
        return self.by_key.get(key) or self.known.get(plain_name(said))


def missing(
    own: Own, known: Mapping[str, Kind], idle: Collection[restore_detours.Naming] = ()
) -> Missing:
    """What the studio does not have; `known` are its kinds by all their names, `idle` the detours
    of the file that no new row names though others do."""
    found = Missing()
    if not own:
        return found
    kinds = Kinds(own, known)
    unused = set(Kind.objects.filter(entries=None, balances=None).values_list("pk", flat=True))
    for each in own.get("kinds", []):
        kind = kinds.of(each["key"])
        if kind is None:
            found.kinds.append(each)
        elif kind.key == each["key"] and kind.pk in unused and differs(kind, each):
            found.changed.append((kind, each))
    here = Counter(map(says, OpeningBalance.objects.all()))
    for each in own.get("balances", []):
        kind = kinds.of(each["kind"])
        said = (kind and kind.pk, each["seconds"], each["began"], each["as_of"], each["note"])
        here[said] -= 1
        if here[said] < 0:
            found.balances.append(each)
    for each in own.get("milestones", []):
        counted = [kinds.of(key) for key in each["kinds"]]
        whole = [kind for kind in counted if kind]
        if len(whole) < len(counted) or not Milestone.objects.of(each["hours"], whole):
            found.milestones.append(each)
    said_before = set(Intention.objects.values_list("text", "other_text", "since"))
    found.intentions = [
        each
        for each in own.get("intentions", [])
        if (each["text"], each["other_text"], moment(each["since"])) not in said_before
    ]
    found.detours = restore_detours.missing(own.get("detours", []), idle)
    return found


def says(balance: OpeningBalance) -> tuple[object, ...]:
    """A balance as a record says it."""
    began = balance.began and balance.began.isoformat()
    return balance.kind_id, balance.seconds, began, balance.as_of.isoformat(), balance.note


def differs(kind: Kind, record: Record) -> bool:
    """Whether the file says something else of a kind, and says all there is."""
    return not record.get("in_part") and any(
        getattr(kind, name) != record[name] for name in OF_A_KIND
    )


def keep_kinds(found: Missing, batch: ImportBatch, chosen: Mapping[str, object]) -> list[Kind]:
    """Make the kinds that are missing, without those for which one was `chosen`; what was made."""
    made = []
    for each in found.kinds:
        if not isinstance(chosen.get(each["key"]), Kind):
            family = chosen.get(each["key"]) or each["family"]
            told = {name: each[name] for name in OF_A_KIND} | {"family": family}
            made.append(Kind.objects.create(key=each["key"], **told))
    for kind, each in found.changed:
        batch.before[str(kind.pk)] = {name: getattr(kind, name) for name in OF_A_KIND}
        Kind.objects.filter(pk=kind.pk).update(**{name: each[name] for name in OF_A_KIND})
    return made


def keep_others(found: Missing, own: Own, known: Mapping[str, Kind], batch: ImportBatch) -> None:
    """Make the balances, milestones and intentions that are missing; the batch notes them."""
    kinds, made = Kinds(own, known), batch.made
    for each in found.balances:
        kind = kinds.of(each["kind"])
        if kind:
            told = {name: each[name] for name in ("seconds", "note")}
            days = {name: each[name] and date.fromisoformat(each[name]) for name in DAYS}
            balance = OpeningBalance.objects.create(kind=kind, **told, **days)
            made.setdefault("balances", []).append(balance.pk)
    for each in found.milestones:
        counted = [kind for kind in map(kinds.of, each["kinds"]) if kind]
        if counted:
            milestone = Milestone.objects.add(each["hours"], counted, each["name"])
            reached = each["reached"] and date.fromisoformat(each["reached"])
            Milestone.objects.filter(pk=milestone.pk).update(reached=reached)
            made.setdefault("milestones", []).append(milestone.pk)
    stands = Intention.objects.current() is not None
    for each in found.intentions:
        until = moment(each["until"]) or (timezone.now() if stands else None)
        told = {name: each[name] for name in ("text", "other_text")}
        since = moment(each["since"]) or timezone.now()
        said = Intention.objects.create(since=since, until=until, **told)
        made.setdefault("intentions", []).append(said.pk)


DAYS = ("began", "as_of")


def moment(written: str | None) -> datetime | None:
    """An instant of ISO 8601, if one is told."""
    return datetime.fromisoformat(written) if written else None


def take_back(batch: ImportBatch) -> None:
    """Take away what the batch made beside entries and kinds, and give kinds their words again."""
    for model, name in (
        (OpeningBalance, "balances"),
        (Milestone, "milestones"),
        (Intention, "intentions"),
    ):
        model.objects.filter(pk__in=batch.made.get(name, [])).delete()
    restore_detours.take_back(batch)
    for pk, before in batch.before.items():
        Kind.objects.filter(pk=pk).update(**before)
