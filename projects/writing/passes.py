"""The verbs of rewrite passes: begin, close, reopen, take back; and a scene is done, or not yet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.store.models import Job, about

from .models import Book, Pass, Revision, Scene, Standing
from .tasks import measure_pass

QUIET = timedelta(seconds=60)  # saves come every few seconds; the figures may come after them


class PassRefused(ValueError):
    """The pass cannot be changed so; the message says why, in one sentence."""


# --- a pass -----------------------------------------------------------------------------------
def begin(book: Book, purpose: str = "") -> Pass:
    """Open the book's next pass, and close the one it is in; the first draft is pass one."""
    with transaction.atomic():
        Book.objects.select_for_update().get(pk=book.pk)
        now = timezone.now()
        last = book.passes.order_by("-number").first() or begin_first(book)
        if last.is_open:
            close(last, now)
        made = Pass.objects.create(
            book=book,
            number=last.number + 1,
            purpose=purpose,
            opened=now,
            before=length_of(book),
        )
        earlier = {row.scene_id: row for row in last.standings.all()}
        Standing.objects.bulk_create(
            opening(made, scene, earlier.get(scene.pk)) for scene in scenes_of(book)
        )
    return made


def begin_first(book: Book) -> Pass:
    """Give the first draft a row of its own: from then on its scenes can be called done."""
    with transaction.atomic():
        began = Revision.objects.filter(scene__chapter__book=book).aggregate(at=Min("created"))
        made = Pass.objects.create(
            book=book, number=1, opened=began["at"] or book.created, before=[0, 0, 0]
        )
        Standing.objects.bulk_create(
            Standing(
                rewrite=made,
                scene=scene,
                worked=(scene.worked or scene.updated) if scene.head else None,
                head=scene.head,
                seen=scene.head,
                fresh=scene.chars,
            )
            for scene in scenes_of(book)
        )
    return made


def opening(rewrite: Pass, scene: Scene, earlier: Standing | None) -> Standing:
    """A scene at the beginning of a pass; what stands of its first draft goes on."""
    made = Standing(rewrite=rewrite, scene=scene, start=scene.head, head=scene.head)
    if earlier is not None:
        made.first, made.seen = earlier.first, earlier.seen
        made.stands, made.of = earlier.stands, earlier.of
    else:
        made.seen = scene.head
    return made


def close(rewrite: Pass, now: datetime | None = None) -> None:
    """End the pass: what each scene is now is remembered as its end."""
    with transaction.atomic():
        known = set(rewrite.standings.values_list("scene", flat=True))
        Standing.objects.bulk_create(
            opening(rewrite, scene, None)
            for scene in scenes_of(rewrite.book)
            if scene.pk not in known
        )
        scene = Scene.objects.filter(pk=OuterRef("scene"))
        head, chars = (Subquery(scene.values(name)[:1]) for name in ("head", "chars"))
        rewrite.standings.update(end=head)
        if rewrite.number == 1:
            rewrite.standings.update(first=head, seen=head, of=chars, stands=chars)
        rewrite.closed, rewrite.after = now or timezone.now(), length_of(rewrite.book)
        rewrite.save(update_fields=["closed", "after"])
        if rewrite.standings.stale().exists():
            ask(rewrite.pk)


def reopen(rewrite: Pass) -> None:
    """Go on with the book's last pass; what was written since its close belongs to it."""
    with transaction.atomic():
        if rewrite.is_open or rewrite.book.passes.filter(number__gt=rewrite.number).exists():
            raise PassRefused(_("Only the last pass can be opened again."))
        rewrite.closed = rewrite.after = None
        rewrite.save(update_fields=["closed", "after"])
        for row in rewrite.standings.exclude(end=F("scene__head")).select_related("scene"):
            row.worked = row.scene.worked
            row.save(update_fields=["worked"])
        rewrite.standings.update(end=None)
        if rewrite.standings.stale().exists():
            ask(rewrite.pk)


