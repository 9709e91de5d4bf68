"""What the page of the voice shows of one chapter beside home. Reads rows, measures nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from projects.voice import drawing
from projects.voice.axes import DESCRIPTORS, MEASURES, Axis, Kind, figure
from projects.voice.features import LEAST
from projects.voice.home import Home, Moved, quantile
from projects.voice.models import Profile, Reading, heads_of, language_of
from projects.voice.wording import differences
from projects.writing.models import Book, Chapter, Scene
from studio.store.models import Job


@dataclass
class Row:
    """A chapter of the shown book, with its reading if it has one."""

    chapter: Chapter
    label: str
    reading: Reading | None
    is_now: bool
    is_stale: bool
    ratio: float | None = None

    @property
    def is_small(self) -> bool:
        """Whether it is too short to tell."""
        return self.reading is None or self.reading.measure.is_small

    @property
    def is_outside(self) -> bool:
        """Whether it stands outside home."""
        return not self.is_small and self.ratio is not None and self.ratio > 1


@dataclass
class Page:
    """One chapter beside home. Without a profile, or without figures, most of it is empty."""

    chapter: Chapter
    profile: Profile | None
    rows: list[Row] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    stale: int = 0
    job: Job | None = None

    @classmethod
    def of(cls, chapter: Chapter, profile: Profile | None) -> "Page":
        """Read what there is: four queries, however long the books are."""
        if profile is None:
            return cls(chapter, None)
        books = {chapter.book_id, profile.book_id}
        readings = {
            row.chapter_id: row
            for row in profile.readings.filter(chapter__book__in=books).select_related("chapter")
        }
        for row in readings.values():
            row.profile = profile
        heads = heads_of(Scene.objects.filter(chapter__book__in=books))
        stale = sum(pk not in readings or not readings[pk].is_of(heads[pk]) for pk in heads)
        rows = []
        number = 0
        for one in chapter.book.chapters.in_reading_order():
            number += one.numbered
            label = str(number) if one.numbered else ""
            if one.pk in heads:
                one.book = chapter.book
                made = readings.get(one.pk)
                is_stale = made is None or not made.is_of(heads[one.pk])
                rows.append(Row(one, label, made, one.pk == chapter.pk, is_stale))
        order = {pk: n for n, pk in enumerate(row.chapter.pk for row in rows)}
        found = sorted(readings.values(), key=lambda r: (order.get(r.chapter_id, -1), r.pk))
        job = profile.jobs.exclude(state=Job.State.DONE).order_by("-created").first()
        page = cls(chapter, profile, rows, found, stale, job)
        for each in rows:
            each.ratio = page.ratio(each.reading)
        return page

    # --- what it is of --------------------------------------------------------------------------
    @cached_property
    def home(self) -> Home | None:
        """The range, once it is known."""
        return self.profile.home if self.profile else None

    @cached_property
    def row(self) -> Row | None:
        """The chapter itself, if it has words."""
        return next((row for row in self.rows if row.is_now), None)

    @property
    def reading(self) -> Reading | None:
        """The chapter's reading."""
        return self.row.reading if self.row else None

    @property
    def is_working(self) -> bool:
        """Whether the worker is at it, or will be."""
        return self.job is not None and self.job.state != Job.State.FAILED

    @property
    def is_chinese(self) -> bool:
        """Whether words are characters here."""
        return language_of(self.chapter.book) == "zh"

    @property
    def least(self) -> int:
        """How many words tell something."""
        return LEAST[language_of(self.chapter.book)]

    @property
    def long_ones(self) -> list[Reading]:
        """The readings that are long enough to be drawn."""
        return [row for row in self.readings if not row.measure.is_small]

    def ratio(self, reading: Reading | None) -> float | None:
        """How far from home, 1 being its edge for a text of this length."""
        if self.home is None or reading is None or reading.distance is None:
            return None
        return reading.distance / self.home.limit(reading.words)

    # --- what is drawn --------------------------------------------------------------------------
    @cached_property
    def descriptors(self) -> list[Axis]:
        """The axes of the words authors use."""
        return self.axes(DESCRIPTORS)

    @cached_property
    def measures(self) -> list[Axis]:
        """The axes of stylometry."""
        return self.axes(MEASURES)

    def axes(self, kinds: Sequence[Kind]) -> list[Axis]:
        """One axis for each kind, where something on it is measured."""
        here = self.reading.measure if self.reading else None
        others = [row.measure for row in self.long_ones if row.chapter_id != self.chapter.pk]
        made = (Axis.of(each, self.home, here, others, self.chapter.title) for each in kinds)
        return [axis for axis in made if axis]

    def drift(self, width: int, height: int) -> drawing.Drift:
        """The distances of the book's chapters."""
        places = [
            drawing.Place(row.ratio, row.label, row.is_small, row.is_now) for row in self.rows
        ]
        return drawing.drift(places, width, height)

    @cached_property
    def drift_wide(self) -> drawing.Drift:
        """For a laptop."""
        return self.drift(640, 220)

    @cached_property
    def drift_narrow(self) -> drawing.Drift:
        """For a phone."""
        return self.drift(350, 190)

    @property
    def away(self) -> list[Row]:
        """The chapters that stand outside."""
        return [row for row in self.rows if row.is_outside]

    @cached_property
    def outside(self) -> list[tuple[Row, str]]:
        """The three farthest chapters that stand outside, with how they differ; this one first."""
        found = sorted(self.away, key=lambda row: (not row.is_now, -(row.ratio or 0)))
        return [
            (row, _(", ").join(differences(self.home, row.reading.figures)))
            for row in found[:3]
            if row.reading and self.home
        ]

    @cached_property
    def moved(self) -> list[Moved]:
        """The words that take the chapter farthest from home."""
        if self.home is None or self.reading is None:
            return []
        return self.home.moved(self.reading.measure, 16)

    @property
    def more(self) -> list[Moved]:
        """Those it uses more."""
        return [word for word in self.moved if word.z > 0][:8]

    @property
    def less(self) -> list[Moved]:
        """Those it uses less."""
        return [word for word in self.moved if word.z < 0][:8]

    @cached_property
    def rhythm(self) -> list[list[drawing.Stroke]]:
        """The sentences of the chapter."""
        if self.reading is None:
            return []
        return drawing.rhythm(self.reading.lengths, self.long)

    @property
    def long(self) -> float:
        """The length nine in ten sentences of home keep under."""
        return self.home.long if self.home else float("inf")

    @property
    def quartiles(self) -> list[tuple[str, int]]:
        """The chapter's sentences from the shortest to the longest."""
        lengths = self.reading.lengths if self.reading else []
        names = [
            (_("Shortest"), 0.0),
            (_("A quarter are under"), 0.25),
            (_("Half are under"), 0.5),
            (_("Three quarters are under"), 0.75),
            (_("Longest"), 1.0),
        ]
        return [(name, int(quantile(lengths, share))) for name, share in names]

    @property
    def columns(self) -> tuple[Kind, ...]:
        """The features of the table of numbers."""
        return (*MEASURES, *DESCRIPTORS)

    @property
    def table(self) -> list[tuple[Row, list[str]]]:
        """Every chapter of the book with its figures as they are read."""
        return [
            (row, [figure(k.feature, row.reading.figures.get(k.feature)) for k in self.columns])
            for row in self.rows
            if row.reading
        ]

    @property
    def home_figures(self) -> list[str]:
        """Home's mean of every column."""
        if self.home is None:
            return []
        means = [self.home.range(kind.feature) for kind in self.columns]
        return [
            figure(kind.feature, found.mean if found else None)
            for kind, found in zip(self.columns, means, strict=True)
        ]


def chapters_with_words() -> Sequence[Chapter]:
    """What can be looked at, book by book, in one query."""
    words = Scene.objects.filter(chapter=OuterRef("pk"), chars__gt=0)
    found = Chapter.objects.filter(Exists(words)).select_related("book")
    return list(
        found.order_by(
            "book__world",
            "book__position",
            "book",
            F("part__position").asc(nulls_first=True),
            "position",
            "pk",
        )
    )


def books_of(chapters: Sequence[Chapter]) -> list[tuple[Book, list[Chapter]]]:
    """The same by book."""
    found: dict[int, tuple[Book, list[Chapter]]] = {}
    for chapter in chapters:
        found.setdefault(chapter.book_id, (chapter.book, []))[1].append(chapter)
    return list(found.values())
