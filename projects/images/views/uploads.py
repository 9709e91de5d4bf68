"""A file arrives in pieces: what came before a connection broke is not sent again.

In the manner of tus (tus.io, resumable uploads 1.0): HEAD says how much is here, PATCH sends more
from there on. POST makes the whole file a version and says what became of it, and says it again
where that answer was lost. The sender chooses the key.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.images.destinations import find
from projects.images.intake import Taken
from projects.images.models import Refused, Version
from projects.images.upload import CHUNK, has_room
from projects.images.weighing import in_words
from studio.lib.templatetags.studio import said
from studio.store.spool import Busy, Pieces, sweep_pieces


@require_http_methods(["HEAD", "PATCH", "POST", "DELETE"])
def upload(request: HttpRequest, key: UUID) -> HttpResponse:
    """HEAD: how much is here. PATCH: more. POST: all is here. DELETE: nobody wants it any more."""
    if request.method == "HEAD":
        return HttpResponse(headers={"Upload-Offset": str(here(key))})
    acts = {"PATCH": receive, "POST": finish, "DELETE": give_up}
    try:
        with Pieces(spool(), key) as pieces:
            return acts[request.method or ""](request, key, pieces)
    except Busy:
        words = _("This file is being sent from another page.")
        return JsonResponse({"error": words}, status=423, headers={"Retry-After": "2"})


def give_up(request: HttpRequest, key: UUID, pieces: Pieces) -> HttpResponse:
    """Remove what came."""
    pieces.drop()
    receipt(key).unlink(missing_ok=True)
    return HttpResponse(status=204)


@require_safe
def upload_known(request: HttpRequest) -> HttpResponse:
    """Whether bytes with this digest are a version already: {"known": what became of it, or null}.

    For a picture, whether they are one of its versions; else one of any picture.
    """
    there = find(request.GET.get("for", ""), request.GET.get("id", ""))
    versions = Version.objects.of_blob(request.GET.get("sha256", "")[:64])
    if there is not None and there.image is not None:
        versions = versions.filter(image=there.image)
    known = versions.select_related("image").order_by("pk").first()
    name = request.GET.get("name", "")[:255]
    return JsonResponse({"known": known and told(Taken(Path(name), known))})


def receive(request: HttpRequest, key: UUID, pieces: Pieces) -> HttpResponse:
    """One piece, if it goes on where the last one ended; what came of it stays if it breaks."""
    offset, length = (number(request, name) for name in ("Upload-Offset", "Upload-Length"))
    if offset is None or length is None or offset > length:
        return nonsense()
    if offset != pieces.size:
        words = _("The file goes on elsewhere.")
        headers = {"Upload-Offset": str(pieces.size)}
        return JsonResponse({"error": words}, status=409, headers=headers)
    try:
        room = has_room(length - offset)
        if room:
            fill(request, pieces, length)
    except UnreadablePostError:  # the connection broke: what came is kept
        pass
    except OSError:  # the disk is full
        room = False
    if not room:
        return no_room(key, pieces, request)
    if pieces.size > length:
        pieces.back_to(offset)
        return nonsense()
    pieces.rest()
    return HttpResponse(status=204, headers={"Upload-Offset": str(pieces.size)})


def fill(request: HttpRequest, pieces: Pieces, length: int) -> None:
    """Write what comes, at most a little more than was said."""
    while pieces.size <= length and (chunk := request.read(CHUNK)):
        pieces.write(chunk)


def finish(request: HttpRequest, key: UUID, pieces: Pieces) -> HttpResponse:
    """The file is here: make it a version, and keep the answer for who did not hear it."""
    if (given := given_before(key)) is not None:
        pieces.drop()
        return given
    if number(request, "Upload-Length") != pieces.size:
        headers = {"Upload-Offset": str(pieces.size)}
        return JsonResponse({"error": _("The file is not whole.")}, status=409, headers=headers)
    there = find(request.GET.get("for", ""), request.GET.get("id", ""))
    if there is None:
        words = _("What it was for is not there any more.")
        taken = Taken(name_of(request), refused="gone", error=words)
    else:
        taken = there.intake().settle(name_of(request), pieces)
    length = pieces.size
    pieces.drop()
    sweep_pieces(spool())
    return answer(key, taken, length)


def nonsense() -> HttpResponse:
    """A piece that does not say which, or is longer than it says."""
    return JsonResponse({"error": _("This is no piece of a file.")}, status=400)


def no_room(key: UUID, pieces: Pieces, request: HttpRequest) -> HttpResponse:
    """The disk is full."""
    pieces.drop()
    return answer(key, Taken(name_of(request), refused="full", error=str(Refused("full"))))


def answer(key: UUID, taken: Taken, length: int = 0) -> HttpResponse:
    """What became of the file; kept beside the pieces where it became a version."""
    words = told(taken)
    if taken.version is not None:
        words["length"] = length
        receipt(key).write_text(json.dumps(words), encoding="utf-8")
    return JsonResponse(words, status=status_of(taken))


def status_of(taken: Taken) -> int:
    """201 new, 200 there already, 422 refused."""
    if taken.version is None:
        return 422
    return 201 if taken.new else 200


def told(taken: Taken) -> dict[str, Any]:
    """What became of a file, for the page that sent it."""
    name = taken.path.name
    version = taken.version
    if version is None:
        return {"name": name, "state": "refused", "message": taken.error}
    words = _("version v%d") if taken.new else _("already v%d")
    proposed = taken.new and version.grouping == Version.Grouping.PROPOSED
    return {
        "name": name,
        "state": "new" if taken.new else "already",
        "message": words % version.number,
        "number": version.number,
        "pk": version.pk,
        "image": version.image_id,
        "title": version.image.title,
        "address": f"{reverse('images:image', args=[version.image_id])}#version-{version.pk}",
        "reason": said(version.why_grouped) if proposed else "",
        "sure": in_words((version.confidence or 0) / 100) if proposed else "",
    }


def given_before(key: UUID) -> HttpResponse | None:
    """The answer that was given to this key, if it was."""
    with suppress(OSError, ValueError):
        return JsonResponse(json.loads(receipt(key).read_text(encoding="utf-8")))
    return None


def here(key: UUID) -> int:
    """How many bytes of the file are here; all, where it became a version."""
    with suppress(OSError):
        return (spool() / f"{key.hex}.piece").stat().st_size
    with suppress(OSError, ValueError, KeyError):
        return int(json.loads(receipt(key).read_text(encoding="utf-8"))["length"])
    return 0


def receipt(key: UUID) -> Path:
    """Where the answer lies."""
    return spool() / f"{key.hex}.answer"


def spool() -> Path:
    """Where pieces wait."""
    return Path(settings.STUDIO_DATA) / "spool" / "pieces"


def number(request: HttpRequest, header: str) -> int | None:
    """A header that is a whole number."""
    said = request.headers.get(header, "")
    return int(said) if said.isdecimal() and len(said) < 16 else None


def name_of(request: HttpRequest) -> Path:
    """The file's own name, without any folder."""
    name = unquote(request.headers.get("Upload-Name", ""))[-255:]
    return Path(Path(name.replace("\\", "/").replace("\0", "")).name or "file")
