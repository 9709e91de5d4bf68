"""Versions come in, and what is noted on them."""

import json
from pathlib import Path
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.images.forms import NoteForm
from projects.images.grouping import natural
from projects.images.models import AlreadyHere, Image, Refused, Version
from projects.images.upload import ReceivedFile, spooled

from .pages import image_page


class Taken(NamedTuple):
    """What became of one file: `state` is new, already or refused."""

    name: str
    state: str
    message: str
    number: int | None = None
    pk: int | None = None
    address: str = ""


def take(image: Image, files: list[ReceivedFile]) -> list[Taken]:
    """Make versions of `files`, v2 before v10; a broken one does not keep the good ones out."""
    taken = []
    for file in sorted(files, key=lambda file: natural(Path(file.name or ""))):
        name = file.name or ""
        try:
            if file.incoming is None:
                raise Refused(file.refused)
            version = image.add(file.incoming, name)
        except AlreadyHere as already:
            there = already.version
            taken.append(Taken(name, "already", str(already), there.number, there.pk))
        except Refused as refused:
            taken.append(Taken(name, "refused", str(refused)))
        else:
            words = _("version v%d") % version.number
            taken.append(Taken(name, "new", words, version.number, version.pk))
    return taken


@require_POST
@spooled
def version_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files as versions; says of each file what became of it."""
    image = get_object_or_404(Image, pk=pk)
    taken = take(image, request.FILES.getlist("files"))  # type: ignore[arg-type]
    if not taken:
        taken = [Taken("", "refused", str(Refused("nothing")))]
    status = 422 if all(one.state == "refused" for one in taken) else 200
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"files": [one._asdict() for one in taken]}, status=status)
    return image_page(request, image, taken=taken, status=status)


def found(pk: int) -> Version:
    """The version with its picture, or 404."""
    return get_object_or_404(Version.objects.select_related("image"), pk=pk)


@require_POST
def version_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what there is to say about a version."""
    version = found(pk)
    before = version.note
    form = NoteForm(request.POST, instance=version)
    if form.is_valid():
        form.save()
    # The page sends it whenever it is left, since a swap beside it makes the browser forget that
    # it was changed; what is as it was needs no word.
    if request.headers.get("HX-Request") and version.note == before:
        return HttpResponse(status=204)
    return answer(request, version, _("Note on v%d saved.") % version.number)


@require_POST
def version_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a version that cannot be read."""
    version = found(pk)
    if version.reading != Version.Reading.UNREADABLE:
        return answer(request, version, _("v%d can be read; it stays.") % version.number)
    version.remove()
    return answer(request, version, _("v%d removed.") % version.number)


def answer(
    request: HttpRequest, version: Version, words: str, undo: str | None = None
) -> HttpResponse:
    """The changed part, the new state as JSON, or the way back; each with its toast."""
    image = version.image
    if request.accepts("application/json") and not request.accepts("text/html"):
        pick = image.versions.filter(pk=image.pick_id).first() if image.pick_id else None
        state = {"text": words, "undo": undo, "pick": pick and pick.number, "state": version.state}
        return JsonResponse(state)
    if "HX-Target" in request.headers:
        response = (
            image_page(request, image)
            if request.headers["HX-Target"] == "versions"
            else HttpResponse(status=204)
        )
        response["HX-Trigger"] = json.dumps({"toast": {"text": words, "undo": undo}})
        return response
    messages.success(request, words, extra_tags=undo or "")
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("images:image", image.pk)