def take_back(rewrite: Pass) -> None:
    """Undo the opening of a pass in which nothing was done; the one before goes on."""
    with transaction.atomic():
        if rewrite.standings.touched().exists():
            raise PassRefused(_("This pass has begun: close it instead."))
        if rewrite.book.passes.filter(number__gt=rewrite.number).exists():
            raise PassRefused(_("Only the last pass can be taken back."))
        rewrite.delete()
        before = rewrite.book.passes.filter(number=rewrite.number - 1).first()
        if before is not None and before.closed == rewrite.opened:
            reopen(before)
            # The first draft had no row before this pass gave it one.
            used = before.purpose or before.revisions.exists()
            used = used or before.standings.exclude(reviewed=None).exists()
            if before.number == 1 and not used:
                before.delete()


def length_of(book: Book) -> list[int]:
    """The book's length now: zishu, words, chars."""
    units = ("zishu", "words", "chars")
    scenes = Scene.objects.filter(chapter__book=book)
    sums = scenes.aggregate(**{unit: Sum(unit, default=0) for unit in units})
    return [sums[unit] for unit in units]


def scenes_of(book: Book) -> list[Scene]:
    """The book's scenes, locked, so that no save comes between its words and the pass."""
    found = Scene.objects.filter(chapter__book=book).select_for_update(of=("self",))
    return list(found.only("head", "chars", "worked", "updated").order_by("pk"))


# --- a scene in its pass ------------------------------------------------------------------------
def review(book: Book, scenes: Iterable[Scene]) -> datetime:
    """Call scenes of a book done in its open pass; returns when that was.

    What was done already stays as it is, unless its words were changed since.
    """
    now = timezone.now()
    with transaction.atomic():
        rewrite = open_pass(book)
        known = set(rewrite.standings.filter(scene__in=scenes).values_list("scene", flat=True))
        Standing.objects.bulk_create(
            opening(rewrite, scene, None) for scene in scenes if scene.pk not in known
        )
        due = Q(reviewed=None) | Q(worked__gt=F("reviewed"))
        rewrite.standings.filter(due, scene__in=scenes).update(reviewed=now)
    return now


def unreview(book: Book, scenes: Iterable[Scene], since: datetime | None = None) -> None:
    """Not done yet after all; with `since`, only those called done from then on."""
    rows = open_pass(book).standings.filter(scene__in=scenes)
    (rows.filter(reviewed__gte=since) if since else rows).update(reviewed=None)


def open_pass(book: Book) -> Pass:
    """The pass the book is in; the first draft gets its row now."""
    newest = book.passes.order_by("-number").first() or begin_first(book)
    if not newest.is_open:
        raise PassRefused(_("No pass is open in this book: begin the next one first."))
    return newest


# --- after each save ----------------------------------------------------------------------------
def after_revision(scene: Any, revision: Any, before: str) -> None:
    """The scene is in work now, and its figures are due; nothing is measured here."""
    if scene.text == before:
        return
    rewrite = revision.rewrite
    if rewrite is None:  # between passes only what stands of the first draft can change
        rows = Standing.objects.filter(scene=scene).order_by("-rewrite__number")
        if (last := rows.values_list("rewrite", flat=True).first()) is not None:
            ask(last)
        return
    # What was brought in is a first draft, but no rewriting.
    by_hand = revision.kind != Revision.Kind.IMPORT or rewrite.number == 1
    known = Standing.objects.filter(scene=scene, rewrite=rewrite)
    if not (known.update(worked=revision.created) if by_hand else known.exists()):
        Standing.objects.create(
            scene=scene,
            rewrite=rewrite,
            start=(revision.base or 0) if by_hand else revision.number,
            worked=revision.created if by_hand else None,
        )
    ask(rewrite.pk)


def ask(rewrite: int) -> None:
    """Have a worker measure the pass a little later, unless that waits to be done already."""
    subject = f"pass:{rewrite}"
    if not Job.objects.filter(subject=subject, state=Job.State.READY).exists():
        with about(subject):
            measure_pass.using(run_after=timezone.now() + QUIET).enqueue(rewrite)
