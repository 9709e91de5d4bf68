"""Scenes split, joined, and sent to another chapter; each can be taken back.

What a verb answers is a plain dict that `take_back` reads; the toast carries it, signed.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import after_move
from .models import Chapter, Revision, Scene, Status
from .seam import cut, joined, whole

Undo = dict[str, Any]


class NotNow(ValueError):
    """It cannot be done to the scene as it is; the message says why, and nothing was changed."""


def split(scene: Scene, at: int, base: int) -> tuple[Scene, Undo]:
    """Begin a new scene with all that stands after `at` characters; it follows this one.

    The history stays with the first scene. Remarks on the words that go, go with them.
    """
    with transaction.atomic():
        first = locked(scene.pk)
        if first.head != base:
            raise NotNow(_("The scene has changed since; nothing was split. Look at it again."))
        parts = cut(first.text, at)
        if not parts.first.strip() or not parts.second.strip():
            raise NotNow(_("A split needs words before it and after it."))
        second = Scene.objects.create(chapter_id=first.chapter_id, status_id=first.status_id)
        stand_after(second, first)
        second.append(parts.second, 0, kind=Revision.Kind.MOVED)
        after_move.tell(first, second, parts.start, 0)
        first.append(parts.first, base, kind=Revision.Kind.MOVED)
        return second, {
            "verb": "split",
            "first": first.pk,
            "second": second.pk,
            "heads": [first.head, second.head],
            "base": base,
            "start": parts.start,
        }


def join(scene: Scene) -> tuple[Scene, Undo]:
    """Append the next scene of the chapter to this one; the emptied one goes to the trash."""
    with transaction.atomic():
        first = locked(scene.pk)
        row = list(first.siblings())
        following = row[row.index(first) + 1 :]
        if not following:
            raise NotNow(_("This is the last scene of its chapter; there is none to join."))
        second = locked(following[0].pk)
        base = first.head
        parts = joined(first.text, second.text)
        first.append(whole(parts), base, kind=Revision.Kind.MOVED)
        after_move.tell(second, first, 0, parts.start)
        undo = {
            "verb": "join",
            "first": first.pk,
            "second": second.pk,
            "heads": [first.head, second.head],
            "base": base,
            "start": parts.start,
        }
        for name in ("synopsis", "notes"):
            both = joined(getattr(first, name), getattr(second, name))
            setattr(first, name, whole(both))
            undo[name] = len(both.first)
        first.save(update_fields=["synopsis", "notes"])
        second.trash()
        return first, undo


def send(scene: Scene, chapter: Chapter, before: Scene | None = None) -> Undo:
    """Move a scene to another chapter, of this book or of another one in the same language.

    It stands last there, or before a scene. A status of its old book becomes the one of the same
    name in the new; a counterpart in a book that is not the new one's twin is let go.
    """
    with transaction.atomic():
        moving = locked(scene.pk)
        old, new = moving.chapter.book, chapter.book
        if old.language.split("-")[0] != new.language.split("-")[0]:
            raise NotNow(_("That book is in another language; a scene stays in its own."))
        row = list(moving.siblings())
        following = row[row.index(moving) + 1 :]
        undo = {
            "verb": "send",
            "first": moving.pk,
            "chapter": moving.chapter_id,
            "before": following[0].pk if following else None,
            "status": moving.status_id,
            "to": chapter.pk,
            "counterpart": None,
        }
        if old != new and moving.status is not None:
            label = moving.status.label
            moving.status = Status.objects.get_or_create(book=new, label=label)[0]
        if old != new and moving.partner and moving.partner.chapter.book_id != new.twin_id:
            undo["counterpart"] = moving.counterpart_id
            moving.pair_with(None)
        settle(moving, chapter, before)
        return undo


def settle(scene: Scene, chapter: Chapter, before: Scene | None) -> None:
    """Stand in `chapter`, before a scene or last."""
    scene.chapter = chapter
    rows = [row for row in Scene.everything.filter(chapter=chapter).in_place() if row != scene]
    rows.insert(rows.index(before) if before in rows else len(rows), scene)
    scene.save(update_fields=["chapter", "status"])
    number(rows)


def take_back(undo: Undo) -> Scene:
    """Undo what a verb did, to the former state exactly; NotNow when more has happened since."""
    with transaction.atomic():
        rows = Scene.everything.select_for_update(of=("self",))
        held = rows.in_bulk([undo["first"], undo.get("second") or undo["first"]])
        first = held.get(undo["first"])
        second = held.get(undo.get("second") or undo["first"])
        if first is None or second is None or first.trashed:
            raise NotNow(_("That can no longer be undone."))
        if undo["verb"] == "send":
            return send_back(first, undo)
        former = first.revisions.filter(number=undo["base"]).with_text().first()
        # A scene that had no words yet had no revision either.
        text = former.text if former else "" if undo["base"] == 0 else None
        if [first.head, second.head] != undo["heads"] or text is None:
            raise NotNow(_("The scene was written in since; that can no longer be undone."))
        if undo["verb"] == "split":
            first.append(text, first.head, kind=Revision.Kind.MOVED)
            after_move.tell(second, first, 0, undo["start"])
            second.trash()
            return first
        second.bring_back()
        after_move.tell(first, second, undo["start"], 0)
        for name in ("synopsis", "notes"):
            said = getattr(first, name)
            if said == whole(joined(said[: undo[name]], getattr(second, name))):
                setattr(first, name, said[: undo[name]])
        first.save(update_fields=["synopsis", "notes"])
        first.append(text, first.head, kind=Revision.Kind.MOVED)
        return first


def send_back(scene: Scene, undo: Undo) -> Scene:
    """Return a scene to the chapter it came from."""
    chapter = Chapter.objects.filter(pk=undo["chapter"]).first()
    if chapter is None or scene.chapter_id != undo["to"]:
        raise NotNow(_("That can no longer be undone."))
    scene.status = Status.objects.filter(pk=undo["status"]).first()
    settle(scene, chapter, Scene.everything.filter(pk=undo["before"]).first())
    other = Scene.objects.filter(pk=undo["counterpart"], counterpart=None).first()
    if other is not None:
        scene.pair_with(other)
    return scene


def stand_after(scene: Scene, first: Scene) -> None:
    """Stand right after `first` in its chapter."""
    everything = Scene.everything.filter(chapter=first.chapter_id).in_place()
    rows = [one for one in everything if one != scene]
    rows.insert(rows.index(first) + 1, scene)
    number(rows)


def number(rows: list[Scene]) -> None:
    """Give the scenes of a chapter their numbers, in this order."""
    for position, row in enumerate(rows, 1):
        row.position = position
    Scene.everything.bulk_update(rows, ["position"])


def locked(pk: int) -> Scene:
    """The scene as it is now, held until the transaction ends."""
    return Scene.objects.select_for_update(of=("self",)).select_related("chapter__book").get(pk=pk)
