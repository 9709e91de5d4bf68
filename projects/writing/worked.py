"""What pages show of the words worked: the day's target, the year, the books."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, Sum

from studio.lib.heat import Column, Heat, first_day, heat
from studio.store.days import Days, monday_of
from studio.store.models import Setting

from .measure import in_words
from .models import Book, Effort, Work

DAILY = "writing.daily"
KEYS = ("time.zone", "time.day_starts_at", DAILY)


@dataclass(frozen=True)
class Daily:
    """A day's work beside its target; 0 is no target."""

    work: Work
    target: int
    unit: str

    @property
    def said(self) -> str:
        """What was inserted today, as the author says it."""
        return in_words(self.work.inserted, self.unit)

    @property
    def target_said(self) -> str:
        """The target, as the author says it."""
        return in_words(self.target, self.unit)

    @property
    def bare(self) -> str:
        """What was inserted today, as a number."""
        return f"{self.work.inserted:,}"


class Aim(NamedTuple):
    """How much the author wants to write in a day, and what they count in."""

    target: int
    unit: str

    @classmethod
    def read(cls, kept: Any, unit: str) -> "Aim":
        """From the setting; without one, no target, and `unit`."""
        said = kept if isinstance(kept, dict) else {}
        target = said.get("target", 0)
        known = said.get("unit") in {"zishu", "words", "chars"}
        return cls(target if isinstance(target, int) else 0, said["unit"] if known else unit)

    def keep(self) -> None:
        """As a setting."""
        Setting.write(DAILY, self._asdict())


@dataclass(frozen=True)
class Year:
    """Words worked by day; the map shows what was inserted, its table what was deleted too."""

    unit: str
    today: date
    rows: tuple[tuple[date, int, int], ...]

    @property
    def map(self) -> Heat:
        """The last 53 weeks."""
        return heat(((day, came) for day, came, _ in self.rows), self.today)

    @property
    def weeks(self) -> list[tuple[Column, int]]:
        """The weeks of the map, newest first, each with what was deleted."""
        gone: dict[date, int] = {}
        for day, _, went in self.rows:
            monday = monday_of(day)
            gone[monday] = gone.get(monday, 0) + went
        return [(column, gone.get(column.monday, 0)) for column in self.map.columns[::-1]]

    @property
    def total(self) -> Work:
        """All of it."""
        return Work(sum(row[1] for row in self.rows), sum(row[2] for row in self.rows))

    @property
    def daily(self) -> Work:
        """Today's."""
        return next(
            (Work(came, went) for day, came, went in self.rows if day == self.today), Work()
        )


def year_of(efforts: Any, unit: str, today: date) -> Year:
    """The last 53 weeks of a query on Effort, in one query."""
    return Year(unit, today, tuple(efforts.since(first_day(today)).sums(unit, "day")))


def unit_in_use() -> str:
    """What the book that was worked on last counts in."""
    last = Effort.objects.order_by("-day", "-pk").values("book")[:1]
    book = Book.objects.filter(pk__in=last).first() or Book.objects.first()
    return book.counts_in if book else "words"


@dataclass(frozen=True)
class OfBook:
    """The work on one book: today, this week, ever."""

    book: Book
    today: Work
    week: Work
    ever: Work

    @property
    def spans(self) -> tuple[Work, Work, Work]:
        """The three, in this order."""
        return self.today, self.week, self.ever


def by_book(unit: str, today: date) -> list[OfBook]:
    """Books with any work, the one with the most first, in two queries."""
    spans = {
        "day": Q(day=today),
        "week": Q(day__gte=monday_of(today), day__lte=today),
        "ever": Q(),
    }
    sums = {
        f"{what}_{span}": Sum(f"{what}_{unit}", filter=when, default=0)
        for span, when in spans.items()
        for what in ("inserted", "deleted")
    }
    rows: Any = Effort.objects.order_by().values("book").annotate(**sums)
    books = Book.objects.select_related("world").in_bulk([row["book"] for row in rows])
    found = [
        OfBook(
            books[row["book"]],
            *(Work(row[f"inserted_{span}"], row[f"deleted_{span}"]) for span in spans),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.ever.inserted, one.book.pk))


def of_book(book: Book, today: date) -> tuple[Year, dict[int, Work]]:
    """All the work on a book by day, and by chapter, in one query and in the book's unit."""
    days: dict[date, list[int]] = {}
    chapters: dict[int, list[int]] = {}
    for day, chapter, came, went in book.efforts.all().sums(
        book.counts_in, "day", "scene__chapter"
    ):
        for sums in (days.setdefault(day, [0, 0]), chapters.setdefault(chapter, [0, 0])):
            sums[0] += came
            sums[1] += went
    rows = tuple((day, came, went) for day, (came, went) in days.items())
    return Year(book.counts_in, today, rows), {pk: Work(*sums) for pk, sums in chapters.items()}


def settings() -> tuple[Days, Any]:
    """Which day it is, and the kept target, in one query."""
    kept = Setting.read_all(*KEYS)
    return Days.from_settings(kept), kept.get(DAILY)


def daily(scene: Any, kept: Any) -> Daily:
    """The day's work beside its target, from a scene with the work of the day. For Today."""
    aim = Aim.read(kept, scene.chapter.book.counts_in)
    return Daily(Work(getattr(scene, f"day_{aim.unit}") or 0), aim.target, aim.unit)


def signed(work: Work) -> str:
    """+412 −388; what is nothing is left out, and ±0 is all of nothing."""
    parts: Iterable[str] = (
        f"{sign}{number:,}"
        for sign, number in zip("+−", (work.inserted, work.deleted), strict=True)
        if number
    )
    return " ".join(parts) or "±0"
