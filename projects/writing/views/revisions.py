"""What the words were: the list, two of them against each other, one in full."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.writing.models import Revision, Scene, Work
from projects.writing.prose_diff import compare, fold
from projects.writing.worked import signed
from studio.lib.htmx import render

AT_ONCE = 24


@require_safe
def scene_revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """The scene's revisions, newest first, and what changed between two of them.

    ?from and ?to are numbers; ?before goes on with the list; ?whole shows unchanged paragraphs.
    """
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    rows, older = listed(scene, number(request, "before"))
    to = number(request, "to") or scene.head
    base = number(request, "from") or earlier(scene, to)
    texts = texts_of(scene, base, to)
    changes = compare(texts.get(base, ""), texts[to]) if to else None
    whole = "whole" in request.GET
    context = {
        "here": "writing",
        "scene": scene,
        "book": scene.chapter.book,
        "chapter": scene.chapter,
        "rows": rows,
        "older": older,
        "from": base,
        "to": to,
        "text": texts.get(to, ""),
        "diff": changes,
        "lines": shown(changes.paragraphs, whole) if changes else [],
        "whole": whole,
        "worked": scene.efforts.all().total(scene.chapter.book.counts_in),
        "kept": scene.chapter.book.in_words(changes.kept) if changes else "",
        "inserted": scene.chapter.book.in_words(changes.inserted) if changes else "",
        "deleted": scene.chapter.book.in_words(changes.deleted) if changes else "",
    }
    return render(request, "writing/scene_revisions.html", context, parts=("revisions", "older"))


def number(request: HttpRequest, name: str) -> int:
    """A revision's number from the address; 0 when there is none."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


@dataclass(frozen=True)
class Row:
    """A revision in the list, with what it changed, in the author's unit."""

    revision: Revision
    unit: str

    @property
    def work(self) -> Work:
        """What came and went."""
        return self.revision.work_in(self.unit)

    @property
    def kept(self) -> int:
        """What stayed."""
        return self.revision.kept.of(self.unit)

    @property
    def said(self) -> str:
        """+412 −388."""
        return signed(self.work)


def listed(scene: Scene, before: int) -> tuple[list[Row], int]:
    """A page of revisions and where to go on, in one query however long the history is."""
    found = scene.revisions.without_text().select_related("rewrite")
    rows = list((found.filter(number__lt=before) if before else found)[: AT_ONCE + 1])
    older = rows[AT_ONCE - 1].number if len(rows) > AT_ONCE else 0
    unit = scene.chapter.book.counts_in
    return [Row(row, unit) for row in rows[:AT_ONCE]], older


def earlier(scene: Scene, to: int) -> int:
    """What to compare with when nobody says: the revision it was made from, 0 for nothing.

    Where that was thinned away, the last one before it.
    """
    made_from = scene.revisions.filter(number=to).values("base")[:1]
    before = scene.revisions.filter(number__lte=Subquery(made_from))
    return before.order_by("-number").values_list("number", flat=True).first() or 0


def texts_of(scene: Scene, base: int, to: int) -> dict[int, str]:
    """The two texts by number; 404 when one of them does not exist."""
    found = scene.revisions.filter(number__in={base, to}).with_text()
    texts = {each.number: each.text for each in found}
    if {base, to} - {0} - set(texts):
        raise Http404
    return texts


def shown(paragraphs: Any, whole: bool) -> list[Any]:
    """All paragraphs, or the changed ones with their neighbours."""
    if whole:
        return [paragraph for paragraph in paragraphs if not paragraph.blank]
    return fold(paragraphs)


@require_safe
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One revision in full, as it reads."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    found = get_object_or_404(scene.revisions.with_text(), number=number)
    context = {
        "here": "writing",
        "scene": scene,
        "book": scene.chapter.book,
        "chapter": scene.chapter,
        "revision": found,
        "length": scene.chapter.book.in_words(found.counts),
    }
    return render(request, "writing/revision.html", context)


@require_POST
def revision_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Bring a revision's text back, as a new revision; Undo restores the one before."""
    scene = get_object_or_404(Scene, pk=pk)
    get_object_or_404(scene.revisions.without_text(), number=number)
    before = scene.head
    scene.restore(number, device=request.POST.get("device", ""))
    said = _("Revision %(number)d restored as revision %(head)d.")
    undo = reverse("writing:revision_restore", args=[scene.pk, before]) if before else ""
    messages.success(request, said % {"number": number, "head": scene.head}, extra_tags=undo)
    return redirect("writing:scene_edit", scene.pk)


@require_POST
def conflict_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The author has looked at the texts that were kept aside; all of them stay in the list."""
    scene = get_object_or_404(Scene, pk=pk)
    if scene.settle_conflicts():
        messages.success(request, _("Settled. Both texts stay among the revisions."))
    return redirect("writing:scene_edit", scene.pk)
