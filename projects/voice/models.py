"""The author's voice as rows: home in each language, and a reading of each chapter.

All of it is derived from the manuscript and can be measured again; only which book is home, and
what the author says of the voice, are theirs.
"""

from hashlib import sha256
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.voice.features import METHOD, Measure, measure
from projects.voice.home import Home, TooLittle, counts_at_home
from projects.voice.tasks import measure_voice
from projects.writing.models import Book, Chapter, Scene
from studio.store.models import Job, about, progress

LANGUAGES = [("en", "English"), ("zh", "中文")]
Heads = list[list[int]]  # [scene, revision] of a chapter, in order: what its text is made of


def language_of(book: Book) -> str:
    """The language a book is measured in: en or zh."""
    return "zh" if book.is_chinese else "en"


def heads_of(scenes: "models.QuerySet[Scene]") -> dict[int, Heads]:
    """By chapter, which revisions its words are now; chapters without words are left out."""
    found: dict[int, Heads] = {}
    rows = scenes.filter(chars__gt=0).order_by("chapter", "position", "pk")
    for chapter, scene, head in rows.values_list("chapter_id", "pk", "head"):
        found.setdefault(chapter, []).append([scene, head])
    return found


class ProfileManager(models.Manager["Profile"]):
    """Choosing home."""

    def choose(self, book: Book, said: str = "") -> "Profile":
        """Make `book` home in its language, and have everything in it measured again."""
        with transaction.atomic():
            fields = {"book": book, "said": said, "figures": None, "trouble": ""}
            profile, made = self.get_or_create(language=language_of(book), defaults=fields)
            if not made:
                if profile.book_id == book.pk:
                    fields = {"said": said}
                for name, value in fields.items():
                    setattr(profile, name, value)
                profile.save(update_fields=list(fields))
            profile.ask()
        return profile


class Profile(models.Model):
    """Home in one language: a finished book of the author's, and its figures (home.Home)."""

    language = models.CharField(max_length=2, choices=LANGUAGES, unique=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    said = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    measured = models.DateTimeField(null=True)

    objects = ProfileManager()

    def __str__(self) -> str:
        return f"{self.language}: {self.book}"

    @property
    def home(self) -> Home | None:
        """The range; None until it is measured, or where the book is too short for one."""
        return Home(**self.figures) if self.figures else None

    @property
    def jobs(self) -> "models.QuerySet[Job]":
        """The measuring of this language."""
        return Job.objects.about("voice", self.pk)

    def scenes(self) -> "models.QuerySet[Scene]":
        """Every scene in this language."""
        return Scene.objects.filter(chapter__book__language__startswith=self.language)

    def ask(self) -> bool:
        """Have the worker measure what has changed; False when that waits to be done already."""
        if self.jobs.filter(state=Job.State.READY).exists():
            return False
        with about(f"voice:{self.pk}"):
            measure_voice.enqueue(self.pk)
        return True

    def measure(self) -> None:
        """Measure every chapter whose words have changed, then place all of them. Slow.

        Each chapter is kept as soon as it is measured, so that a second attempt goes on from there.
        """
        now = heads_of(self.scenes())
        kept = {each.chapter_id: each for each in self.readings.only("heads", "method", "chapter")}
        self.readings.exclude(chapter__in=now).delete()
        changed = [pk for pk, heads in now.items() if pk not in kept or not kept[pk].is_of(heads)]
        for done, chapter in enumerate(changed):
            progress(done, len(changed) + 1)
            Reading.objects.take(self, chapter)
        self.settle()

    def settle(self) -> None:
        """Find home in the readings of its book, and how far each chapter is from it."""
        readings = list(self.readings.select_related("chapter", "profile"))
        own = [row for row in readings if row.chapter.book_id == self.book_id and row.is_long]
        try:
            home = Home.of([row.measure for row in own])
        except TooLittle as error:
            self.figures, self.trouble = None, str(error)[:200]
            distances: dict[int, float | None] = {}
        else:
            self.figures, self.trouble = home.as_json(), ""
            distances = {row.pk: home.distance(row.measure) for row in readings}
            found = zip(own, home.own_distances, strict=True)
            distances.update({row.pk: distance for row, distance in found})
        for row in readings:
            row.distance = distances.get(row.pk)
        with transaction.atomic():
            Reading.objects.bulk_update(readings, ["distance"], batch_size=200)
            self.measured = timezone.now()
            # The book may have been changed meanwhile: then these figures are not its own.
            same = Profile.objects.filter(pk=self.pk, book=self.book_id)
            same.update(figures=self.figures, trouble=self.trouble, measured=self.measured)


class ReadingManager(models.Manager["Reading"]):
    """Reading chapters."""

    def take(self, profile: Profile, chapter: int) -> None:
        """Measure one chapter as it is now, unless these very words were measured before."""
        scenes = Scene.objects.filter(chapter=chapter, chars__gt=0).order_by("position", "pk")
        rows = list(scenes.values_list("pk", "head", "text"))
        if not rows:
            return
        text = "\n".join(text for _pk, _head, text in rows)
        heads = [[pk, head] for pk, head, _text in rows]
        digest = sha256(text.encode()).hexdigest()
        same = self.filter(chapter=chapter, profile=profile, sha256=digest, method=METHOD)
        if same.update(heads=heads):
            return
        made = measure(text, profile.language)
        fields = {
            "profile": profile,
            "sha256": digest,
            "method": METHOD,
            "heads": heads,
            "chars": made.chars,
            "words": made.words,
            "paragraphs": made.paragraphs,
            "lengths": made.lengths,
            "figures": made.scalars,
            "marks": made.marks,
            "counts": made.counts,
            "intervals": made.intervals,
            "distance": None,
            "measured": timezone.now(),
        }
        self.update_or_create(chapter_id=chapter, defaults=fields)


class Reading(models.Model):
    """One chapter, measured: what features.Measure holds, and how far from home that is."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="readings")
    chapter = models.OneToOneField(Chapter, models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    method = models.PositiveSmallIntegerField()
    heads = models.JSONField()
    chars = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    paragraphs = models.PositiveIntegerField()
    lengths = models.JSONField()
    figures = models.JSONField()
    marks = models.JSONField()
    counts = models.JSONField()
    intervals = models.JSONField()
    distance = models.FloatField(_("Distance from home"), null=True)
    measured = models.DateTimeField()

    objects = ReadingManager()

    def __str__(self) -> str:
        return f"{self.chapter}, {self.words}"

    @property
    def measure(self) -> Measure:
        """The numbers as the pure modules know them."""
        values: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("chars", "words", "lengths", "paragraphs", "marks", "counts", "intervals")
        }
        return Measure(language=self.profile.language, scalars=self.figures, **values)

    @property
    def is_long(self) -> bool:
        """Whether it can be part of home."""
        return counts_at_home(self.measure)

    def is_of(self, heads: Heads) -> bool:
        """Whether it was made from these revisions, the way it is made now."""
        return bool(self.method == METHOD and self.heads == heads)
