"""The history of corrections, each of which can be undone as long as nothing else was changed.

A change keeps the rows as they were before and as they were left, links and all. The totals of
days and kinds follow from the two in the same transaction.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from .day_total import DayTotal
from .link import TimeLink

Told = dict[str, Any]
KEPT = 200
LINKED = ("scene_id", "image_id", "shot_id", "concept_id", "seconds", "by_hand")
BESIDE = frozenset({"linked", "links"})  # what the worker fills in by itself is no change


class NotUndone(Exception):
    """What it would undo is no longer as it was left."""


@dataclass
class Rewriting:
    """Entries that are being changed: the rows, locked, and what is made of them."""

    rows: list[Any]
    made: list[Any] = field(default_factory=list)
    change: "TimeChange | None" = None


class TimeChange(models.Model):
    """One correction of the log."""

    class What(models.TextChoices):
        """What was done."""

        EDIT = "edit", _("Edited")
        SPLIT = "split", _("Split")
        JOIN = "join", _("Joined")
        REMOVE = "remove", _("Removed")
        ADD = "add", _("Added")
        CUT = "cut", _("Cut at the last save")
        BREAK = "break", _("Break left out")
        VOUCH = "vouch", _("Kept as it was")
        LINK = "link", _("Tied to something else")

    what = models.CharField(max_length=6, choices=What)
    before = models.JSONField()
    after = models.JSONField()
    undone = models.BooleanField(default=False)
    made = models.DateTimeField(auto_now_add=True)

    objects: "models.Manager[TimeChange]" = models.Manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.what} {len(self.before)} -> {len(self.after)}"

    @classmethod
    @contextmanager
    def recorded(cls, what: "TimeChange.What", *entries: Any) -> Iterator[Rewriting]:
        """Change `entries` and keep how they were; DoesNotExist when one of them is gone.

        What the block puts into `made` is what they become.
        """
        model = log()
        with transaction.atomic():
            found = {row.pk: row for row in locked([entry.pk for entry in entries])}
            if len(found) != len(entries):
                raise model.DoesNotExist
            work = Rewriting([found[entry.pk] for entry in entries])
            before = [told(row) for row in work.rows]
            yield work
            after = [told(row) for row in locked([row.pk for row in work.made])]
            settle(before, after)
            work.change = cls.objects.create(what=what, before=before, after=after)
            cls.objects.filter(pk__lte=work.change.pk - KEPT).delete()

    def undo(self) -> None:
        """Put all back. Raises NotUndone; a second time changes nothing."""
        try:
            with transaction.atomic():
                change = TimeChange.objects.select_for_update().get(pk=self.pk)
                if change.undone:
                    return
                rows = locked([row["id"] for row in change.after])
                if [plain(told(row)) for row in rows] != [plain(row) for row in change.after]:
                    raise NotUndone
                settle([told(row) for row in rows], change.before)
                kept = {row["id"] for row in change.before}
                log().objects.filter(pk__in={row.pk for row in rows} - kept).delete()
                for row in change.before:
                    restore(row)
                TimeChange.objects.filter(pk=self.pk).update(undone=True)
        except IntegrityError:  # its kind is gone, or the clock runs on something else
            raise NotUndone from None

    @property
    def first(self) -> Told:
        """The row it is best known by."""
        rows: list[Told] = self.before or self.after
        return rows[0]

    @property
    def day(self) -> date:
        """The day it is about."""
        return date.fromisoformat(self.first["day"])


def log() -> Any:
    """The model of the entries; they import this module."""
    return apps.get_model("timelog", "TimeEntry")


def locked(pks: list[int]) -> list[Any]:
    """These entries by id, for this transaction."""
    rows = log().objects.select_for_update(of=("self",)).filter(pk__in=pks)
    return list(rows.prefetch_related("links").order_by("pk"))


def told(entry: Any) -> Told:
    """An entry as JSON can hold it, with its links."""
    row: Told = {}
    for each in entry._meta.concrete_fields:
        value = getattr(entry, each.attname)
        if isinstance(value, date | datetime):
            value = value.isoformat()
        row[each.attname] = str(value) if isinstance(value, UUID) else value
    links = sorted(entry.links.all(), key=lambda link: link.pk)
    row["links"] = [{name: getattr(link, name) for name in LINKED} for link in links]
    return row


def plain(row: Told) -> Told:
    """Without what changes by itself."""
    return {key: value for key, value in row.items() if key not in BESIDE}


def restore(row: Told) -> None:
    """Write a row as it was told."""
    model = log()
    fields = {
        each.attname: each.to_python(row[each.attname])
        for each in model._meta.concrete_fields
        if each.attname in row and each.attname != "created"
    }
    entry, _made = model.objects.update_or_create(pk=fields.pop("id"), defaults=fields)
    TimeLink.objects.filter(entry=entry).delete()
    for link in row["links"]:
        if exists(link):
            TimeLink.objects.create(entry=entry, **link)


def exists(link: Told) -> bool:
    """Whether what a link pointed at is still there."""
    field = next(name for name in LINKED[:4] if link[name])
    target = TimeLink._meta.get_field(field.removesuffix("_id")).related_model
    assert isinstance(target, type)
    return bool(target._base_manager.filter(pk=link[field]).exists())


def settle(before: list[Told], after: list[Told]) -> None:
    """Let the totals follow from rows before to rows after."""
    sums: Counter[tuple[date, int]] = Counter()
    for rows, sign in ((before, -1), (after, 1)):
        for row in rows:
            day = date.fromisoformat(row["day"])
            sums[day, row["kind_id"]] += sign * (row["seconds"] or 0)
    if any(sums.values()):
        DayTotal.add_all(sums)
