"""For tools that send pictures: one file a request, with a token; see docs/api.md."""

from pathlib import Path
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from projects.images.destinations import Destination, find
from projects.images.intake import Taken
from projects.images.models import Version
from projects.images.reasons import sentence
from projects.images.upload import ReceivedFile, SpoolUploadHandler

KINDS = ("image", "shot", "concept")
STATUS = {"format": 415, "photoshop": 415, "full": 413}


class Wrong(Exception):
    """What a request lacks: a status and a sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


# The caller is known by its token (studio.accounts), never by a cookie: nothing to forge.
@csrf_exempt
def api_versions(request: HttpRequest) -> HttpResponse:
    """POST a file: 201 new, 200 there already, with its address. GET ?sha256=: where it is."""
    if request.method in {"GET", "HEAD"}:
        return known(request)
    if request.method != "POST":
        allow = {"Allow": "GET, HEAD, POST"}
        return JsonResponse({"error": _("POST a file here.")}, status=405, headers=allow)
    try:
        file = received(request)
        there = wanted(request)
        taken = taken_in(file, there, request.POST.get("note", "")[:4000])
    except Wrong as wrong:
        return JsonResponse({"error": str(wrong)}, status=wrong.status)
    response = JsonResponse(told(request, taken), status=201 if taken.new else 200)
    response["Location"] = address(request, taken.version)
    return response


def received(request: HttpRequest) -> ReceivedFile:
    """The one file of a multipart request, in the spool; raises Wrong."""
    if request.content_type != "multipart/form-data":
        raise Wrong(415, _("Send the picture as multipart/form-data, in a field called “file”."))
    request.upload_handlers = [SpoolUploadHandler(request)]
    try:
        files = [file for name in request.FILES for file in request.FILES.getlist(name)]
    except (RequestDataTooBig, TooManyFilesSent):
        raise Wrong(413, _("The request is too large; send one file and short fields.")) from None
    except (MultiPartParserError, UnreadablePostError):
        raise Wrong(422, _("The request broke off or is damaged; send it again.")) from None
    if len(files) != 1 or "file" not in request.FILES:
        raise Wrong(422, _("Send one picture a request, in a field called “file”."))
    file = files[0]
    if not isinstance(file, ReceivedFile) or file.incoming is None:
        raise Wrong(413, sentence("full"))
    return file


def wanted(request: HttpRequest) -> Destination:
    """Where the file is to go; raises Wrong."""
    given = [(kind, request.POST[kind]) for kind in KINDS if request.POST.get(kind)]
    if len(given) > 1:
        raise Wrong(422, _("Name an image, a shot or a concept, not several."))
    kind, number = given[0] if given else ("", "")
    there = find(kind, number)
    if there is None:
        raise Wrong(404, _("There is no %(kind)s %(number)s.") % {"kind": kind, "number": number})
    return there


def taken_in(file: ReceivedFile, there: Destination, note: str) -> Taken:
    """The file as a version; raises Wrong."""
    assert file.incoming is not None
    name = Path((file.name or "file").replace("\\", "/")).name
    taken = there.intake().settle(Path(name), file.incoming, note=note)
    if taken.version is None:
        raise Wrong(STATUS.get(taken.refused, 422), taken.error)
    return taken


def known(request: HttpRequest) -> HttpResponse:
    """{"versions": […]}: those with these bytes; none without a digest."""
    digest = request.GET.get("sha256", "")[:64].lower()
    found = Version.objects.of_blob(digest).select_related("image", "blob").order_by("pk")[:20]
    rows = [
        told(request, Taken(Path(each.filename), each, reason=f"already v{each.number}"))
        for each in found
    ]
    return JsonResponse({"versions": rows})


def told(request: HttpRequest, taken: Taken) -> dict[str, Any]:
    """What is said of a version: as by `add_versions --json`, with its address."""
    words = taken.as_json()
    words["address"] = address(request, taken.version)
    return words


def address(request: HttpRequest, version: Version | None) -> str:
    """The whole address of a version's place on its picture's page."""
    assert version is not None
    path = reverse("images:image", args=[version.image_id])
    return f"{request.build_absolute_uri(path)}#version-{version.pk}"
