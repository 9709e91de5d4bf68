"""The bytes of versions: small copies for the page, tiles for the viewer, originals to keep."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from projects.images.models import Rendition, Version
from studio.store.remote import Unreachable, fetch

FOREVER = "private, max-age=31536000, immutable"
TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "TIFF": "image/tiff",
    "PSD": "image/vnd.adobe.photoshop",
    "PSB": "image/vnd.adobe.photoshop",
    "HEIC": "image/heic",
    "JXL": "image/jxl",
    "EXR": "image/x-exr",
}
CHUNK = 256 * 1024
_range = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def rendition(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A small copy; while it is being made, anew if it was lost, 404 and when to ask again."""
    return derived(request, pk, name, "image/webp")


@require_safe
def tiles(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The tiles, all in one; the viewer asks for the range of one tile."""
    return derived(request, pk, "tiles", "application/octet-stream")


def derived(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponseBase:
    """The file of one rendition."""
    version = get_object_or_404(Version.objects.select_related("blob"), pk=pk)
    found = Rendition.objects.filter(blob=version.blob, name=name).first()
    if found is None or not rendition_file(version, found).exists():
        absent = HttpResponse(status=404, content_type="text/plain")
        if version.has_previews_made():
            absent["Retry-After"] = "2"
        return absent
    etag = f'"{version.blob.sha256[:32]}-{name}-{found.size}"'
    response = ranged(request, rendition_file(version, found), kind, etag)
    response["Cache-Control"] = FOREVER
    return response


def rendition_file(version: Version, found: Rendition) -> Path:
    """Its path, without asking for the blob again."""
    found.blob = version.blob
    return found.path


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, to be saved and never to be shown: nobody looked into it."""
    version = get_object_or_404(Version.objects.select_related("blob"), pk=pk)
    try:
        path = fetch(version.blob)
    except Unreachable as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    kind = TYPES.get(version.format, "application/octet-stream")
    response = ranged(request, path, kind, f'"{version.blob.sha256}"')
    disposition = content_disposition_header(True, version.filename)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = FOREVER
    return response


def ranged(request: HttpRequest, path: Path, kind: str, etag: str) -> HttpResponseBase:
    """The file, one range of it, or word that the browser has it (RFC 9110, sections 13 and 14)."""
    if etag in [tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")]:
        unchanged = HttpResponseNotModified()
        unchanged["ETag"] = etag
        return unchanged
    size = path.stat().st_size
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        asked = ""
    response: HttpResponseBase
    bounds = range_of(asked, size)
    if bounds is None:
        response = FileResponse(path.open("rb"), content_type=kind)
    elif bounds == (0, 0):
        response = HttpResponse(status=416, content_type="text/plain")
        response["Content-Range"] = f"bytes */{size}"
        return response
    else:
        start, end = bounds
        response = StreamingHttpResponse(part_of(path, start, end), status=206, content_type=kind)
        response["Content-Length"] = str(end - start)
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def range_of(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole, (0, 0) for what is not there.

    Several ranges at once, or anything else we do not know, mean the whole: that is allowed.
    """
    found = _range.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, size) if length else (0, 0)
    start, end = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    return (start, end) if start < size else (0, 0)


def part_of(path: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` up to `end`."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end:
            some = file.read(min(CHUNK, end - start))
            if not some:
                return
            start += len(some)
            yield some
