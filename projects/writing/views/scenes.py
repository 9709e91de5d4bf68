"""The scene editor: its page, and the saves that come from it."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.writing.measure import gaps
from projects.writing.models import (
    Behind,
    Merged,
    Outcome,
    Remark,
    Revision,
    Saved,
    Scene,
    Stale,
    Status,
    TextRefused,
)
from projects.writing.nearby import nearby
from studio.lib.htmx import render

from .offline import STAMP, stamp

MOST = 8 * 1024 * 1024  # bytes of one save


class Malformed(ValueError):
    """The request is not a save; the message says why."""


@dataclass(frozen=True)
class Sent:
    """A save as it came in."""

    text: str
    base: int
    key: UUID | None = None
    device: str = ""
    name: str = ""
    settle: bool = False

    @classmethod
    def read(cls, said: Any) -> "Sent":
        """From a form's fields or from JSON; Malformed when it is neither."""
        try:
            key = UUID(str(said["key"])) if said.get("key") else None
            sent = cls(
                said["text"],
                int(said["base"]),
                key,
                str(said.get("device") or "")[:120],
                str(said.get("name") or "").strip()[:200],
                bool(said.get("settle")),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Malformed(_("This is not a save: it needs text, base and key.")) from error
        if not isinstance(sent.text, str) or not 0 <= sent.base < 2**31:
            raise Malformed(_("This is not a save: it needs text, base and key."))
        if "\x00" in sent.device + sent.name:
            raise Malformed(_("The name holds a NUL character; remove it."))
        return sent

    def save(self, scene: Scene) -> Outcome:
        """Make it a revision of the scene. Who settles has chosen a text: that is never merged."""
        outcome = scene.revise(
            self.text,
            base=self.base,
            key=self.key,
            kind="named" if self.name else "typed",
            name=self.name,
            device=self.device,
            merge=not self.settle,
        )
        if self.settle and not isinstance(outcome, Stale):
            scene.settle_conflicts()
        return outcome


@require_http_methods(["GET", "HEAD", "POST", "PUT"])
def scene_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor. PUT saves from its script, POST from its form; GET answers JSON when asked."""
    scene = get_object_or_404(Scene.everything.with_chapter(), pk=pk)
    if request.method == "PUT":  # to a scene in the trash too: words that come late are kept
        return put(request, scene)
    if scene.trashed and request.accepts("text/html"):
        messages.error(request, _("This scene is in the trash; bring it back to write in it."))
        return redirect("writing:world_trash", scene.chapter.book.world_id)
    if request.method == "POST":
        return post(request, scene)
    if request.accepts("text/html"):
        return page(request, scene)
    return JsonResponse({"revision": scene.head, "text": scene.text, "counts": counts_of(scene)})


def put(request: HttpRequest, scene: Scene) -> HttpResponse:
    """A save by the script. What it may answer stands in docs/decisions."""
    body = request.read(MOST + 1)
    if len(body) > MOST:
        return refusal(_("The text is too long for one scene; split it."), 413)
    try:
        sent = Sent.read(json.loads(body))
        outcome = sent.save(scene)
    except TextRefused as error:
        return refusal(str(error), 422)
    except Malformed as error:
        return refusal(str(error), 400)
    except ValueError:  # not JSON, or not UTF-8
        return refusal(_("This is not a save: it needs text, base and key."), 400)
    if isinstance(outcome, Stale):
        theirs = {"revision": outcome.head, "text": outcome.text, "yours": outcome.yours.number}
        return JsonResponse(theirs, status=409)
    return JsonResponse(
        {
            "revision": outcome.revision.number
            if isinstance(outcome, Saved | Merged)
            else scene.head,
            "head": scene.head,
            "saved_at": scene.updated.isoformat(),
            "counts": counts_of(scene),
            **brought(outcome, scene),
        }
    )


def brought(outcome: Outcome, scene: Scene) -> dict[str, Any]:
    """What was written elsewhere, for a page that does not have it yet.

    `yours` is the sent text as a revision: what is typed meanwhile is made from that.
    """
    if isinstance(outcome, Merged):
        text = outcome.revision.text
        return {"merged": True, "text": text, "yours": outcome.yours.number}
    if isinstance(outcome, Behind):
        return {"merged": True, "text": scene.text}
    return {}


def refusal(sentence: str, status: int) -> HttpResponse:
    """One sentence that says what to do."""
    return JsonResponse({"error": sentence}, status=status)


def counts_of(scene: Scene) -> dict[str, Any]:
    """All three numbers, and the one that the author counts in."""
    unit = scene.chapter.book.counts_in
    return {**scene.counts._asdict(), "unit": unit, "headline": scene.headline}


def post(request: HttpRequest, scene: Scene) -> HttpResponse:
    """A save by the form, without script; a stale one shows both texts."""
    text = request.POST.get("text", "")
    try:
        outcome = Sent.read(request.POST).save(scene)
    except (Malformed, TextRefused) as error:
        return page(request, scene, text=text, error=str(error), status=422)
    if isinstance(outcome, Stale):
        return page(request, scene, text=outcome.yours.text, stale=outcome, status=409)
    messages.success(request, said_of(outcome))
    return redirect("writing:scene_edit", scene.pk)


def said_of(outcome: Outcome) -> str:
    """One line for a form that was accepted."""
    if isinstance(outcome, Merged):
        line = _("Yours and what was written elsewhere were merged as revision %d.")
        return line % outcome.revision.number
    if isinstance(outcome, Behind):
        return _("You had changed nothing; this is what was written elsewhere.")
    number = outcome.revision.number if isinstance(outcome, Saved) else outcome.head
    return _("Saved as revision %d.") % number


def page(
    request: HttpRequest,
    scene: Scene,
    *,
    text: str | None = None,
    error: str = "",
    stale: Stale | None = None,
    status: int = 200,
) -> HttpResponse:
    """The room: outline, manuscript, what stands beside it. ?outline=whole shows all chapters."""
    tree = nearby(scene.chapter, whole="outline" in request.GET)
    unit = scene.chapter.book.counts_in
    context = {
        "here": "writing",
        "page_keys": "writing/_keys.html",
        "scene": scene,
        "book": scene.chapter.book,
        "chapter": scene.chapter,
        "outline": tree,
        "line": tree.line,
        "stand": tree.stand(scene),
        "count_forms": gaps(unit),
        "book_total": tree.counts.of(unit),
        "book_said": f"{tree.counts.of(unit):,}",
        "book_before": tree.counts.of(unit) - scene.counts.of(unit),
        "statuses": list(scene.chapter.book.statuses.all()),
        "remarks": remarks_of(scene),
        "conflicts": [] if stale else list(Revision.objects.conflicts_of(scene)),
        "text": scene.text if text is None else text,
        "key": uuid4(),
        "stale": stale,
        "error": error,
    }
    template = "writing/scene_edit.html"
    response = render(request, template, context, parts=("outline",), status=status)
    response[STAMP] = stamp([scene])
    return response


def remarks_of(scene: Scene) -> list[Remark]:
    """What is said beside it, each with the very text it stands in."""
    remarks = list(Remark.objects.beside(scene))
    for remark in remarks:
        remark.scene = scene
    return remarks


@require_POST
def scene_details(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, status and synopsis from beside the manuscript; what is not sent stays as it is."""
    scene = get_object_or_404(Scene.objects.with_chapter(), pk=pk)
    sent = {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
    if "title" in sent:
        retitle(scene, " ".join(sent["title"].split())[:200])
    if "status" in sent:
        label, book = sent["status"].strip()[:80], scene.chapter.book
        scene.status = Status.objects.get_or_create(book=book, label=label)[0] if label else None
    if "synopsis" in sent:
        scene.synopsis = sent["synopsis"].strip()
    if "notes" in sent:
        scene.notes = sent["notes"].strip()
    scene.save(update_fields=["title", "status", "synopsis", "notes"])
    if request.headers.get("HX-Target") == "outline":
        return page(request, scene)
    return redirect("writing:scene_edit", scene.pk)


def retitle(scene: Scene, title: str) -> None:
    """The heading of the page: a scene's own, or its chapter's where the two are one."""
    if scene.title or scene.chapter.scenes.count() > 1:
        scene.title = title
    elif title:
        scene.chapter.title = title
        scene.chapter.save(update_fields=["title"])
