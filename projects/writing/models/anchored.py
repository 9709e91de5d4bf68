"""What is tied to words of a scene, and moves with them through every revision."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from projects.writing import after_move
from projects.writing.after_revision import Follower
from projects.writing.anchor import AROUND, Place, around, find, follow, shift
from projects.writing.prose_diff import compare
from studio.lib.word_diff import Span


class Anchored(models.Model):
    """Words of a scene as they were quoted, and where they stand in it now.

    `quote`, `prefix` and `suffix` are those of revision `revision` and never change by themselves;
    `start`, `end` and `state` follow the scene's text. Who inherits has a foreign key `scene`.
    """

    class State(models.TextChoices):
        """What has become of the words since."""

        INTACT = "intact", pgettext_lazy("words", "Intact")
        REVISED = "revised", pgettext_lazy("words", "Revised")
        AT_RISK = "at risk", pgettext_lazy("words", "At risk")
        LOST = "lost", pgettext_lazy("words", "Lost")

    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=AROUND, blank=True)
    suffix = models.CharField(max_length=AROUND, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.INTACT)
    revision = models.PositiveIntegerField(default=0)
    removed = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def words(self) -> str:
        """The words that stand for the quoted ones now; nothing when they are lost."""
        scene: Any = getattr(self, "scene", None)
        if scene is None or self.state == self.State.LOST:
            return ""
        return str(scene.text[self.start : self.end])

    @property
    def marks(self) -> list[Span]:
        """What leads from the quoted words to those that stand there now."""
        paragraphs = compare(self.quote, self.words).paragraphs
        return [span for paragraph in paragraphs for span in paragraph.spans]

    def remove(self) -> None:
        """Take it away; `restore` brings it back."""
        self.removed = timezone.now()
        self.save(update_fields=["removed"])

    def restore(self) -> None:
        """Bring it back."""
        self.removed = None
        self.save(update_fields=["removed"])

    def stand(self, place: Place) -> bool:
        """Take a place; whether it is another one."""
        if place == (self.start, self.end, self.state):
            return False
        self.start, self.end, self.state = place
        return True


def quoted(text: str, quote: str, start: int = 0) -> dict[str, Any] | None:
    """The fields of an anchor on `quote`, the one nearest to `start`; None when it is not there."""
    at = find(text, quote, start=start)
    if at is None:
        return None
    prefix, suffix = around(text, at, len(quote))
    fields: dict[str, Any] = {"quote": quote, "prefix": prefix, "suffix": suffix, "start": at}
    return fields | {"end": at + len(quote), "state": Anchored.State.INTACT}


def keep_places(model: type[Anchored]) -> Follower:
    """A follower that moves a scene's rows of `model`: one query to read, one for what moved."""

    def keep(scene: Any, revision: Any, before: str) -> None:
        if scene.text == before:
            return
        rows = list(model._default_manager.filter(models.Q(scene=scene)))
        places = follow(before, scene.text, rows)
        moved = [row for row, place in zip(rows, places, strict=True) if row.stand(place)]
        if moved:
            model._default_manager.bulk_update(moved, ["start", "end", "state"])

    return keep


def go_along(model: type[Anchored]) -> after_move.Follower:
    """A follower that sends rows of `model` along with words that go to another scene.

    Those on a scene as a whole, which have no words, stay unless all goes.
    """

    def carry(source: Any, target: Any, start: int, at: int) -> None:
        by = at - start
        rows = list(model._default_manager.filter(models.Q(scene=source, start__gte=start)))
        for row, place in zip(rows, shift(rows, by), strict=True):
            row.stand(place)
            row.revision = target.head
            row.scene = target  # type: ignore[attr-defined]
        fields = ["scene", "start", "end", "state", "revision"]
        model._default_manager.bulk_update(rows, fields)

    return carry
